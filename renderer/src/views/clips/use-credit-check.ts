import { useState } from 'react';
import type { CreditCheck, ServiceRead } from '../../../../preload/contract';
import type { ClipRef } from '../../state/clip-actions';
import { useCliptray } from '../../state/context';

/** With more parts than this, only the first ones are checked: the answers are mostly alike. */
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
  const [isChecking, setIsChecking] = useState(false);
  const [checked, setChecked] = useState<{ ids: string; answers: CheckAnswer[] } | null>(null);
  return {
    isChecking,
    /** The answers for exactly these parts; null until they were checked. */
    answersFor: (ids: string[]): CheckAnswer[] | null =>
      checked?.ids === JSON.stringify(ids) ? checked.answers : null,
    clear: () => setChecked(null),
    async check(ids: string[]): Promise<void> {
      setIsChecking(true);
      const answers: ServiceRead<CreditCheck>[] = [];
      for (const candidateId of ids.slice(0, MAX_CHECKED_PARTS)) {
        const done = await actions.run('clip.check', { accountId, clipId, candidateId });
        if (done) answers.push(done.response);
      }
      setIsChecking(false);
      setChecked({ ids: JSON.stringify(ids), answers: groupAnswers(answers) });
    },
  };
}
