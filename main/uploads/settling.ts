/** A file that has been unchanged for this long, and that nothing has open for writing, is finished. */
export const QUIET_MS = 10_000;
/**
 * While a program has the file open for writing: a recording may be on hold, or a copy stuck, and both go
 * on. But some programs never let go of a file they have finished.
 */
export const QUIET_WHILE_OPEN_MS = 5 * 60_000;
/** A longer pause between two changes says nothing about how a program writes: somebody came back to it. */
const MAX_PAUSE_MS = 10 * 60_000;
/** A file that came back to life after a pause has to be still for this many such pauses. */
const PAUSES = 2;
/** From look to look, at first and at most. In between, a tenth of the time that the file was watched. */
const FIRST_LOOK_MS = 2_000;
const MAX_LOOK_MS = 15_000;
/** How late a look may be before the time since the one before no longer counts in full. */
const LATE_MS = 1_000;

/** What was seen of a file. Times are in milliseconds. */
export interface FileLook {
  atMs: number;
  sizeBytes: number;
  modifiedAtMs: number;
}

/** What has been seen of a file so far, from its first look to the latest. */
export interface Settling extends FileLook {
  /** How long the file has been unchanged. */
  stillMs: number;
  /** Whether it was unchanged between the last two looks. */
  wasStill: boolean;
  /** Whether a program was seen to have it open for writing at the latest look. */
  wasOpen: boolean;
  /** The longest time after which it changed again although nobody was seen to have it open. */
  longestPauseMs: number;
  /** The same while somebody had it open: when that program has closed it, this says nothing more. */
  longestOpenPauseMs: number;
  watchedMs: number;
}

/** The age of the file by its own time; 0 for a time to come, as of another clock or time zone. */
function ageMs({ atMs, modifiedAtMs }: FileLook): number {
  return Math.max(0, atMs - modifiedAtMs);
}

/**
 * Adds a look. The first one takes the file's own time for granted; after that only what was seen
 * counts, so that neither a clock that jumps nor a time that moves makes a file look finished.
 */
export function addLook(before: Settling | null, look: FileLook): Settling {
  if (!before) {
    const nothing = { wasOpen: false, longestPauseMs: 0, longestOpenPauseMs: 0, watchedMs: 0 };
    return { ...look, stillMs: ageMs(look), wasStill: true, ...nothing };
  }
  const mostMs = nextLookMs(before) + LATE_MS;
  const stepMs = Math.min(mostMs, Math.max(0, look.atMs - before.atMs));
  const watchedMs = before.watchedMs + stepMs;
  const same = look.sizeBytes === before.sizeBytes && look.modifiedAtMs === before.modifiedAtMs;
  if (same) {
    const stillMs = before.stillMs + stepMs;
    return { ...before, ...look, stillMs, wasStill: true, watchedMs };
  }
  const stillMs = look.modifiedAtMs > look.atMs ? 0 : Math.min(ageMs(look), stepMs);
  const pausesMs = [
    before.stillMs + stepMs - stillMs,
    look.modifiedAtMs - before.modifiedAtMs,
  ].filter((ms) => before.wasStill && ms <= MAX_PAUSE_MS);
  const longest = before.wasOpen ? 'longestOpenPauseMs' : 'longestPauseMs';
  return {
    ...before,
    ...look,
    stillMs,
    wasStill: false,
    // Not known any more: whoever wrote may have closed it.
    wasOpen: false,
    [longest]: Math.max(before[longest], ...pausesMs),
    watchedMs,
  };
}

/** How long the file has to be still until it counts as finished, in milliseconds. */
export function stillNeededMs(
  { longestPauseMs, longestOpenPauseMs }: Settling,
  isOpenForWriting: boolean,
): number {
  return isOpenForWriting
    ? Math.max(QUIET_WHILE_OPEN_MS, PAUSES * Math.max(longestPauseMs, longestOpenPauseMs))
    : Math.max(QUIET_MS, PAUSES * longestPauseMs);
}

/** Whether the file can be sent. */
export function isSettled(settling: Settling, isOpenForWriting: boolean): boolean {
  return settling.stillMs >= stillNeededMs(settling, isOpenForWriting);
}

/** When to look again, in whole milliseconds from the latest look. */
export function nextLookMs({ watchedMs }: Settling): number {
  return Math.round(Math.min(MAX_LOOK_MS, Math.max(FIRST_LOOK_MS, watchedMs / 10)));
}
