/** A fault that repeats itself must not push everything else out of the log. */
const MAX_PER_SECOND = 200;

/** How many lines may be written: `leftOut` is how many were not, told with the first of a new second. */
export function createLineRate(nowMs: () => number) {
  let second = 0;
  let lines = 0;
  let leftOut = 0;
  return {
    /** Whether one more line may be written now, and how many were left out before it. */
    next(): { isWritten: boolean; leftOut: number } {
      const now = Math.floor(nowMs() / 1000);
      if (now !== second) {
        second = now;
        lines = 0;
      }
      lines += 1;
      if (lines > MAX_PER_SECOND) {
        leftOut += 1;
        return { isWritten: false, leftOut: 0 };
      }
      const before = leftOut;
      leftOut = 0;
      return { isWritten: true, leftOut: before };
    },
  };
}
