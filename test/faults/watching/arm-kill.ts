import type { HiddenApp } from '../../desktop/hidden-app';
import type { NotificationDaemon } from '../../desktop/notification-daemon';
import { faults, type Simulator } from '../../simulator/client';
import type { Instant } from './plan';

/** What the instant of a kill is chosen with. */
export interface KillContext {
  run: HiddenApp;
  simulator: Simulator;
  daemon: NotificationDaemon;
  random: () => number;
  /** How many completions still have to be notified. */
  undelivered: number;
  /** How long an armed kill may wait for its instant, in milliseconds. */
  limitMs: number;
}

/** Roughly how long a run takes from its start until it has notified of what it found. */
const STARTING_MS = 2_000;
/** Roughly how long a run takes to poll again while work is under way, and to notify of its end. */
const POLLING_MS = 4_000;
/** A span around the handling of an answer, which takes a tenth of it. */
const HANDLING_MS = 1_000;
/** The time after a notification in which others follow and all of them are stored. */
const DELIVERY_MS = 1_000;

const LIST = '/v1/executions/me';
const LOOKUP = '/v1/executions/{id}';
const CLIPS = '/clips';

/** Arranges that a run is killed at some instant. Returns the function that disarms it. */
export type Arm = (context: KillContext) => Promise<() => unknown>;

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
  const path = random() < 0.5 ? LIST : LOOKUP;
  const id = await simulator.addFault({ path, action: faults.killed(-run.pid, { point }) });
  return () => simulator.removeFault(id);
};

/** Within so many milliseconds after the answer to a request. */
const afterAnswer =
  (rangeMs: number, paths: readonly string[]): Arm =>
  async ({ run, simulator, random, undelivered }) => {
    const path = paths[Math.floor(random() * paths.length)] ?? LIST;
    const action = faults.killedAfterAnswer(-run.pid, random() * rangeMs);
    // Each execution that ended is looked up: the kill comes at the first lookup or a later one.
    const skip = path === LOOKUP ? Math.floor(random() * undelivered) : 0;
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
    const kill = () => {
      if (!over) timer = setTimeout(() => run.kill(), random() * rangeMs);
    };
    daemon
      .waitFor(() => over || daemon.notifications.length > before, { timeoutMs: limitMs })
      .then(kill, () => {});
    return () => {
      over = true;
      clearTimeout(timer);
    };
  };

const ARMS: Record<Instant, Arm> = {
  'before the work ends': within(0),
  'before it polls': within(POLLING_MS),
  'before an answer': beforeAnswer,
  'after an answer': afterAnswer(HANDLING_MS, [LIST, LOOKUP]),
  'while it notifies': afterNotification(DELIVERY_MS),
  'as it starts': within(STARTING_MS),
  'after its first answers': afterAnswer(HANDLING_MS, [LIST, CLIPS]),
  'in the digest': afterNotification(DELIVERY_MS),
};

/** Arms a kill of the run at an instant of this kind. */
export function armKill(instant: Instant, context: KillContext): Promise<() => unknown> {
  return ARMS[instant](context);
}
