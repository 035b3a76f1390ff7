import fc from 'fast-check';
import type {
  Job,
  JobEvent,
  JobNotification,
  JobObservation,
  Phase,
  Snapshot,
} from '../../../main/domain/job';
import { isTerminal, jobId } from '../../../main/domain/job';
import {
  type Reconciled,
  reconcile,
  reconcileGone,
  YOUNG_JOB_MS,
} from '../../../main/polling/reconcile';
import { observation } from './fakes';

export const START_MS = 1_800_000_000_000;

/** One remote job: the phases it goes through; each answer shows one of them, old or new. */
export interface Life {
  kind: 'execution' | 'processing';
  remoteId: string;
  phases: Phase[];
  createdAtMs: number | null;
  /** The service's own time of the end; may be wrong. */
  endedAtMs: number | null;
}

const beforeEnd = fc.constantFrom<Phase>('waiting', 'running', 'unknown');
const oddTime = fc.oneof(
  fc.constant(null),
  fc.integer({ min: START_MS - 10_000_000, max: START_MS + 10_000_000 }),
);

export const lives: fc.Arbitrary<Life[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Life['kind']>('execution', 'processing'),
      early: fc.array(beforeEnd, { minLength: 1, maxLength: 4 }),
      end: fc.constantFrom<Phase>('done', 'failed'),
      createdAtMs: oddTime,
      endedAtMs: oddTime,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map(({ early, end, ...life }, index) => ({
      ...life,
      remoteId: `x${index}`,
      phases: [...early, end],
    })),
  );

/** A row of an answer: which job, and how far along it is. */
type Sight = [life: number, stage: number];
const sight: fc.Arbitrary<Sight> = fc.tuple(fc.nat(2), fc.nat(4));

export type Step =
  | {
      do: 'answer';
      account: 'a1' | 'a2';
      sights: Sight[];
      covers: Life['kind'] | null;
      twice: boolean;
    }
  | { do: 'gone'; account: 'a1' | 'a2'; life: number }
  | { do: 'wait'; forMs: number }
  | { do: 'restart' };

const account = fc.constantFrom<'a1' | 'a2'>('a1', 'a1', 'a2');

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        account,
        // May name a job twice, in states that contradict each other.
        sights: fc.array(sight, { maxLength: 6 }),
        covers: fc.constantFrom<Life['kind'] | null>('execution', 'processing', null),
        twice: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('gone' as const), account, life: fc.nat(2) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        forMs: fc.integer({ min: 0, max: 8 * 60 * 60_000 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  ),
  { minLength: 1, maxLength: 25, size: 'max' },
);

/** A store of jobs, as far as histories need one. */
export interface Kept {
  active(accountId: string): Job[];
  get(id: string): Job | null;
  commit(changes: Pick<Reconciled, 'jobs' | 'events' | 'notifications'>): void;
  /** Reads everything again from what was written. */
  restart(): void;
  all(): { jobs: Job[]; events: JobEvent[]; notifications: JobNotification[] };
}

function row(
  { kind, remoteId, phases, createdAtMs, endedAtMs }: Life,
  stage: number,
): JobObservation {
  const phase = phases[Math.min(stage, phases.length - 1)] ?? 'running';
  return observation({
    ...{ kind, remoteId, phase, createdAtMs },
    remoteStatus: phase === 'unknown' ? `word ${stage % 2}` : phase,
    title: stage % 2 ? `title ${stage}` : null,
    endedAtMs: isTerminal(phase) ? endedAtMs : null,
    clip:
      kind === 'processing' && stage % 2
        ? { candidates: [], editRevision: stage, durationMs: null }
        : null,
    revisionMark: stage === 0 ? null : `mark ${stage}`,
  });
}

/** The answer with these rows; those of jobs that do not exist are left out. */
export function answer(all: Life[], sights: Sight[], covers: Life['kind'] | null): Snapshot {
  const observations = sights.flatMap(([index, stage]) => {
    const life = all[index];
    return life ? [row(life, stage)] : [];
  });
  return { observations, covers: covers && { kind: covers, clipId: null } };
}

const watched = (id: string) => ({
  id,
  service: 'clipping',
  polledSinceMs: START_MS,
  deletedBeforeMs: 0,
});

/** Applies an answer as the job tracker does, and returns what it changed. */
export function take(kept: Kept, accountId: string, snapshot: Snapshot, nowMs: number): Reconciled {
  const known = new Map(kept.active(accountId).map((job) => [job.id, job]));
  for (const { kind, remoteId } of snapshot.observations) {
    const job = kept.get(jobId(accountId, kind, remoteId));
    if (job) known.set(job.id, job);
  }
  const source = snapshot.covers ? 'list' : 'read';
  const result = reconcile(watched(accountId), known, snapshot, source, nowMs);
  kept.commit(result);
  return result;
}

/** Plays a history. `again` is what an answer changed when it came a second time. */
export function play(
  kept: Kept,
  all: Life[],
  history: Step[],
  onAgain: (again: Reconciled) => void,
): void {
  let nowMs = START_MS;
  for (const step of history) {
    nowMs += 1000;
    if (step.do === 'wait') nowMs += step.forMs;
    else if (step.do === 'restart') kept.restart();
    else if (step.do === 'answer') {
      const snapshot = answer(all, step.sights, step.covers);
      take(kept, step.account, snapshot, nowMs);
      if (step.twice) onAgain(take(kept, step.account, snapshot, nowMs));
    } else {
      // Long enough after everything else that no job is merely new.
      nowMs += YOUNG_JOB_MS;
      const life = all[step.life];
      const job = life && kept.get(jobId(step.account, life.kind, life.remoteId));
      if (job) kept.commit(reconcileGone(watched(step.account), job, nowMs));
    }
  }
}
