import { describe, expect, it } from 'vitest';
import type { Job, JobObservation, Snapshot } from '../../../main/domain/job';
import { pushedOffList } from '../../../main/polling/left-list';
import { reconcile } from '../../../main/polling/reconcile';
import { activeList, known, observation, single } from './fakes';

const START_MS = 1_800_000_000_000;
const account = {
  id: 'a1',
  service: 'clipping',
  polledSinceMs: START_MS,
  deletedBeforeMs: 0,
};

function see(jobs: Job[], snapshot: Snapshot, nowMs = START_MS + 1000) {
  return reconcile(account, known(...jobs), snapshot, 'list', nowMs);
}

function running(changes: Partial<JobObservation> = {}): Job {
  const job = see([], single(observation(changes))).jobs[0];
  if (!job) throw new Error('no job');
  return job;
}

describe('a job that leaves the list of active ones', () => {
  it('is looked up, and not assumed to be done', () => {
    const result = see([running()], activeList());
    expect(result.lookups).toMatchObject([{ remoteId: 'exc_1' }]);
    expect(result.jobs[0]).toMatchObject({ phase: 'running', leftListAtMs: START_MS + 1000 });
    expect(result.notifications).toEqual([]);
  });

  it('is recorded and looked up once: the list must not cost a lookup with every poll', () => {
    const left = see([running()], activeList());
    expect(left.events).toMatchObject([{ type: 'left-list', source: 'list' }]);
    const again = see(left.jobs, activeList());
    expect(again).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('is looked up each time the list of its own clip lacks it, until it is old enough to be gone', () => {
    const render = running({ kind: 'render', clipId: 'c1', remoteId: 'r1' });
    const empty: Snapshot = { observations: [], covers: { kind: 'render', clipId: 'c1' } };
    const left = see([render], empty);
    expect(see(left.jobs, empty).lookups).toMatchObject([{ remoteId: 'r1' }]);
  });

  it('is followed in the list again when it comes back', () => {
    const left = see([running()], activeList());
    const back = see(left.jobs, activeList(observation()));
    expect(back.jobs[0]?.leftListAtMs).toBeNull();
    expect(back.events).toMatchObject([{ type: 'back', fromPhase: 'running' }]);
  });

  it('is left alone when the answer covers other jobs only', () => {
    const render = running({ kind: 'render', clipId: 'c1', remoteId: 'r1' });
    const otherClip: Snapshot = {
      observations: [],
      covers: { kind: 'render', clipId: 'c2' },
    };
    expect(see([render], otherClip).lookups).toEqual([]);
    expect(see([render], activeList()).lookups).toEqual([]);
  });
});

it('an incomplete list pushes off the jobs that it does not show', () => {
  const jobs = [running({ remoteId: 'old' }), running({ remoteId: 'new' })];
  expect([...pushedOffList(new Set(['a1/execution/new']), jobs)]).toEqual(['a1/execution/old']);
});
