import { beforeEach, expect, it } from 'vitest';
import { createUploadTotals } from '../../../main/app-state/upload-totals';
import type { Upload, UploadProgress } from '../../../main/domain/upload';
import { sampleUpload } from '../../builders/upload';

const MB = 1_000_000;

function upload(id: string, changes: Partial<Upload> = {}): Upload {
  return sampleUpload({ id, sizeBytes: 1000 * MB, ...changes });
}

let nowMs: number;
let totals: ReturnType<typeof createUploadTotals>;
const progress = new Map<string, UploadProgress>();

function at(id: string, sentBytes: number, bytesPerSecond: number | null = null): void {
  progress.set(id, { sentBytes, bytesPerSecond, timeLeftMs: null });
}

beforeEach(() => {
  nowMs = 50_000;
  progress.clear();
  totals = createUploadTotals(() => nowMs);
});

it('only unfinished uploads count into the totals; paused and failed ones are counted apart', () => {
  at('a', 250 * MB, 4 * MB);
  at('b', 100 * MB, 6 * MB);
  at('p', 999 * MB);
  const all = [
    upload('a', { state: 'sending' }),
    upload('b', { state: 'finishing' }),
    upload('c'),
    upload('p', { state: 'paused' }),
    upload('f', { state: 'failed' }),
    upload('s', { state: 'sent' }),
    upload('x', { state: 'cancelled' }),
  ];
  expect(totals(all, progress)).toEqual({
    sending: 2,
    unfinished: 3,
    paused: 1,
    failed: 1,
    sentBytes: 350 * MB,
    sizeBytes: 3000 * MB,
    bytesPerSecond: 10 * MB,
    timeLeftMs: null,
  });
});

/** Two uploads at 5 MB/s each, sampled 4 times a second; returns all times left that were shown. */
function run(seconds: number, uploadsAt: (second: number) => Upload[]): number[] {
  const shown: number[] = [];
  for (let tick = 0; tick <= seconds * 4; tick += 1) {
    nowMs += 250;
    const uploads = uploadsAt(tick / 4);
    const { timeLeftMs } = totals(uploads, progress);
    if (timeLeftMs !== null) shown.push(timeLeftMs);
  }
  return shown;
}

function largestRiseMs(shown: number[]): number {
  return Math.max(...shown.slice(1).map((ms, index) => ms - (shown[index] ?? 0)));
}

it('the time left of all uploads comes from all that is left, at the total speed', () => {
  const shown = run(20, (second) => {
    at('a', second * 5 * MB);
    at('b', second * 5 * MB);
    return [upload('a', { state: 'sending' }), upload('b', { state: 'sending' })];
  });
  expect(shown.at(-1)).toBeGreaterThan(175_000);
  expect(shown.at(-1)).toBeLessThan(185_000);
});

it('the time left does not vanish or jump when one upload ends and the next begins', () => {
  const shown = run(40, (second) => {
    const isOver = second >= 20;
    at('a', Math.min(100, second * 5) * MB);
    at('b', second * 5 * MB);
    at('c', Math.max(0, second - 20) * 5 * MB);
    return [
      upload('a', { sizeBytes: 100 * MB, state: isOver ? 'sent' : 'sending' }),
      upload('b', { state: 'sending' }),
      upload('c', { state: isOver ? 'sending' : 'queued' }),
    ];
  });
  // It is known from the second sample on, and never lost again.
  expect(shown.length).toBeGreaterThan(40 * 4 - 8);
  expect(largestRiseMs(shown)).toBeLessThan(500);
});

it('an upload that resumes from its stored parts does not look like a jump in speed', () => {
  const shown = run(30, (second) => {
    at('a', second * 5 * MB);
    at('b', 900 * MB);
    return [upload('a', { state: 'sending' }), ...(second >= 15 ? [upload('b')] : [])];
  });
  // 100 MB more to send at 5 MB/s: 20 s more, and not less.
  const [before = 0, after = 0] = [shown[14 * 4 - 6], shown.at(-1)];
  expect(before).toBeGreaterThan(180_000);
  expect(after).toBeGreaterThan(before - 16_000);
});

it('while nothing is sent there is no speed and no time left', () => {
  run(10, (second) => {
    at('a', second * 5 * MB, 5 * MB);
    return [upload('a', { state: 'sending' })];
  });
  at('a', 50 * MB);
  expect(totals([upload('a', { state: 'paused' })], progress)).toMatchObject({
    sending: 0,
    bytesPerSecond: null,
    timeLeftMs: null,
  });
});

it('the share that is sent does not fall back when one of several uploads is complete', () => {
  at('a', 900 * MB);
  at('b', 100 * MB);
  const share = (all: Upload[]) => {
    const { sentBytes, sizeBytes } = totals(all, progress);
    return sentBytes / sizeBytes;
  };
  const b = upload('b', { state: 'sending' });
  expect(share([upload('a', { state: 'sending' }), b])).toBe(0.5);
  expect(share([upload('a', { state: 'sent' }), b])).toBe(0.55);
  // What was sent before the queue was empty does not count any more.
  totals([upload('a', { state: 'sent' }), upload('b', { state: 'sent' })], progress);
  at('c', 0);
  expect(share([upload('a', { state: 'sent' }), upload('c', { state: 'sending' })])).toBe(0);
});
