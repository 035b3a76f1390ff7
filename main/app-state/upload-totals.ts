import type { UploadTotals } from '../../preload/contract';
import { EMPTY_METER, measureThroughput } from '../domain/throughput';
import { isUnfinished, sentBytesOf, type Upload, type UploadProgress } from '../domain/upload';

type ProgressById = ReadonlyMap<string, UploadProgress>;

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * Returns a function that sums up all uploads. It has to be called again and again with what is stored
 * and live at the time: from call to call it learns how long everything will take.
 */
export function createUploadTotals(nowMs: () => number) {
  let meter = EMPTY_METER;
  /** Bytes moved since the meter began, over all uploads. */
  let movedBytes = 0;
  let before = new Map<string, number>();
  /** Uploads that have been unfinished at some time since the queue was last empty. */
  const together = new Set<string>();

  /** These, without paused, failed and cancelled ones: the share that is sent must not go down. */
  function counted(uploads: Upload[], unfinished: Upload[]): Upload[] {
    if (unfinished.length === 0) together.clear();
    for (const { id } of unfinished) together.add(id);
    return uploads.filter(
      ({ id, state }) => together.has(id) && (isUnfinished(state) || state === 'sent'),
    );
  }

  /**
   * Only what an upload gained between two calls counts as moved: one that is added, or ends, must not
   * look like a sudden jump in speed.
   */
  function follow(uploads: Upload[], progress: ProgressById): void {
    const now = new Map<string, number>();
    for (const upload of uploads) {
      const sentBytes = sentBytesOf(upload, progress.get(upload.id));
      const known = before.get(upload.id);
      if (known !== undefined) movedBytes += sentBytes - known;
      if (isUnfinished(upload.state)) now.set(upload.id, sentBytes);
    }
    before = now;
  }

  return (uploads: Upload[], progress: ProgressById): UploadTotals => {
    const count = (...states: Upload['state'][]): number =>
      uploads.filter(({ state }) => states.includes(state)).length;
    const unfinished = uploads.filter(({ state }) => isUnfinished(state));
    const all = counted(uploads, unfinished);
    const sizeBytes = sum(all.map((upload) => upload.sizeBytes));
    const sentBytes = sum(all.map((upload) => sentBytesOf(upload, progress.get(upload.id))));
    const speeds = unfinished.flatMap(({ id }) => progress.get(id)?.bytesPerSecond ?? []);
    const sending = count('sending', 'finishing');
    follow(uploads, progress);
    let timeLeftMs: number | null = null;
    if (sending === 0) meter = EMPTY_METER;
    else {
      const leftBytes = sizeBytes - sentBytes;
      const at = { nowMs: nowMs(), sentBytes: movedBytes, sizeBytes: movedBytes + leftBytes };
      const seen = measureThroughput(meter, at);
      meter = seen.meter;
      timeLeftMs = seen.progress.timeLeftMs;
    }
    return {
      sending,
      unfinished: unfinished.length,
      paused: count('paused'),
      failed: count('failed'),
      sentBytes,
      sizeBytes,
      bytesPerSecond: speeds.length > 0 ? sum(speeds) : null,
      timeLeftMs,
    };
  };
}
