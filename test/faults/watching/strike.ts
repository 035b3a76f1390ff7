import type { HiddenApp } from '../../desktop/hidden-app';
import type { NotificationDaemon } from '../../desktop/notification-daemon';
import { faults, type Simulator } from '../../simulator/client';
import type { Instant } from './plan';

/** What an instant is chosen with. */
export interface Striker {
  run: HiddenApp;
  simulator: Simulator;
  daemon: NotificationDaemon;
  random: () => number;
  /** How many completions are to be told. */
  untold: number;
  /** After so many milliseconds nothing that was armed is waited for any more. */
  limitMs: number;
}

/** In which a run that is started has its first answers and has told what it found, roughly. */
const STARTING_MS = 2_000;
/** In which a run asks again while work is under way, and tells what ended, roughly. */
const ASKING_MS = 4_000;
/** Around the telling of an answer, which takes a tenth of it. */
const HANDLING_MS = 1_000;
/** After a notification, in which others follow and all of it is stored. */
const TELLING_MS = 1_000;

const LIST = '/v1/executions/me';
const LOOK = '/v1/executions/{id}';
const CLIPS = '/clips';

/** Sees to it that a run is killed at some instant. Gives what takes that back. */
export type Arm = (striker: Striker) => Promise<() => unknown>;

/** Within so many milliseconds from now. */
const within =
  (rangeMs: number): Arm =>
  async ({ run, random }) => {
    const timer = setTimeout(() => run.kill(), random() * rangeMs);
    return () => clearTimeout(timer);
  };

/** Before a request is read, or with its answer lost. */
const beforeAnswer: Arm = async ({ run, simulator, random }) => {
  const point = random() < 0.5 ? 'before-body' : 'after-body';
  const path = random() < 0.5 ? LIST : LOOK;
  const id = await simulator.addFault({ path, action: faults.killed(-run.pid, { point }) });
  return () => simulator.removeFault(id);
};

/** Within so many milliseconds after the answer to a request. */
const afterAnswer =
  (rangeMs: number, paths: readonly string[]): Arm =>
  async ({ run, simulator, random, untold }) => {
    const path = paths[Math.floor(random() * paths.length)] ?? LIST;
    const action = faults.killedAfterAnswer(-run.pid, random() * rangeMs);
    // Each execution that ended is looked at: the first of them strikes, or a later one.
    const skip = path === LOOK ? Math.floor(random() * untold) : 0;
    const id = await simulator.addFault({ path, skip, action });
    return () => simulator.removeFault(id);
  };

/** Within so many milliseconds after the daemon has the next notification. */
const afterNotification =
  (rangeMs: number): Arm =>
  async ({ run, daemon, random, limitMs }) => {
    const before = daemon.notifications.length;
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const strikes = () => {
      if (!over) timer = setTimeout(() => run.kill(), random() * rangeMs);
    };
    daemon
      .waitFor(() => over || daemon.notifications.length > before, { timeoutMs: limitMs })
      .then(strikes, () => {});
    return () => {
      over = true;
      clearTimeout(timer);
    };
  };

const ARMS: Record<Instant, Arm> = {
  'before the work ends': within(0),
  'before it asks': within(ASKING_MS),
  'before an answer': beforeAnswer,
  'after an answer': afterAnswer(HANDLING_MS, [LIST, LOOK]),
  'while it tells': afterNotification(TELLING_MS),
  'as it starts': within(STARTING_MS),
  'after its first answers': afterAnswer(HANDLING_MS, [LIST, CLIPS]),
  'in the digest': afterNotification(TELLING_MS),
};

/** Arms a kill of the run at an instant of this sort. */
export function strike(instant: Instant, striker: Striker): Promise<() => unknown> {
  return ARMS[instant](striker);
}
