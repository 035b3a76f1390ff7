import { faults } from '../../simulator/client';
import { DATABASE_NAME } from './messages';
import { checkRetryAfter } from './retry-after';
import { type Row, row } from './row';
import { diskKind, SmallDisk } from './small-disk';
import { isPart, type Trial } from './trial';

const TWO_HOURS_MS = 2 * 60 * 60_000;
const WAIT_SECONDS = 2;
/** Slow enough to be interrupted in the middle. */
const PACE = { requestBytesPerSecond: 8_000_000 };

/** What goes wrong on the machine itself: its clock and its disk. */
export function machineRows(quick: boolean): Row[] {
  const rows = (name: string, times: number, play: (trial: Trial) => Promise<void>) =>
    ({ ...row(name, times, quick, play), waits: true }) as const;
  return [
    rows('the clock jumps 2 h forward', 5, (trial) => jumps(trial, [TWO_HOURS_MS])),
    rows('the clock jumps 2 h back', 5, (trial) => jumps(trial, [-TWO_HOURS_MS])),
    rows('the clock jumps forward and back', 5, (trial) => jumps(trial, [TWO_HOURS_MS, 0])),
    rows('the clock jumps 2 h back during Retry-After', 3, jumpsInCooldown(-TWO_HOURS_MS)),
    rows('the clock jumps 2 h forward during Retry-After', 3, jumpsInCooldown(TWO_HOURS_MS)),
    ...(diskKind === null ? [] : [rows(`disk full for the database (${diskKind})`, 5, diskFull)]),
  ];
}

async function jumps(trial: Trial, offsMs: number[]): Promise<void> {
  trial.add('long', 'middle');
  const { clock } = trial;
  const pace = faults.slow(PACE);
  await trial.simulator.addFault({ service: 'storage', times: 'always', action: pace });
  const run = trial.start();
  let parts = 0;
  for (const offMs of offsMs) {
    parts += 1 + trial.below(3);
    await trial.waitForRequests(isPart, parts);
    clock.put(offMs);
    trial.strikes += 1;
  }
  await trial.runToEnd(run);
}

const jumpsInCooldown = (offMs: number) => async (trial: Trial) => {
  trial.add('long', 'middle');
  trial.hurry = 1;
  const { clock } = trial;
  const action = faults.slowDown(WAIT_SECONDS);
  await trial.inject({ service: 'storage', method: 'PUT', action });
  const run = trial.start();
  // The engine waits, and has not yet begun to send again.
  await trial.waitForMessage(
    run,
    (message) => message.type === 'upload-event' && message.event.kind === 'waited',
  );
  clock.put(offMs);
  trial.strikes += 1;
  await trial.runToEnd(run);
  await checkRetryAfter(trial, isPart, WAIT_SECONDS);
};

async function diskFull(trial: Trial): Promise<void> {
  trial.add('long');
  const disk = new SmallDisk(trial.folder);
  try {
    trial.dataFolder = disk.folder;
    const pace = faults.slow(PACE);
    await trial.simulator.addFault({ service: 'storage', times: 'always', action: pace });
    const run = trial.start();
    await trial.waitForRequests(isPart, 1 + trial.below(2));
    disk.fill(run.pid, DATABASE_NAME);
    await trial.waitForMessage(run, ({ type }) => type === 'store-failed');
    trial.strikes += 1;
    disk.free(run.pid);
    await trial.runToEnd(run);
  } finally {
    disk.remove();
  }
}
