import { useState } from 'react';
import type { CreditCheck, ServiceRead } from '../../../../preload/contract';
import type { ClipRef } from '../../state/clip-actions';
import { useCliptray } from '../../state/context';

/** More parts than this are asked about by the first ones: the answers repeat themselves. */
const MAX_CHECKED_PARTS = 8;

/** One thing the service said, and for how many of the parts. */
export interface CheckAnswer {
  answer: ServiceRead<CreditCheck>;
  count: number;
}

/** The same answer for several parts is said once. */
export function groupAnswers(answers: ServiceRead<CreditCheck>[]): CheckAnswer[] {
  const byText = new Map<string, CheckAnswer>();
  for (const answer of answers) {
    const text = JSON.stringify(answer);
    const known = byText.get(text);
    byText.set(text, { answer, count: (known?.count ?? 0) + 1 });
  }
  return [...byText.values()];
}

/** Asks the service whether there is credit for renders of these parts. Costs and starts nothing. */
export function useCreditCheck({ accountId, clipId }: ClipRef) {
  const { actions } = useCliptray();
  const [isAsking, setIsAsking] = useState(false);
  const [asked, setAsked] = useState<{ ids: string; answers: CheckAnswer[] } | null>(null);
  return {
    isAsking,
    /** What was said of exactly these parts; null until it was asked. */
    answersFor: (ids: string[]): CheckAnswer[] | null =>
      asked?.ids === JSON.stringify(ids) ? asked.answers : null,
    forget: () => setAsked(null),
    async ask(ids: string[]): Promise<void> {
      setIsAsking(true);
      const answers: ServiceRead<CreditCheck>[] = [];
      for (const candidateId of ids.slice(0, MAX_CHECKED_PARTS)) {
        const done = await actions.run('clip.check', { accountId, clipId, candidateId });
        if (done) answers.push(done.response);
      }
      setIsAsking(false);
      setAsked({ ids: JSON.stringify(ids), answers: groupAnswers(answers) });
    },
  };
}
