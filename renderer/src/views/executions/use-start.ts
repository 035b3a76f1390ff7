import { useEffect, useRef, useState } from 'react';
import type { StartCost, StartForm, StartOutcome } from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

/** If a start takes longer than this, its answer may be lost, and the window says so. */
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
  const [confirmation, setConfirmation] = useState<{ cost: StartCost; form: StartForm } | null>(
    null,
  );
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
      setConfirmation(null);
      return;
    }
    const { response } = done;
    if (response.outcome === 'asks') {
      setConfirmation({ cost: response.cost, form });
      return;
    }
    setConfirmation(null);
    if (response.outcome === 'started') onStarted(form);
    else setOutcome(response);
  }

  return {
    isPending,
    isLong,
    /** The start that the user has to confirm because of its cost; null if there is none. */
    confirmation,
    outcome,
    start,
    takeBack: () => setConfirmation(null),
    forget: () => setOutcome(null),
  };
}
