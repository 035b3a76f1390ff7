/** Only one restart in this time, in milliseconds. */
const AT_MOST_EVERY_MS = 60_000;
/** After this many restarts within this time the app stays ended: it would only crash again. */
const MAX_RESTARTS = 3;
const WITHIN_MS = 10 * 60_000;
/** How long a bus that ended is waited for. */
const BUS_MS = 5 * 60_000;
/** How often it is looked for. The first look comes after this, too: a session may be ending. */
const LOOK_EVERY_MS = 500;

export interface RestartDeps {
  /** When the app was started again after a crash, oldest first. */
  readRestarts: () => number[];
  writeRestarts: (atMs: number[]) => void;
  hasDisplay: () => Promise<boolean>;
  /** Whether a session bus answers; true where none is configured. */
  hasBus: () => Promise<boolean>;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
}

/**
 * Waits until the app may go on after a crash of its last life, and counts that. False when it must not:
 * the session has ended, the bus does not come back, or the app crashes again and again.
 */
export async function mayRestart(deps: RestartDeps): Promise<boolean> {
  const { nowMs } = deps;
  const beganAtMs = nowMs();
  // A clock that was set back must not count restarts of the future.
  const recent = deps
    .readRestarts()
    .filter((atMs) => atMs <= beganAtMs && beganAtMs - atMs < WITHIN_MS);
  if (recent.length >= MAX_RESTARTS) return false;
  const notBeforeMs = (recent.at(-1) ?? Number.NEGATIVE_INFINITY) + AT_MOST_EVERY_MS;
  const giveUpAtMs = Math.max(beganAtMs, notBeforeMs) + BUS_MS;
  for (;;) {
    await deps.sleep(LOOK_EVERY_MS);
    // The end of a session takes display and bus away, in either order.
    if (!(await deps.hasDisplay())) return false;
    if (nowMs() >= notBeforeMs && (await deps.hasBus())) break;
    if (nowMs() >= giveUpAtMs) return false;
  }
  deps.writeRestarts([...recent, nowMs()]);
  return true;
}
