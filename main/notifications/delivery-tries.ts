/**
 * What the desktop did not show, or may not have shown, is told within the next digest: at the latest
 * after this long, which doubles from try to try, and at once when the desktop shows notifications again.
 */
export const RETRY_MS = { first: 2_000, max: 60_000 };
/** From then on a notification that was not shown helps nobody: windows and tray show the outcome too. */
export const GIVE_UP_MS = 10 * 60_000;
/** No more tries than this of what may have been shown: it may be what its desktop dies of. */
const MAX_INTERRUPTED = 3;

interface Tries {
  /** Since when it is tried. */
  sinceMs: number;
  /** How often it may have been shown, since its desktop's program died before it answered. */
  interrupted: number;
  /** It is not handed over before. */
  dueMs: number;
}

/**
 * Counts by notification how long, and how often in vain, it has been tried. `nowMs` must never be set:
 * right after a login, the wall clock often is, by hours.
 */
export function createDeliveryTries(nowMs: () => number) {
  const tries = new Map<string, Tries>();
  return {
    begin(id: string): void {
      if (!tries.has(id)) tries.set(id, { sinceMs: nowMs(), interrupted: 0, dueMs: 0 });
    },

    /** Whether to try it once more. */
    failed(id: string, outcome: 'not-shown' | 'interrupted'): boolean {
      const before = tries.get(id) ?? { sinceMs: nowMs(), interrupted: 0, dueMs: 0 };
      const isInterrupted = outcome === 'interrupted';
      const interrupted = before.interrupted + (isInterrupted ? 1 : 0);
      // A daemon that died twice may do so at each start for a while, as one that the bus starts before the
      // desktop is there. The few tries that are left must not be over by then.
      const waitMs = interrupted > 1 ? RETRY_MS.max : RETRY_MS.first;
      const dueMs = isInterrupted ? nowMs() + waitMs : before.dueMs;
      tries.set(id, { ...before, interrupted, dueMs });
      return nowMs() - before.sinceMs < GIVE_UP_MS && interrupted < MAX_INTERRUPTED;
    },

    /** In how long it may be handed over. */
    dueInMs: (id: string): number => Math.max(0, (tries.get(id)?.dueMs ?? 0) - nowMs()),

    /** Another daemon is there: what only one has died of need not wait. */
    daemonIsBack(): void {
      for (const known of tries.values()) if (known.interrupted < 2) known.dueMs = 0;
    },

    end(id: string): void {
      tries.delete(id);
    },
  };
}
