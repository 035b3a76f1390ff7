import { describe, expect, it } from 'vitest';
import type { Job, JobObservation, Snapshot } from '../../../main/domain/job';
import { UNKNOWN_STATUS_LIMIT_MS } from '../../../main/polling/job-transition';
import {
  reconcile,
  reconcileGone,
  reconcileRemoved,
  YOUNG_JOB_MS,
} from '../../../main/polling/reconcile';
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

describe('a job that ends', () => {
  it('causes one notification: seeing the end again causes no other', () => {
    const done = observation({ phase: 'done', remoteStatus: 'done' });
    const first = see([running()], single(done));
    expect(first.notifications).toMatchObject([{ outcome: 'done', jobId: 'a1/execution/exc_1' }]);
    const again = see(first.jobs, single(done));
    expect(again).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('causes one of failure when it failed, with the words of the service', () => {
    const result = see(
      [running()],
      single(observation({ phase: 'failed', remoteStatus: 'error', failure: 'sem saldo' })),
    );
    expect(result.notifications).toMatchObject([{ outcome: 'failed' }]);
    expect(result.jobs[0]?.failure).toBe('sem saldo');
  });

  it('says that the balance was used up where the service says so, also in a later answer', () => {
    const failed = observation({ phase: 'failed', remoteStatus: 'error' });
    const broke = see([running()], single({ ...failed, outOfBalance: true }));
    expect(broke.jobs).toMatchObject([{ outOfBalance: true }]);
    expect(see([running()], single(failed)).jobs[0]).not.toHaveProperty('outOfBalance');
  });

  it('never runs again: an answer that was overtaken by the end changes nothing', () => {
    for (const kind of ['execution', 'processing'] as const) {
      const clip = { candidates: [], editRevision: null, durationMs: null };
      const detail = kind === 'processing' ? clip : null;
      const done = observation({ kind, phase: 'done', remoteStatus: 'done', clip: detail });
      const ended = see([running({ kind })], single(done));
      const late = observation({ kind, title: 'old title', revisionMark: 'old' });
      expect(see(ended.jobs, single(late))).toEqual({
        ...{ jobs: [], events: [], notifications: [], lookups: [] },
      });
    }
  });

  it('keeps the end that was notified when a later answer claims the other one', () => {
    const ended = see([running()], single(observation({ phase: 'done', remoteStatus: 'done' })));
    const failed = observation({ phase: 'failed', remoteStatus: 'error', failure: 'too late' });
    const other = see(ended.jobs, single(failed));
    expect(other).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('keeps its title when a later answer has none', () => {
    const titled = running({ title: 'Entrevista' });
    const ended = see([titled], single(observation({ phase: 'done' })));
    expect(ended.jobs[0]?.title).toBe('Entrevista');
  });

  it('is stored with the source of the answer', () => {
    const sources = ['list', 'read', 'start', 'upload'] as const;
    for (const source of sources) {
      const result = reconcile(account, known(), single(observation()), source, START_MS);
      expect(result.events).toMatchObject([{ type: 'found', source, atMs: START_MS }]);
    }
  });

  it('keeps its result link when a later answer leaves it out', () => {
    const url = 'https://cdn.example/r.mp4';
    const ended = see([running()], single(observation({ phase: 'done', resultUrl: url })));
    const later = see(ended.jobs, single(observation({ phase: 'done', title: 'new title' })));
    expect(later.jobs[0]).toMatchObject({ resultUrl: url, title: 'new title' });
  });

  it('gets our time when the service says it ended before it started or in the future', () => {
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

it('a job starts now at the latest: a clock that is ahead must not put it into the future', () => {
  const job = running({ createdAtMs: START_MS + 3_600_000 });
  expect(job.createdAtMs).toBe(START_MS + 1000);
  const ended = see(
    [job],
    single(observation({ phase: 'done', endedAtMs: START_MS + 2000 })),
    START_MS + 5000,
  );
  expect(ended.jobs[0]?.endedAtMs).toBe(START_MS + 2000);
});

it('a job does not end before the start that an earlier answer gave', () => {
  const job = running({ createdAtMs: START_MS });
  const early = observation({ phase: 'done', endedAtMs: START_MS - 5000 });
  expect(see([job], single(early), START_MS + 9000).jobs[0]?.endedAtMs).toBe(START_MS + 9000);
});

describe('a job that has already ended when it is first seen', () => {
  it('makes a notification when it started since, although the service claims that it ended in 2001', () => {
    const odd = observation({
      phase: 'done',
      createdAtMs: START_MS + 100,
      endedAtMs: Date.UTC(2001, 0, 1),
    });
    const result = see([], single(odd));
    expect(result.notifications).toHaveLength(1);
    expect(result.jobs[0]?.endedAtMs).toBe(START_MS + 1000);
  });

  it('has no end time when nobody knows it, rather than the time of the first answer', () => {
    const old = observation({ phase: 'done', createdAtMs: START_MS - 86_400_000 });
    expect(see([], single(old)).jobs[0]?.endedAtMs).toBeNull();
  });

  it('makes no notification when it ended before the account was added', () => {
    const old = observation({ phase: 'done', endedAtMs: START_MS - 1 });
    const result = see([], single(old));
    expect(result.notifications).toEqual([]);
    expect(result.jobs[0]?.seen).toBe(true);
  });

  it('makes a notification when it ended since: it was short, or started elsewhere', () => {
    const quick = observation({ phase: 'done', endedAtMs: START_MS + 500 });
    expect(see([], single(quick)).notifications).toHaveLength(1);
  });

  it('causes none when nothing says when it ended: a new account must not cause a storm', () => {
    expect(see([], single(observation({ phase: 'done' }))).notifications).toEqual([]);
  });
});

describe('a job that was started here and has ended when it is found', () => {
  const found = (changes: Partial<JobObservation>, jobs: Job[] = []) =>
    reconcile(
      account,
      known(...jobs),
      single(observation({ phase: 'done', remoteStatus: 'done', ...changes })),
      'start',
      START_MS + 1000,
    );

  it.each([
    ['no times', {}],
    ['a start alone', { createdAtMs: START_MS + 10 }],
    ['an end alone', { endedAtMs: START_MS + 20 }],
    ['times by a clock that is an hour behind', { createdAtMs: START_MS - 3_600_000 }],
    ['a failure without times', { phase: 'failed' as const, remoteStatus: 'error' }],
  ])('is news with %s', (_what, changes) => {
    const result = found({ createdAtMs: null, endedAtMs: null, ...changes });
    expect(result.notifications).toHaveLength(1);
    expect(result.jobs).toMatchObject([{ seen: false, endedAtMs: expect.any(Number) }]);
  });

  it('is news also where a poll took it for an old one, and only once', () => {
    const noTimes = { createdAtMs: null, endedAtMs: null };
    const silent = see(
      [],
      single(observation({ phase: 'done', remoteStatus: 'done', ...noTimes })),
    );
    expect(silent.notifications).toEqual([]);
    const first = found(noTimes, silent.jobs);
    expect(first.notifications).toHaveLength(1);
    expect(found(noTimes, first.jobs).notifications).toEqual([]);
  });
});

describe('a job that the service no longer knows', () => {
  it('causes a notification that it is gone, once it is old enough not to be merely new', () => {
    const job = running();
    expect(reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS - 1).notifications).toEqual(
      [],
    );
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    expect(gone.notifications).toMatchObject([{ outcome: 'gone' }]);
    expect(gone.jobs[0]).toMatchObject({ gone: true, phase: 'unknown' });
  });

  it('makes one even for somebody who looked at it while it ran', () => {
    const job = { ...running(), seen: true };
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    expect(gone.jobs[0]?.seen).toBe(false);
  });

  it('is followed again when it reappears', () => {
    const job = running();
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    const back = see(gone.jobs, activeList(observation()));
    expect(back.jobs[0]).toMatchObject({ gone: false, phase: 'running', endedAtMs: null });
    expect(back.events).toMatchObject([
      { type: 'back', fromPhase: 'unknown', toPhase: 'running', source: 'list' },
    ]);
  });

  it('makes another one when it comes back and ends', () => {
    const job = running();
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    const done = see(gone.jobs, single(observation({ phase: 'done' })));
    expect(done.notifications).toHaveLength(1);
    expect(done.notifications[0]?.id).not.toBe(gone.notifications[0]?.id);
  });

  it('stays ended when it had ended', () => {
    const ended = see([running()], single(observation({ phase: 'done' })));
    const [job] = ended.jobs;
    if (!job) throw new Error('no job');
    expect(reconcileGone(account, job, START_MS + 10 * YOUNG_JOB_MS).jobs).toEqual([]);
  });
});

describe('a status that we do not know', () => {
  it('counts as running, is kept word for word, and is given up after the limit', () => {
    const odd = observation({ phase: 'unknown', remoteStatus: 'transmuting' });
    const first = see([], single(odd));
    expect(first.jobs[0]).toMatchObject({ phase: 'running', remoteStatus: 'transmuting' });
    const sinceMs = first.jobs[0]?.phaseSinceMs ?? 0;
    expect(see(first.jobs, single(odd), sinceMs + UNKNOWN_STATUS_LIMIT_MS - 1).jobs).toEqual([]);
    const late = see(first.jobs, single(odd), sinceMs + UNKNOWN_STATUS_LIMIT_MS);
    expect(late.jobs[0]?.phase).toBe('unknown');
  });

  it('gets its whole time when it comes late in a long execution', () => {
    const job = running();
    const nowMs = job.phaseSinceMs + 2 * UNKNOWN_STATUS_LIMIT_MS;
    const odd = single(observation({ phase: 'unknown', remoteStatus: 'finalizing' }));
    const late = see([job], odd, nowMs);
    expect(late.jobs[0]?.phase).toBe('running');
    const after = see(late.jobs, odd, nowMs + UNKNOWN_STATUS_LIMIT_MS);
    expect(after.jobs[0]?.phase).toBe('unknown');
  });

  it('does not make an archive of old clips look busy for hours', () => {
    const old = observation({
      phase: 'unknown',
      remoteStatus: 'archived',
      createdAtMs: START_MS - UNKNOWN_STATUS_LIMIT_MS,
    });
    expect(see([], single(old)).jobs[0]).toMatchObject({ phase: 'unknown', seen: true });
  });

  it('counts as running again when the job was gone and comes back with it', () => {
    const job = running();
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    const odd = observation({ phase: 'unknown', remoteStatus: 'transmuting' });
    expect(see(gone.jobs, single(odd)).jobs[0]).toMatchObject({ phase: 'running', gone: false });
  });

  it('can still end well afterwards', () => {
    const odd = observation({ phase: 'unknown', remoteStatus: 'transmuting' });
    const first = see([], single(odd));
    const late = see(first.jobs, single(odd), START_MS + 2 * UNKNOWN_STATUS_LIMIT_MS);
    const done = see(late.jobs, single(observation({ phase: 'done' })));
    expect(done.notifications).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('a clip', () => {
  const clip = { candidates: [], editRevision: 3, durationMs: null };

  it('is looked up once when it becomes ready without its candidates', () => {
    const processing = running({ kind: 'processing', remoteId: 'c1' });
    const ready = observation({ kind: 'processing', remoteId: 'c1', phase: 'done' });
    expect(see([processing], single(ready)).lookups).toMatchObject([{ kind: 'processing' }]);
    expect(see([processing], single({ ...ready, clip })).lookups).toEqual([]);
  });

  it('has its renders looked up when it was touched elsewhere', () => {
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

describe('two rows about one job in one answer', () => {
  const rows = [observation(), observation({ phase: 'done' }), observation({ phase: 'failed' })];

  it('cause one notification, and the end counts, wherever it stands', () => {
    for (const order of [rows, [...rows].reverse()]) {
      const result = see([running()], single(...order));
      expect(result.notifications).toHaveLength(1);
      expect(result.jobs).toHaveLength(1);
    }
    expect(see([running()], single(...rows)).notifications[0]?.outcome).toBe('done');
  });

  it('do not make the job go back and forth with each poll', () => {
    const waiting = observation({ phase: 'waiting', remoteStatus: 'pending' });
    const first = see([], activeList(waiting, observation()));
    expect(see(first.jobs, activeList(waiting, observation())).events).toEqual([]);
  });
});

describe('a remote id under another kind', () => {
  const render = () => running({ kind: 'render', remoteId: 'x1', clipId: 'c1' });

  it('is another job, and the first one is looked up once', () => {
    const execution = running({ remoteId: 'x1' });
    const other = see([execution], single(observation({ kind: 'processing', remoteId: 'x1' })));
    expect(other.jobs).toMatchObject([{ id: 'a1/processing/x1' }]);
    expect(other.lookups).toMatchObject([{ kind: 'execution', remoteId: 'x1' }]);
    const both = [execution, ...other.jobs];
    const again = see(both, single(observation({ kind: 'processing', remoteId: 'x1' })));
    expect(again.lookups).toEqual([]);
  });

  it('does not make a render count as missing: all renders of its clip are looked up', () => {
    const other = see([render()], single(observation({ remoteId: 'x1' })));
    expect(other.lookups).toEqual([{ kind: 'render', remoteId: '', clipId: 'c1' }]);
  });

  it('is no change where the answer shows both', () => {
    const both = single(
      observation({ remoteId: 'x1' }),
      observation({ kind: 'render', remoteId: 'x1', clipId: 'c1' }),
    );
    expect(see([render()], both).lookups).toEqual([]);
  });
});

describe('the same work seen by two accounts', () => {
  it('is two jobs with one work id, so that one notification can be shown for both', () => {
    const done = single(observation({ phase: 'done', endedAtMs: START_MS + 10 }));
    const [one, two] = ['a1', 'a2'].map((id) =>
      reconcile({ ...account, id }, known(), done, 'list', START_MS + 1000),
    );
    expect(one?.jobs[0]?.id).not.toBe(two?.jobs[0]?.id);
    expect(one?.notifications[0]?.id).not.toBe(two?.notifications[0]?.id);
    expect(one?.notifications[0]?.workId).toBe(two?.notifications[0]?.workId);
  });

  it('is not mixed up with what the other account knows', () => {
    const other = reconcile(
      { ...account, id: 'a2' },
      known(running()),
      activeList(),
      'list',
      START_MS,
    );
    expect(other).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });
});

describe('a job that was deleted from the history', () => {
  const withDeletedHistory = { ...account, polledSinceMs: 0, deletedBeforeMs: START_MS };
  const old = observation({
    ...{ kind: 'processing' as const, remoteId: 'c1', phase: 'done' as const },
    createdAtMs: START_MS - 10,
  });

  it('does not come back, and makes no notification, because the service still lists it', () => {
    const result = reconcile(withDeletedHistory, known(), single(old), 'list', START_MS + 1000);
    expect(result).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('comes back without a notification when it is touched, since it may have been rendered elsewhere', () => {
    const touched = single({ ...old, touchedAtMs: START_MS + 10 });
    const result = reconcile(withDeletedHistory, known(), touched, 'list', START_MS + 1000);
    expect(result.notifications).toEqual([]);
    expect(result.jobs[0]).not.toHaveProperty('touchedAtMs');
    expect(result.lookups).toEqual([{ kind: 'render', remoteId: '', clipId: 'c1' }]);
  });

  it('does not hide jobs that ended later or still run', () => {
    const later = { ...old, createdAtMs: START_MS };
    const running = { ...old, phase: 'running' as const };
    for (const seen of [later, running]) {
      const result = reconcile(withDeletedHistory, known(), single(seen), 'list', START_MS + 1000);
      expect(result.jobs).toHaveLength(1);
    }
  });
});

describe('a job that the user had the service delete', () => {
  it('is over without a notification, however young it is, and offers no result any more', () => {
    for (const phase of ['running', 'done'] as const) {
      const job = { ...running({ resultUrl: 'https://cdn.example/a.mp4' }), phase, seen: false };
      const result = reconcileRemoved(job, START_MS + 2000);
      expect(result.notifications).toEqual([]);
      expect(result.jobs).toMatchObject([{ gone: true, seen: true, resultUrl: null }]);
      expect(result.events).toMatchObject([{ type: 'gone', source: 'removal' }]);
    }
  });
});
