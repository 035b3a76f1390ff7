import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { HistoryRepository } from '../storage/history';

const DAY_MS = 24 * 60 * 60_000;
/** Jobs forgotten at once, and the pause after them: nothing else waits for long. */
const AT_ONCE = 50;
const PAUSE_MS = 50;

export interface RetentionDeps {
  history: Pick<HistoryRepository, 'forget'>;
  clock: Clock;
  logger: Logger;
  /** For how many days ended jobs are kept; null for ever. */
  keptDays: () => number | null;
  /** Jobs or uploads may have gone. */
  onForgotten: () => void;
}

/** Forgets once a day what the user does not want to be kept for longer. */
export function createRetention(deps: RetentionDeps) {
  const { history, clock, logger } = deps;
  let cancel = () => {};

  function step(): void {
    const days = deps.keptDays();
    let more = false;
    try {
      if (days !== null) {
        more = history.forget(clock.nowMs() - days * DAY_MS, AT_ONCE);
        if (!more) deps.onForgotten();
      }
    } catch (error) {
      logger.error('nothing forgotten', { reason: reason(error) });
    }
    cancel = clock.after(more ? PAUSE_MS : DAY_MS, step);
  }

  return {
    /** Forgets now, and from then on each day: at the start, and when the user's choice changes. */
    forget(): void {
      cancel();
      step();
    },
    stop: (): void => cancel(),
  };
}
