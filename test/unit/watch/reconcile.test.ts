import { describe, expect, it } from 'vitest';
import type { Job, JobObservation, Snapshot } from '../../../main/domain/job';
import {
  reconcile,
  reconcileGone,
  UNKNOWN_STATUS_LIMIT_MS,
  YOUNG_JOB_MS,
} from '../../../main/watch/reconcile';
import { activeList, known, observation, single } from './fakes';

const START_MS = 1_800_000_000_000;
const account = { id: 'a1', watchedSinceMs: START_MS };

function see(jobs: Job[], snapshot: Snapshot, nowMs = START_MS + 1000) {
  return reconcile(account, known(...jobs), snapshot, nowMs);
}

function running(changes: Partial<JobObservation> = {}): Job {
  const job = see([], single(observation(changes))).jobs[0];
  if (!job) throw new Error('no job');
  return job;
}

describe('a job that ends', () => {
  it('is told once: seeing the end again tells nothing more', () => {
    const done = observation({ phase: 'done', remoteStatus: 'done' });
    const first = see([running()], single(done));
    expect(first.notices).toMatchObject([{ outcome: 'done', jobId: 'a1/execution/exc_1' }]);
    const again = see(first.jobs, single(done));
    expect(again).toEqual({ jobs: [], events: [], notices: [], lookups: [] });
  });

  it('is told as failed when it failed, with the words of the service', () => {
    const result = see(
      [running()],
      single(observation({ phase: 'failed', remoteStatus: 'error', failure: 'sem saldo' })),
    );
    expect(result.notices).toMatchObject([{ outcome: 'failed' }]);
    expect(result.jobs[0]?.failure).toBe('sem saldo');
  });

  it('never runs again, whatever a late answer says', () => {
    const ended = see([running()], single(observation({ phase: 'done', remoteStatus: 'done' })));
    const late = see(
      ended.jobs,
      single(observation({ phase: 'running', remoteStatus: 'running' })),
    );
    expect(late.jobs[0]?.phase ?? 'done').toBe('done');
    expect(late.notices).toEqual([]);
  });

  it('keeps its result link when a later answer leaves it out', () => {
    const url = 'https://cdn.example/r.mp4';
    const ended = see([running()], single(observation({ phase: 'done', resultUrl: url })));
    const later = see(ended.jobs, single(observation({ phase: 'done', title: 'new title' })));
    expect(later.jobs[0]).toMatchObject({ resultUrl: url, title: 'new title' });
  });

  it('gets our time when the service says it ended before it began or in the future', () => {
    const nowMs = START_MS + 5000;
    for (const endedAtMs of [START_MS - 10, nowMs + 60_000]) {
      const ended = see(
        [running()],
        single(observation({ phase: 'done', createdAtMs: START_MS, endedAtMs })),
        nowMs,
      );
      expect(ended.jobs[0]?.endedAtMs).toBe(nowMs);
    }
  });
});

describe('a job that is already over when it is first seen', () => {
  it('is history, not news, when it ended before the account was added', () => {
    const old = observation({ phase: 'done', endedAtMs: START_MS - 1 });
    const result = see([], single(old));
    expect(result.notices).toEqual([]);
    expect(result.jobs[0]?.seen).toBe(true);
  });

  it('is told when it ended since: it was short, or started elsewhere', () => {
    const quick = observation({ phase: 'done', endedAtMs: START_MS + 500 });
    expect(see([], single(quick)).notices).toHaveLength(1);
  });

  it('is not told when nothing says when it ended: a new account must not bring a storm', () => {
    expect(see([], single(observation({ phase: 'done' }))).notices).toEqual([]);
  });
});

describe('a job that leaves the list of active ones', () => {
  it('is looked up, and not taken for done', () => {
    const result = see([running()], activeList());
    expect(result.lookups).toMatchObject([{ remoteId: 'exc_1' }]);
    expect(result.jobs[0]).toMatchObject({ phase: 'running', leftListAtMs: START_MS + 1000 });
    expect(result.notices).toEqual([]);
  });

  it('is recorded as gone from the list only once', () => {
    const left = see([running()], activeList());
    expect(see(left.jobs, activeList()).events).toEqual([]);
  });

  it('is followed in the list again when it comes back', () => {
    const left = see([running()], activeList());
    const back = see(left.jobs, activeList(observation()));
    expect(back.jobs[0]?.leftListAtMs).toBeNull();
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

describe('a job that the service no longer knows', () => {
  it('is told as gone, once it is old enough not to be merely new', () => {
    const job = running();
    expect(reconcileGone(job, job.firstSeenAtMs + YOUNG_JOB_MS - 1).notices).toEqual([]);
    const gone = reconcileGone(job, job.firstSeenAtMs + YOUNG_JOB_MS);
    expect(gone.notices).toMatchObject([{ outcome: 'gone' }]);
    expect(gone.jobs[0]).toMatchObject({ gone: true, phase: 'unknown' });
  });

  it('is followed again when it reappears', () => {
    const job = running();
    const gone = reconcileGone(job, job.firstSeenAtMs + YOUNG_JOB_MS);
    const back = see(gone.jobs, activeList(observation()));
    expect(back.jobs[0]).toMatchObject({ gone: false, phase: 'running' });
  });

  it('is told again when it comes back and ends: that is other news', () => {
    const job = running();
    const gone = reconcileGone(job, job.firstSeenAtMs + YOUNG_JOB_MS);
    const done = see(gone.jobs, single(observation({ phase: 'done' })));
    expect(done.notices).toHaveLength(1);
    expect(done.notices[0]?.id).not.toBe(gone.notices[0]?.id);
  });

  it('stays ended when it had ended', () => {
    const ended = see([running()], single(observation({ phase: 'done' })));
    const [job] = ended.jobs;
    if (!job) throw new Error('no job');
    expect(reconcileGone(job, START_MS + 10 * YOUNG_JOB_MS).jobs).toEqual([]);
  });
});

describe('a status that nobody knows', () => {
  it('counts as running, is kept word for word, and is given up after the limit', () => {
    const odd = observation({ phase: 'unknown', remoteStatus: 'transmuting' });
    const first = see([], single(odd));
    expect(first.jobs[0]).toMatchObject({ phase: 'running', remoteStatus: 'transmuting' });
    const sinceMs = first.jobs[0]?.phaseSinceMs ?? 0;
    expect(see(first.jobs, single(odd), sinceMs + UNKNOWN_STATUS_LIMIT_MS - 1).jobs).toEqual([]);
    const late = see(first.jobs, single(odd), sinceMs + UNKNOWN_STATUS_LIMIT_MS);
    expect(late.jobs[0]?.phase).toBe('unknown');
  });

  it('is given its whole time when it comes late in a long run', () => {
    const job = running();
    const nowMs = job.phaseSinceMs + 2 * UNKNOWN_STATUS_LIMIT_MS;
    const odd = single(observation({ phase: 'unknown', remoteStatus: 'finalizing' }));
    const late = see([job], odd, nowMs);
    expect(late.jobs[0]?.phase).toBe('running');
    const after = see(late.jobs, odd, nowMs + UNKNOWN_STATUS_LIMIT_MS);
    expect(after.jobs[0]?.phase).toBe('unknown');
  });

  it('can still end well afterwards', () => {
    const odd = observation({ phase: 'unknown', remoteStatus: 'transmuting' });
    const first = see([], single(odd));
    const late = see(first.jobs, single(odd), START_MS + 2 * UNKNOWN_STATUS_LIMIT_MS);
    const done = see(late.jobs, single(observation({ phase: 'done' })));
    expect(done.notices).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('a clip', () => {
  const clip = { candidates: [], editRevision: 3, durationMs: null };

  it('is read once when it becomes ready without its candidates', () => {
    const processing = running({ kind: 'processing', remoteId: 'c1' });
    const ready = observation({ kind: 'processing', remoteId: 'c1', phase: 'done' });
    expect(see([processing], single(ready)).lookups).toMatchObject([{ kind: 'processing' }]);
    expect(see([processing], single({ ...ready, clip })).lookups).toEqual([]);
  });

  it('has its renders read when it was touched elsewhere', () => {
    const ready = observation({
      kind: 'processing',
      remoteId: 'c1',
      phase: 'done',
      clip,
      revisionMark: 'one',
    });
    const known = see([running({ kind: 'processing', remoteId: 'c1' })], single(ready)).jobs;
    const touched = see(known, single({ ...ready, revisionMark: 'two' }));
    expect(touched.lookups).toContainEqual({ kind: 'render', remoteId: '', clipId: 'c1' });
  });

  it('keeps its candidates when a list leaves them out', () => {
    const ready = observation({ kind: 'processing', remoteId: 'c1', phase: 'done', clip });
    const first = see([running({ kind: 'processing', remoteId: 'c1' })], single(ready));
    const listed = see(first.jobs, single({ ...ready, clip: null, title: 'renamed' }));
    expect(listed.jobs[0]?.clip).toEqual(clip);
  });
});

it('takes the first of two rows about one job, so that one answer cannot tell twice', () => {
  const result = see(
    [running()],
    single(observation({ phase: 'done' }), observation({ phase: 'failed' })),
  );
  expect(result.notices).toHaveLength(1);
  expect(result.jobs).toHaveLength(1);
});

it('treats one remote job seen by two accounts as two jobs', () => {
  const other = reconcile(
    { id: 'a2', watchedSinceMs: START_MS },
    known(running()),
    single(observation()),
    START_MS,
  );
  expect(other.jobs[0]?.id).toBe('a2/execution/exc_1');
});
