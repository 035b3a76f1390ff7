import { expect, it } from 'vitest';
import { reportLateTimers } from '../../../main/desktop/system/sleep-wake';
import { FakeClock } from '../polling/fakes';

it('a task that is cancelled because of the wake that its own timer reported does not run', async () => {
  const clock = new FakeClock();
  const done: string[] = [];
  let cancel = () => {};
  const timers = reportLateTimers(
    clock,
    () => {
      done.push('wake');
      cancel();
    },
    () => 0,
  );
  cancel = timers.after(1_000, () => done.push('task'));
  clock.jump(60_000);
  await clock.advance(1_000);
  expect(done).toEqual(['wake']);
});

it('a task whose timer is on time just runs', async () => {
  const clock = new FakeClock();
  const done: string[] = [];
  const timers = reportLateTimers(
    clock,
    () => done.push('wake'),
    () => 0,
  );
  timers.after(1_000, () => done.push('task'));
  await clock.advance(1_000);
  expect(done).toEqual(['task']);
});

it('a long timer from before a wake that is known says nothing hours later: it slept too', async () => {
  const clock = new FakeClock();
  const done: string[] = [];
  let lastWakeMs = 0;
  const timers = reportLateTimers(
    clock,
    () => done.push('wake'),
    () => lastWakeMs,
  );
  timers.after(3_600_000, () => done.push('hourly task'));
  await clock.advance(1);
  clock.jump(8 * 3_600_000);
  lastWakeMs = clock.nowMs();
  await clock.advance(3_600_000);
  expect(done).toEqual(['hourly task']);
});
