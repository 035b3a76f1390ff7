import { expect, it } from 'vitest';
import type { UploadClock } from '../../../main/uploads/ports';
import { type PartTry, RestLimit, StallWatch } from '../../../main/uploads/stall-watch';

const SIZE = 1_000;

/** A part whose seconds pass when the test says so. */
function watched(limit: RestLimit, part: PartTry = { sizeBytes: SIZE, movedBytes: 0 }) {
  const ticks: (() => void)[] = [];
  const clock: UploadClock = {
    now: () => 0,
    delay: () => new Promise((resolve) => ticks.push(resolve)),
  };
  const retryContext = {
    ...{ clock, random: () => 0, stop: new AbortController().signal },
    ...{ waits: () => {}, works: () => {} },
  };
  const watch = new StallWatch(part, retryContext, limit);
  const seconds = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second += 1) {
      ticks.shift()?.();
      // The watch goes on in a later turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { watch, part, seconds };
}

it('a part that moves no byte for 30 seconds is broken off, after its last one for 120', async () => {
  const stuck = watched(new RestLimit());
  await stuck.seconds(29);
  expect(stuck.watch.signal.aborted).toBe(false);
  await stuck.seconds(1);
  expect(stuck.watch.signal.aborted).toBe(true);

  const unanswered = watched(new RestLimit());
  unanswered.part.movedBytes = SIZE;
  // The first second sees it move.
  await unanswered.seconds(120);
  expect(unanswered.watch.signal.aborted).toBe(false);
  await unanswered.seconds(1);
  expect(unanswered.watch.signal.aborted).toBe(true);
});

it('on a link that is slower than its buffers an upload arrives in the end', async () => {
  const limit = new RestLimit();
  // Each part rests for 100 seconds between two moves, as behind a proxy that takes much at once.
  for (const stalls of [true, true, false, false]) {
    const { watch, part, seconds } = watched(limit);
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

it('parts that stall together do not give up together: the first one tries the link', async () => {
  const limit = new RestLimit();
  const first = watched(limit);
  const second = watched(limit);
  await first.seconds(30);
  await second.seconds(30);
  expect([first, second].map(({ watch }) => watch.signal.aborted)).toEqual([true, false]);
  // It arrives at once on its new connection, so the link is well and the other one is stuck.
  const again = watched(limit);
  again.watch.arrived();
  await second.seconds(1);
  expect(second.watch.signal.aborted).toBe(true);
});
