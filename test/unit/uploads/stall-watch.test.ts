import { expect, it } from 'vitest';
import type { Clock } from '../../../main/domain/clock';
import { type PartTry, StallTimeouts, StallWatch } from '../../../main/uploads/stall-watch';

const SIZE = 1_000;

/** A part whose seconds pass when the test says so. */
function watched(timeouts: StallTimeouts, part: PartTry = { sizeBytes: SIZE, movedBytes: 0 }) {
  const ticks: (() => void)[] = [];
  const clock: Clock = {
    nowMs: () => 0,
    monotonicMs: () => 0,
    after: (_delayMs, task) => {
      ticks.push(task);
      return () => {};
    },
  };
  const { signal: stop } = new AbortController();
  const watch = new StallWatch(part, { clock, stop, onProgress: () => {} }, timeouts);
  const seconds = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second += 1) {
      ticks.shift()?.();
      // The watch continues in a later turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { watch, part, seconds };
}

it('a part that moves no byte for 30 seconds is aborted, after its last byte for 120', async () => {
  const stuck = watched(new StallTimeouts());
  await stuck.seconds(29);
  expect(stuck.watch.signal.aborted).toBe(false);
  await stuck.seconds(1);
  expect(stuck.watch.signal.aborted).toBe(true);

  const unanswered = watched(new StallTimeouts());
  unanswered.part.movedBytes = SIZE;
  // The first second sees it move.
  await unanswered.seconds(120);
  expect(unanswered.watch.signal.aborted).toBe(false);
  await unanswered.seconds(1);
  expect(unanswered.watch.signal.aborted).toBe(true);
});

it('on a link that is slower than its buffers a part still arrives in the end', async () => {
  const timeouts = new StallTimeouts();
  // Each part moves nothing for 100 seconds at a time, as behind a proxy that takes much at once.
  for (const stalls of [true, true, false, false]) {
    const { watch, part, seconds } = watched(timeouts);
    part.movedBytes = SIZE / 2;
    await seconds(100);
    expect(watch.signal.aborted).toBe(stalls);
    if (stalls) continue;
    part.movedBytes = SIZE;
    await seconds(1);
    watch.arrived();
    watch.end();
  }
});

it('parts that stall together are not aborted together: the first one tries the link again', async () => {
  const timeouts = new StallTimeouts();
  const first = watched(timeouts);
  const second = watched(timeouts);
  await first.seconds(30);
  await second.seconds(30);
  expect([first, second].map(({ watch }) => watch.signal.aborted)).toEqual([true, false]);
  // It moves at once on its new connection, so the link works and the other part is stuck.
  const again = watched(timeouts);
  again.watch.arrived();
  await second.seconds(1);
  expect(second.watch.signal.aborted).toBe(true);
});
