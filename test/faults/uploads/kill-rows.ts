import { type FaultAction, type FaultRule, faults } from '../../simulator/client';
import type { Row } from './row';
import type { Trial } from './trial';
import type { UploaderRun } from './uploader-run';
import { PART_BYTES } from './videos';

/** How often one upload is killed before it may end. */
const KILLS_PER_TRIAL = 5;
/** One in this many trials uploads several files at once. */
const SEVERAL_EVERY = 3;
/** Roughly how long the process takes from its start until it sends something. */
const STARTING_MS = 500;
/** Roughly how long an upload at PACE takes from there to its end. */
const UPLOADING_MS = 1_600;
const PACE = { requestBytesPerSecond: 8_000_000 };
/** How long the engine takes to handle an answer. */
const HANDLING_MS = 15;
/** The minimum length of a JSON body. */
const BODY_BYTES = 100;
/** How long a file takes to be hashed once it is sent. */
const HASHING_MS = 80;

/** What the next run of the uploader has to do. */
interface Left {
  /** Uploads that have not been initiated at the service yet. */
  toOpen: number;
  partsToSend: number;
  /** Completions that were begun: the next run will ask whether they took effect. */
  inDoubt: number;
}

interface Phase {
  name: string;
  /** How many kills in twenty happen in this phase. */
  share: number;
  /** Whether a kill can strike in the next run. */
  canStrike(left: Left): boolean;
  /** Arranges that a run is killed at some instant. Returns the function that disarms it. */
  arm(trial: Trial, run: UploaderRun, left: Left): Promise<() => unknown>;
  /** Slows things down, so that the instants spread out. */
  paced?: true;
}

const atTime = (withinMs: number): Phase['arm'] =>
  async function arm(trial, run) {
    const timer = setTimeout(() => run.kill(), trial.below(withinMs));
    return () => clearTimeout(timer);
  };

/** At any point of a request: before or during its body, before or after its effect, after the answer. */
async function onRequest(
  trial: Trial,
  { pid }: UploaderRun,
  rule: Omit<FaultRule, 'action'>,
  bodyBytes: number,
): Promise<() => unknown> {
  const instants: (() => FaultAction)[] = [
    () => faults.killed(pid, { point: 'before-body' }),
    () => faults.killed(pid, { point: 'in-body', afterBytes: 1 + trial.below(bodyBytes) }),
    () => faults.killed(pid, { point: 'after-body' }),
    () => faults.killed(pid, { point: 'after-body' }, 'apply'),
    () => faults.killedAfterAnswer(pid, 0),
    () => faults.killedAfterAnswer(pid, trial.random() * HANDLING_MS),
  ];
  const id = await trial.simulator.addFault({ ...rule, action: trial.oneOf(instants)() });
  return () => trial.simulator.removeFault(id);
}

const PHASES: Phase[] = [
  { name: 'starting', share: 2, canStrike: () => true, arm: atTime(STARTING_MS) },
  {
    name: 'init',
    share: 4,
    canStrike: ({ toOpen }) => toOpen > 0,
    arm: (trial, run) => onRequest(trial, run, { path: '/clips/upload/init' }, BODY_BYTES),
  },
  {
    name: 'presign',
    share: 2,
    canStrike: ({ partsToSend }) => partsToSend > 0,
    arm: (trial, run) => onRequest(trial, run, { path: '/clips/upload/presign' }, BODY_BYTES),
  },
  {
    name: 'a part',
    share: 5,
    canStrike: ({ partsToSend }) => partsToSend > 0,
    arm(trial, run, { partsToSend }) {
      const skip = trial.below(Math.min(4, partsToSend));
      return onRequest(trial, run, { service: 'storage', method: 'PUT', skip }, PART_BYTES);
    },
  },
  {
    name: 'complete',
    share: 4,
    canStrike: ({ partsToSend, inDoubt }) => partsToSend > 0 || inDoubt > 0,
    arm(trial, run, { inDoubt }) {
      const path = inDoubt > 0 ? '/clips/{clipId}' : '/clips/upload/complete';
      return onRequest(trial, run, { path }, BODY_BYTES);
    },
  },
  {
    name: 'the checksum',
    share: 1,
    canStrike: ({ partsToSend }) => partsToSend > 0,
    async arm(trial, { pid }) {
      const action = faults.killedAfterAnswer(pid, trial.random() * HASHING_MS);
      const id = await trial.simulator.addFault({ path: '/clips/upload/complete', action });
      return () => trial.simulator.removeFault(id);
    },
  },
  {
    name: 'anything',
    share: 2,
    canStrike: ({ partsToSend }) => partsToSend > 0,
    arm: atTime(UPLOADING_MS),
    paced: true,
  },
];
const SHARES = 20;

/** kill -9, this many times in all, at instants spread over the whole of an upload. */
export function killRows(kills: number): Row[] {
  return PHASES.map((phase) => ({
    name: `kill -9 during ${phase.name}`,
    trials: inPortions((kills * phase.share) / SHARES).map((portion, index) => async (trial) => {
      const several = index % SEVERAL_EVERY === SEVERAL_EVERY - 1;
      if (several) trial.add('short', 'middle', 'even');
      else trial.add(trial.oneOf(['middle', 'long']));
      if (phase.paced) {
        const action = faults.slow(PACE);
        await trial.simulator.addFault({ service: 'storage', times: 'always', action });
      }
      while (trial.strikes < portion) await runToKill(trial, phase);
      await trial.runToEnd();
    }),
  }));
}

/** A run that should end with a kill. If it survives, that does no harm: there are others. */
async function runToKill(trial: Trial, phase: Phase): Promise<void> {
  if (!phase.canStrike(leftOf(trial))) trial.add(trial.oneOf(['short', 'even', 'middle']));
  const left = leftOf(trial);
  const run = trial.start();
  const disarm = await phase.arm(trial, run, left);
  const ending = await trial.waitForEnd(run);
  await disarm();
  if (ending === 'gave-up') throw new Error('the uploader gave up');
  if (ending === 'killed') trial.strikes += 1;
}

function leftOf(trial: Trial): Left {
  const known = trial.runs.at(-1)?.snapshot.uploads ?? [];
  const left: Left = { toOpen: 0, partsToSend: 0, inDoubt: 0 };
  for (const file of trial.files) {
    const upload = known.find(({ path }) => path === file.path);
    if (!upload?.remote) left.toOpen += 1;
    left.partsToSend += file.parts - (upload?.parts.length ?? 0);
    if (upload?.state === 'finishing') left.inDoubt += 1;
  }
  return left;
}

/** Splits a number into portions of KILLS_PER_TRIAL and a remainder. */
function inPortions(kills: number): number[] {
  const portions: number[] = [];
  for (let left = Math.round(kills); left > 0; left -= KILLS_PER_TRIAL) {
    portions.push(Math.min(left, KILLS_PER_TRIAL));
  }
  return portions;
}
