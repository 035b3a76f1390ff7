import { useState } from 'react';
import type { CreditCheck, ServiceRead } from '../../../../preload/contract';
import type { ClipRef } from '../../state/clip-actions';
import { useCliptray } from '../../state/context';

/** With more parts than this, only the first ones are checked: the answers repeat themselves. */
const MAX_CHECKED_PARTS = 8;

/** An answer of the service, and how many parts it is about. */
export interface CheckAnswer {
  answer: ServiceRead<CreditCheck>;
  count: number;
}

/** Groups equal answers, so that each is shown once. */
export function groupAnswers(answers: ServiceRead<CreditCheck>[]): CheckAnswer[] {
  const byText = new Map<string, CheckAnswer>();
  for (const answer of answers) {
    const text = JSON.stringify(answer);
    const known = byText.get(text);
    byText.set(text, { answer, count: (known?.count ?? 0) + 1 });
  }
  return [...byText.values()];
}

/** Asks the service whether there is enough credit to render these parts. Free, and starts nothing. */
export function useCreditCheck({ accountId, clipId }: ClipRef) {
  const { actions } = useCliptray();
  const [isAsking, setIsAsking] = useState(false);
  const [asked, setAsked] = useState<{ ids: string; answers: CheckAnswer[] } | null>(null);
  return {
    isAsking,
    /** The answers for exactly these parts; null until they were asked for. */
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
