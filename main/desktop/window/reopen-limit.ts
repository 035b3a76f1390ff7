/** A page that ends this often within this time is not opened again by itself. */
const MAX_REOPENED = 3;
const WITHIN_MS = 60_000;

/**
 * Counts how often a window was opened again because its page had ended. A page that ends as soon as it
 * is open would otherwise be opened for ever, with all the work that takes.
 */
export function createReopenLimit(nowMs: () => number) {
  let reopenedAtMs: number[] = [];
  return {
    /** Whether it may be opened once more, which is then counted. */
    allows(): boolean {
      const now = nowMs();
      // A clock that was set back must not allow more.
      reopenedAtMs = reopenedAtMs.filter((atMs) => Math.abs(now - atMs) < WITHIN_MS);
      if (reopenedAtMs.length >= MAX_REOPENED) return false;
      reopenedAtMs.push(now);
      return true;
    },
    /** The user wants it opened again. */
    forget(): void {
      reopenedAtMs = [];
    },
  };
}
