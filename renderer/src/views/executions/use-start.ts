import { useEffect, useRef, useState } from 'react';
import type { StartCost, StartForm, StartOutcome } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

/** The answer to a start that takes longer than this may be lost, and the user is told so. */
const LONG_MS = 8_000;

/** One start: sent at most once per press, and its outcome. */
export function useStart(
  onStarted: (form: StartForm) => void,
  /** Called with the outcome if the dialog was closed meanwhile. */
  onLate: (outcome: StartOutcome) => void,
) {
  const { actions } = useCliptray();
  const [isPending, setIsPending] = useState(false);
  const [isLong, setIsLong] = useState(false);
  const [asked, setAsked] = useState<{ cost: StartCost; form: StartForm } | null>(null);
  const [outcome, setOutcome] = useState<Extract<
    StartOutcome,
    { outcome: 'unsure' | 'refused' }
  > | null>(null);
  const isUnderWay = useRef(false);
  const isOpen = useRef(true);

  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  useEffect(() => {
    setIsLong(false);
    if (!isPending) return;
    const timer = setTimeout(() => setIsLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, [isPending]);

  async function start(accountId: string, form: StartForm, agreed: boolean): Promise<void> {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setOutcome(null);
    setIsPending(true);
    const done = await actions.run('execution.start', { accountId, form, agreed });
    if (!isOpen.current) {
      if (done) onLate(done.response);
      return;
    }
    setIsPending(false);
    isUnderWay.current = false;
    if (!done) {
      setAsked(null);
      return;
    }
    const { response } = done;
    if (response.outcome === 'asks') {
      setAsked({ cost: response.cost, form });
      return;
    }
    setAsked(null);
    if (response.outcome === 'started') onStarted(form);
    else setOutcome(response);
  }

  return {
    isPending,
    isLong,
    asked,
    outcome,
    start,
    takeBack: () => setAsked(null),
    forget: () => setOutcome(null),
  };
}
