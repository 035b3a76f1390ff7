import { expect, it } from 'vitest';
import { createRetention } from '../../../main/history/retention';
import { FakeClock } from '../polling/fakes';

const DAY_MS = 24 * 60 * 60_000;

function setting(days: number | null, batches: boolean[] = []) {
  const clock = new FakeClock();
  const asked: number[] = [];
  const parts = { days, forgotten: 0, errors: [] as string[] };
  const log = (message: string) => void parts.errors.push(message);
  const keeping = createRetention({
    history: {
      forget(beforeMs) {
        asked.push((clock.nowMs() - beforeMs) / DAY_MS);
        return batches.shift() ?? false;
      },
    },
    clock,
    logger: { info: log, warn: log, error: log },
    keptDays: () => parts.days,
    onForgotten: () => {
      parts.forgotten += 1;
    },
  });
  return { clock, asked, parts, keeping };
}

it('forgets at the start and once a day, in steps until nothing old is left', async () => {
  const { clock, asked, parts, keeping } = setting(30, [true, true]);
  keeping.forget();
  await clock.advance(1000);
  expect(asked).toEqual([30, 30, 30]);
  expect(parts.forgotten).toBe(1);
  await clock.advance(2 * DAY_MS);
  expect(asked).toHaveLength(5);
});

it('forgets nothing while the user keeps all, and at once when that changes', async () => {
  const { clock, asked, parts, keeping } = setting(null);
  keeping.forget();
  await clock.advance(3 * DAY_MS);
  expect(asked).toEqual([]);
  parts.days = 7;
  keeping.forget();
  expect(asked).toEqual([7]);
  // One timer only, however often it was called.
  await clock.advance(DAY_MS);
  expect(asked).toHaveLength(2);
  keeping.stop();
  await clock.advance(5 * DAY_MS);
  expect(asked).toHaveLength(2);
});
