/** Time as the app sees it, so that a test can drive it. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock, which may be set back or forward. */
  nowMs(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
