import { beforeEach, expect, it } from 'vitest';
import { createThrottle, type Throttle } from '../../../main/domain/throttle';
import { FakeClock } from '../polling/fakes';

const GAP_MS = 1_000;

let clock: FakeClock;
let atMs: number[];
let startMs: number;
let call: Throttle;

beforeEach(() => {
  clock = new FakeClock();
  startMs = clock.nowMs();
  atMs = [];
  call = createThrottle(clock, GAP_MS, () => atMs.push(clock.nowMs() - startMs));
});

it('runs at once, and then once in each gap however often it is called', async () => {
  for (let n = 0; n < 25; n += 1) {
    call();
    await clock.advance(100);
  }
  await clock.advance(GAP_MS);
  expect(atMs).toEqual([0, 1_000, 2_000, 3_000]);
});

it('does not run twice in a row when its timer is late', async () => {
  call();
  call();
  // The event loop was busy: the gap is over, and the timer has not run.
  clock.jump(1_500);
  call();
  await clock.advance(0);
  expect(atMs).toEqual([0, 1_500]);
  await clock.advance(GAP_MS);
  expect(atMs).toEqual([0, 1_500]);
});

it('does not wait for hours after the clock was set back', async () => {
  call();
  clock.jump(-3_600_000);
  call();
  await clock.advance(GAP_MS);
  expect(atMs).toHaveLength(2);
});

it('forgets a call that waits when it is cancelled, and goes on with the next', async () => {
  call();
  call();
  call.cancel();
  await clock.advance(GAP_MS);
  call();
  expect(atMs).toEqual([0, 1_000]);
});
