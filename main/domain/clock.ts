/** Time as the app sees it, so that a test can drive it. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock, which may be set back or forward. */
  nowMs(): number;
  /**
   * Milliseconds since some moment before the start, for measuring how long something lasts. Never set,
   * and goes on while the machine sleeps. To about 10 ms, on macOS to a second.
   */
  monotonicMs(): number;
  /**
   * Runs `task` once after `delayMs`; the returned function cancels it. On Linux and macOS the wait stands still
   * while the machine sleeps.
   */
  after(delayMs: number, task: () => void): () => void;
}
