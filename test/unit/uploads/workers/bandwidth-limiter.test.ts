import { expect, it } from 'vitest';
import { BandwidthLimiter } from '../../../../main/uploads/workers/bandwidth-limiter';

/** A limiter on a clock that only its own waits move. */
function setUp() {
  let nowMs = 1_000;
  const limiter = new BandwidthLimiter(
    () => nowMs,
    async (delayMs) => {
      nowMs += delayMs;
    },
  );
  return { limiter, now: () => nowMs, pass: (ms: number) => (nowMs += ms) };
}

it('nobody waits while the user has set no limit', async () => {
  const { limiter, now } = setUp();
  for (let piece = 0; piece < 1_000; piece += 1) await limiter.take(10_000_000);
  expect(now()).toBe(1_000);
});

it('no more than the limit passes, and no less', async () => {
  const { limiter, now } = setUp();
  limiter.set(1_000_000);
  for (let piece = 0; piece < 50; piece += 1) await limiter.take(100_000);
  // The first piece leaves at once, and the next one waits for it.
  expect(now() - 1_000).toBeGreaterThan(4_700);
  expect(now() - 1_000).toBeLessThanOrEqual(5_000);
});

it('an hour without traffic does not let a flood through afterwards', async () => {
  const { limiter, now, pass } = setUp();
  limiter.set(1_000_000);
  pass(3_600_000);
  const startMs = now();
  for (let piece = 0; piece < 20; piece += 1) await limiter.take(100_000);
  expect(now() - startMs).toBeGreaterThan(1_600);
});

it('a limit that was removed holds nobody back any more', async () => {
  const { limiter, now } = setUp();
  limiter.set(1_000);
  await limiter.take(1_000_000);
  limiter.set(null);
  const startMs = now();
  await limiter.take(1_000_000);
  expect(now()).toBe(startMs);
});
