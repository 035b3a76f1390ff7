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
  watchedSinceMs: START_MS,
  forgottenBeforeMs: 0,
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
  it('is told once: seeing the end again tells nothing more', () => {
    const done = observation({ phase: 'done', remoteStatus: 'done' });
    const first = see([running()], single(done));
    expect(first.notifications).toMatchObject([{ outcome: 'done', jobId: 'a1/execution/exc_1' }]);
    const again = see(first.jobs, single(done));
    expect(again).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('is told as failed when it failed, with the words of the service', () => {
    const result = see(
      [running()],
      single(observation({ phase: 'failed', remoteStatus: 'error', failure: 'sem saldo' })),
    );
    expect(result.notifications).toMatchObject([{ outcome: 'failed' }]);
    expect(result.jobs[0]?.failure).toBe('sem saldo');
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

  it('keeps the end that was told when a later answer claims the other one', () => {
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

  it('is stored with where it was learned', () => {
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

it('begins now at the latest: a clock that is ahead must not put a job into the future', () => {
  const job = running({ createdAtMs: START_MS + 3_600_000 });
  expect(job.createdAtMs).toBe(START_MS + 1000);
  const ended = see(
    [job],
    single(observation({ phase: 'done', endedAtMs: START_MS + 2000 })),
    START_MS + 5000,
  );
  expect(ended.jobs[0]?.endedAtMs).toBe(START_MS + 2000);
});

it('does not end before the begin that an earlier answer told', () => {
  const job = running({ createdAtMs: START_MS });
  const early = observation({ phase: 'done', endedAtMs: START_MS - 5000 });
  expect(see([job], single(early), START_MS + 9000).jobs[0]?.endedAtMs).toBe(START_MS + 9000);
});

describe('a job that is already over when it is first seen', () => {
  it('is told when it began since, although the service claims that it ended in 2001', () => {
    const odd = observation({
      phase: 'done',
      createdAtMs: START_MS + 100,
      endedAtMs: Date.UTC(2001, 0, 1),
    });
    const result = see([], single(odd));
    expect(result.notifications).toHaveLength(1);
    expect(result.jobs[0]?.endedAtMs).toBe(START_MS + 1000);
  });

  it('has no time of its end when nobody knows it, rather than the time of the first look', () => {
    const old = observation({ phase: 'done', createdAtMs: START_MS - 86_400_000 });
    expect(see([], single(old)).jobs[0]?.endedAtMs).toBeNull();
  });

  it('is history, not news, when it ended before the account was added', () => {
    const old = observation({ phase: 'done', endedAtMs: START_MS - 1 });
    const result = see([], single(old));
    expect(result.notifications).toEqual([]);
    expect(result.jobs[0]?.seen).toBe(true);
  });

  it('is told when it ended since: it was short, or started elsewhere', () => {
    const quick = observation({ phase: 'done', endedAtMs: START_MS + 500 });
    expect(see([], single(quick)).notifications).toHaveLength(1);
  });

  it('is not told when nothing says when it ended: a new account must not bring a storm', () => {
    expect(see([], single(observation({ phase: 'done' }))).notifications).toEqual([]);
  });
});

describe('a job that leaves the list of active ones', () => {
  it('is looked up, and not taken for done', () => {
    const result = see([running()], activeList());
    expect(result.lookups).toMatchObject([{ remoteId: 'exc_1' }]);
    expect(result.jobs[0]).toMatchObject({ phase: 'running', leftListAtMs: START_MS + 1000 });
    expect(result.notifications).toEqual([]);
  });

  it('is recorded and looked up once: the list must not cost a read with every poll', () => {
    const left = see([running()], activeList());
    expect(left.events).toMatchObject([{ type: 'left-list', source: 'list' }]);
    const again = see(left.jobs, activeList());
    expect(again).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('is named each time that the list of its own clip lacks it, until it is old enough to be gone', () => {
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

describe('a job that the service no longer knows', () => {
  it('is told as gone, once it is old enough not to be merely new', () => {
    const job = running();
    expect(reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS - 1).notifications).toEqual(
      [],
    );
    const gone = reconcileGone(account, job, job.firstSeenAtMs + YOUNG_JOB_MS);
    expect(gone.notifications).toMatchObject([{ outcome: 'gone' }]);
    expect(gone.jobs[0]).toMatchObject({ gone: true, phase: 'unknown' });
  });

  it('is news even to somebody who looked at it while it ran', () => {
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

  it('is told again when it comes back and ends: that is other news', () => {
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

  it('does not let an archive of old clips look busy for hours', () => {
    const old = observation({
      phase: 'unknown',
      remoteStatus: 'archived',
      createdAtMs: START_MS - UNKNOWN_STATUS_LIMIT_MS,
    });
    expect(see([], single(old)).jobs[0]).toMatchObject({ phase: 'unknown', seen: true });
  });

  it('counts as running anew when the job had gone and comes back with it', () => {
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

describe('two rows about one job in one answer', () => {
  const rows = [observation(), observation({ phase: 'done' }), observation({ phase: 'failed' })];

  it('tell once, and the end counts, wherever it stands', () => {
    for (const order of [rows, [...rows].reverse()]) {
      const result = see([running()], single(...order));
      expect(result.notifications).toHaveLength(1);
      expect(result.jobs).toHaveLength(1);
    }
    expect(see([running()], single(...rows)).notifications[0]?.outcome).toBe('done');
  });

  it('do not make the job change to and fro with each poll', () => {
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

  it('does not make a render count as missing: all renders of its clip are read', () => {
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
  it('is two jobs with one work id, so that it can be told once', () => {
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

describe('what the user had forgotten', () => {
  const forgetful = { ...account, watchedSinceMs: 0, forgottenBeforeMs: START_MS };
  const old = observation({
    ...{ kind: 'processing' as const, remoteId: 'c1', phase: 'done' as const },
    createdAtMs: START_MS - 10,
  });

  it('does not come back, and is not told again, because the service still lists it', () => {
    const result = reconcile(forgetful, known(), single(old), 'list', START_MS + 1000);
    expect(result).toEqual({ jobs: [], events: [], notifications: [], lookups: [] });
  });

  it('comes back without a word when it is touched, since it may have been rendered elsewhere', () => {
    const touched = single({ ...old, touchedAtMs: START_MS + 10 });
    const result = reconcile(forgetful, known(), touched, 'list', START_MS + 1000);
    expect(result.notifications).toEqual([]);
    expect(result.jobs[0]).not.toHaveProperty('touchedAtMs');
    expect(result.lookups).toEqual([{ kind: 'render', remoteId: '', clipId: 'c1' }]);
  });

  it('does not swallow what ended later or is still running', () => {
    const later = { ...old, createdAtMs: START_MS };
    const running = { ...old, phase: 'running' as const };
    for (const seen of [later, running]) {
      const result = reconcile(forgetful, known(), single(seen), 'list', START_MS + 1000);
      expect(result.jobs).toHaveLength(1);
    }
  });
});

describe('a job that the user had deleted', () => {
  it('is over and no news, however young it is, and offers no result any more', () => {
    for (const phase of ['running', 'done'] as const) {
      const job = { ...running({ resultUrl: 'https://cdn.example/a.mp4' }), phase, seen: false };
      const result = reconcileRemoved(job, START_MS + 2000);
      expect(result.notifications).toEqual([]);
      expect(result.jobs).toMatchObject([{ gone: true, seen: true, resultUrl: null }]);
      expect(result.events).toMatchObject([{ type: 'gone', source: 'removal' }]);
    }
  });
});
