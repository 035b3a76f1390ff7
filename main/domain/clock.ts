/** Time as the app sees it, so that a test can drive it. */
export interface Clock {
  nowMs(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
