import { expect, it } from 'vitest';
import { reportLateTimers } from '../../../main/desktop/system/sleep-wake';
import { FakeClock } from '../polling/fakes';

it('a task that is cancelled because of the wake its own timer reported does not run', async () => {
  const clock = new FakeClock();
  const done: string[] = [];
  let cancel = () => {};
  const timers = reportLateTimers(clock, () => {
    done.push('wake');
    cancel();
  });
  cancel = timers.after(1_000, () => done.push('task'));
  clock.jump(60_000);
  await clock.advance(1_000);
  expect(done).toEqual(['wake']);
});

it('a task whose timer is on time just runs', async () => {
  const clock = new FakeClock();
  const done: string[] = [];
  const timers = reportLateTimers(clock, () => done.push('wake'));
  timers.after(1_000, () => done.push('task'));
  await clock.advance(1_000);
  expect(done).toEqual(['task']);
});
