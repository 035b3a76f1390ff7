import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Job, JobEvent, JobNotification, Phase } from '../../../main/domain/job';
import { isActive, isTerminal } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { openStorage } from '../../../main/storage';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { answer, type Kept, type Life, lives, play, START_MS, steps, take } from './histories';

/** Kept in memory, and written down as JSON for a restart. */
function inMemory(): Kept {
  let jobs = new Map<string, Job>();
  const events: JobEvent[] = [];
  const notifications = new Map<string, JobNotification>();
  return {
    active: (accountId) =>
      [...jobs.values()].filter((job) => job.accountId === accountId && isActive(job)),
    get: (id) => jobs.get(id) ?? null,
    commit(changes) {
      for (const job of changes.jobs) jobs.set(job.id, job);
      events.push(...changes.events);
      for (const notice of changes.notifications) {
        if (!notifications.has(notice.id)) notifications.set(notice.id, notice);
      }
    },
    restart() {
      jobs = new Map(JSON.parse(JSON.stringify([...jobs])));
    },
    all: () => ({ jobs: [...jobs.values()], events, notifications: [...notifications.values()] }),
  };
}

/** Kept in a real file, which is closed and opened for a restart. */
function inFile(file: string): Kept & { close(): void } {
  let storage = openStorage(file, silentFeed, silentLogger);
  for (const id of ['a1', 'a2']) storage.accounts.save(sampleAccount({ id }));
  return {
    active: (accountId) => storage.jobs.active(accountId),
    get: (id) => storage.jobs.get(id),
    commit: (changes) => storage.jobs.commit(changes),
    restart() {
      storage.close();
      storage = openStorage(file, silentFeed, silentLogger);
    },
    all() {
      const jobs = storage.jobs.recent(1000);
      const events = jobs.flatMap((job) => storage.history.events(job.id));
      const notifications = storage.outbox.undelivered().filter((notice) => 'jobId' in notice);
      return { jobs, events, notifications };
    },
    close: () => storage.close(),
  };
}

/** Whether the job reached its end while it was watched, by what was written about it. */
function endedWhileWatched(job: Job, events: JobEvent[], life: Life): boolean {
  const ends = events.filter(({ fromPhase, toPhase }) => {
    return isTerminal(toPhase) && !(fromPhase !== null && isTerminal(fromPhase));
  });
  expect(ends.length).toBe(isTerminal(job.phase) ? 1 : 0);
  const [end] = ends;
  if (!end) return false;
  const notices = [life.createdAtMs, life.endedAtMs].filter((atMs) => atMs !== null);
  const isRecent = notices.length > 0 && Math.max(...notices) >= START_MS;
  return end.type !== 'found' || isRecent;
}

/** Everything that must be true of what is stored after any history. */
function checkAll(kept: Kept, all: Life[]): void {
  const { jobs, events, notifications } = kept.all();
  expect(new Set(events.map((event) => event.jobId))).toEqual(new Set(jobs.map((job) => job.id)));
  for (const job of jobs) {
    const own = events.filter((event) => event.jobId === job.id);
    // Nothing lost, nothing doubled: the events form a chain from nothing to the stored phase, and
    // none of them leaves an end.
    let phase: Phase | null = null;
    for (const [index, event] of own.entries()) {
      expect(event.type === 'found').toBe(index === 0);
      expect(event.fromPhase).toBe(phase);
      if (phase !== null && isTerminal(phase)) expect(event.toPhase).toBe(phase);
      phase = event.toPhase;
    }
    expect(phase).toBe(job.phase);
    expect(job.endedAtMs === null || !isActive(job)).toBe(true);
    expect(job.createdAtMs ?? 0).toBeLessThanOrEqual(job.endedAtMs ?? Number.MAX_SAFE_INTEGER);
    // One notification of its end, and one that it is gone.
    const notices = notifications.filter((notice) => notice.jobId === job.id);
    const life = all.find((one) => one.remoteId === job.remoteId && one.kind === job.kind) as Life;
    const outcomes = [
      ...(own.some(({ type }) => type === 'gone') ? ['gone'] : []),
      ...(endedWhileWatched(job, own, life) ? [job.phase] : []),
    ];
    expect(notices.map(({ outcome }) => outcome).sort()).toEqual(outcomes.sort());
    expect(new Set(notices.map(({ workId }) => workId)).size).toBe(notices.length);
  }
}

const NOTHING = { jobs: [], events: [], notifications: [] };

function checkHistory(kept: Kept, all: Life[], history: Parameters<typeof play>[2]): void {
  play(kept, all, history, (again) => expect(again).toMatchObject(NOTHING));
  checkAll(kept, all);
}

it('no history of answers loses, doubles or reverts what happened to a job', () => {
  fc.assert(
    fc.property(lives, steps, (all, history) => checkHistory(inMemory(), all, history)),
    { numRuns: 500 },
  );
}, 30_000);

it('nor does a history that is kept in a file and read again after restarts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cliptray-histories-'));
  let run = 0;
  try {
    fc.assert(
      fc.property(lives, steps, (all, history) => {
        run += 1;
        const kept = inFile(join(folder, `${run}.db`));
        try {
          checkHistory(kept, all, history);
        } finally {
          kept.close();
        }
      }),
      { numRuns: 25 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);

it('a job ends the same way with the same notification, in whatever order the answers come', () => {
  const sights = fc.array(fc.tuple(fc.nat(2), fc.nat(4)), { minLength: 2, maxLength: 10 });
  const shuffled = sights.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    ),
  );
  const recent = lives.map((all) => all.map((life) => ({ ...life, createdAtMs: START_MS + 1 })));
  fc.assert(
    fc.property(recent, shuffled, (all, orders) => {
      const results = orders.map((order) => {
        const kept = inMemory();
        order.forEach((one, index) => {
          take(kept, 'a1', answer(all, [one], null), START_MS + 1000 * (index + 1));
        });
        const { jobs, notifications } = kept.all();
        return {
          ends: jobs
            .filter((job) => isTerminal(job.phase))
            .map(({ id, phase }) => `${id} ${phase}`)
            .sort(),
          notices: notifications.map(({ id, outcome }) => `${id} ${outcome}`).sort(),
        };
      });
      expect(results[0]).toEqual(results[1]);
    }),
    { numRuns: 500 },
  );
}, 30_000);
