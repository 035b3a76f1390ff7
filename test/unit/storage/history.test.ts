import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../../../main/domain/history';
import type { Job } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import { initial } from '../../../main/storage/migrations/001-initial';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';

const BEGIN_MS = 1_800_000_000_000;
const ANY: HistoryQuery = { text: '', accountIds: null, phase: null, fromMs: null, toMs: null };

let folder: string;
let file: string;
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-history-'));
  file = join(folder, 'test.db');
  storage = openStorage(file, silentFeed, silentLogger);
  for (const id of ['a1', 'a2']) storage.accounts.save(sampleAccount({ id }));
});

afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

function job(remoteId: string, changes: Partial<Job> = {}): Job {
  return {
    id: `${changes.accountId ?? 'a1'}/execution/${remoteId}`,
    accountId: 'a1',
    kind: 'execution',
    remoteId,
    clipId: null,
    title: null,
    phase: 'done',
    remoteStatus: 'done',
    createdAtMs: BEGIN_MS,
    endedAtMs: BEGIN_MS + 5,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    firstSeenAtMs: BEGIN_MS,
    phaseSinceMs: BEGIN_MS + 5,
    leftListAtMs: null,
    gone: false,
    seen: true,
    ...changes,
  };
}

const save = (...jobs: Job[]) => storage.jobs.commit({ jobs, events: [], notifications: [] });

function find(query: Partial<HistoryQuery>): string[] {
  const { jobs } = storage.history.search({ ...ANY, ...query }, null, 200);
  return jobs.map(({ remoteId }) => remoteId);
}

describe('a search', () => {
  beforeEach(() =>
    save(
      job('one', { title: 'Ação em São Paulo' }),
      job('two', { title: '100% of part_2 "live"', createdAtMs: BEGIN_MS + 1 }),
      job('three', { title: null, failure: 'Saldo insuficiente', createdAtMs: BEGIN_MS + 2 }),
    ),
  );

  it.each([
    ['a', ['three', 'two', 'one']],
    ['ã', ['three', 'two', 'one']],
    ['ao', ['one']],
    ['SAO', ['one']],
    ['são paulo', ['one']],
    ['acao em', ['one']],
    ['saldo', ['three']],
    ['thre', ['three']],
    ['%', ['two']],
    ['_2', ['two']],
    ['0% o', ['two']],
    ['"', ['two']],
    ['"live"', ['two']],
    ['!', []],
    ['l OR s', []],
    ['  two  ', ['two']],
    ['paulo one', []],
    ['ж', []],
  ])('for %j finds what contains it, with or without accents', (text, found) => {
    expect(find({ text })).toEqual(found);
  });

  it('finds a job by its new title, and no longer by the old one', () => {
    save(job('one', { title: 'Entrevista' }));
    expect(find({ text: 'entrev' })).toEqual(['one']);
    expect(find({ text: 'paulo' })).toEqual([]);
    expect(find({ text: 'p' })).toEqual(['two']);
  });

  it('finds nothing of an account that was removed', () => {
    storage.accounts.remove('a1');
    for (const text of ['', 'a', 'saldo']) expect(find({ text })).toEqual([]);
  });
});

it('shows the job that started last first, in whatever order they were written', () => {
  save(
    job('b', { createdAtMs: BEGIN_MS + 10 }),
    job('a', { createdAtMs: null, firstSeenAtMs: BEGIN_MS + 20 }),
    job('c', { createdAtMs: BEGIN_MS }),
  );
  expect(find({})).toEqual(['a', 'b', 'c']);
  // Only later did the service say when it started.
  save(job('a', { createdAtMs: BEGIN_MS + 5 }));
  expect(find({})).toEqual(['b', 'a', 'c']);
});

it('filters by account, phase and time, alone and together', () => {
  save(
    job('run', { phase: 'running' }),
    job('wait', { phase: 'waiting', accountId: 'a2' }),
    job('done', { createdAtMs: BEGIN_MS + 100 }),
    job('failed', { phase: 'failed', accountId: 'a2', createdAtMs: BEGIN_MS + 200 }),
    job('gone', { phase: 'unknown', gone: true }),
    job('odd', { phase: 'unknown' }),
  );
  expect(find({ phase: 'active' }).sort()).toEqual(['run', 'wait']);
  expect(find({ phase: 'done' })).toEqual(['done']);
  expect(find({ phase: 'unknown' }).sort()).toEqual(['gone', 'odd']);
  expect(find({ accountIds: ['a2'] })).toEqual(['failed', 'wait']);
  expect(find({ accountIds: ['a1', 'a2'], phase: 'failed' })).toEqual(['failed']);
  expect(find({ accountIds: [] })).toEqual([]);
  expect(find({ accountIds: ['a2'], phase: 'done' })).toEqual([]);
  expect(find({ fromMs: BEGIN_MS + 100 })).toEqual(['failed', 'done']);
  expect(find({ fromMs: BEGIN_MS + 100, toMs: BEGIN_MS + 200 })).toEqual(['done']);
  expect(find({ text: 'e', accountIds: ['a2'], phase: 'failed', fromMs: 1 })).toEqual(['failed']);
  // A job whose phase changes is found under the new one.
  save(job('run', { phase: 'failed' }));
  expect(find({ phase: 'active' })).toEqual(['wait']);
});

describe('a long history', () => {
  const COUNT = 3000;
  beforeEach(() => {
    // More than there are sort keys in one millisecond: some services give whole days only.
    const titles = (index: number) => (index % 3 ? 'podcast' : 'entrevista');
    save(
      ...Array.from({ length: COUNT }, (_, index) =>
        job(`x${index}`, { title: titles(index), phase: index % 500 ? 'done' : 'failed' }),
      ),
    );
  });

  it.each([
    [{}, COUNT],
    [{ text: 'entrevista' }, COUNT / 3],
    [{ text: 'en' }, COUNT / 3],
    [{ phase: 'failed' as const }, 6],
  ])('is shown page by page with nothing left out or repeated: %j', (conditions, count) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = storage.history.search({ ...ANY, ...conditions }, after, 170);
      expect(page.matches).toEqual({ count: Math.min(count, 1000), isMore: count > 1000 });
      seen.push(...page.jobs.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
    const each = [...storage.history.each({ ...ANY, ...conditions })].flat();
    expect(each.map(({ id }) => id)).toEqual(seen);
  });

  it('is deleted step by step, without what is still running', () => {
    save(job('x7', { title: 'podcast', phase: 'running', phaseSinceMs: 1 }));
    let steps = 0;
    while (storage.history.deleteEndedBefore(BEGIN_MS + 10, 1000)) steps += 1;
    expect(steps).toBe(2);
    expect(find({})).toEqual(['x7']);
    expect(find({ text: 'podcast' })).toEqual(['x7']);
  });
});

it('refuses a `next` that it has not issued', () => {
  for (const after of ['', '1', '-1.1.0', '1.1.2', '99999999999999999.1.1', 'x.y.z']) {
    expect(() => storage.history.search(ANY, after, 10)).toThrow();
  }
});

it('has every transition of a job in order, and where it was learned', () => {
  const event = {
    ...{ jobId: 'a1/execution/one', atMs: 5, remoteStatus: 'running' },
    ...{ source: 'start' as const, type: 'found' as const },
    ...{ fromPhase: null, toPhase: 'running' as const },
  };
  // The clock was set back in between.
  const back = { ...event, atMs: 3, type: 'back' as const, fromPhase: 'running' as const };
  storage.jobs.commit({ jobs: [job('one')], events: [event, back], notifications: [] });
  expect(storage.history.events('a1/execution/one')).toEqual([event, back]);
  expect(storage.history.events('nobody')).toEqual([]);
});

it('a change of the phase alone leaves the search index as it is', () => {
  save(job('one', { title: 'Entrevista', phase: 'running' }));
  const database = openDatabase(file);
  const index = () => database.all('SELECT * FROM job_grams_data');
  const before = index();
  save(job('one', { title: 'Entrevista', phase: 'done', seen: false }));
  expect(index()).toEqual(before);
  save(job('one', { title: 'Other', phase: 'done' }));
  expect(index()).not.toEqual(before);
  database.close();
});

describe('deletion', () => {
  const OLD_MS = BEGIN_MS;
  const deleteOld = () => storage.history.deleteEndedBefore(OLD_MS + 1000, 100);
  const old = (remoteId: string, changes: Partial<Job> = {}) =>
    job(remoteId, { phaseSinceMs: OLD_MS, ...changes });

  it('removes a job with its events, and leaves newer and active ones', () => {
    const event = {
      ...{ jobId: 'a1/execution/old', atMs: 5, remoteStatus: 'done', source: 'list' as const },
      ...{ type: 'found' as const, fromPhase: null, toPhase: 'done' as const },
    };
    const jobs = [
      old('old'),
      old('unseen', { seen: false }),
      old('running', { phase: 'running' }),
      old('new', { phaseSinceMs: OLD_MS + 1000 }),
      old('gone', { phase: 'unknown', gone: true }),
    ];
    storage.jobs.commit({ jobs, events: [event], notifications: [] });
    expect(deleteOld()).toBe(false);
    expect(find({}).sort()).toEqual(['new', 'running']);
    expect(storage.history.events('a1/execution/old')).toEqual([]);
  });

  it('keeps what nobody has been notified of yet', () => {
    const notification = {
      ...{ id: 'n1', jobId: 'a1/execution/old', workId: 'w', outcome: 'done' as const },
      createdAtMs: 1,
    };
    storage.jobs.commit({ jobs: [old('old')], events: [], notifications: [notification] });
    deleteOld();
    expect(find({})).toEqual(['old']);
    storage.outbox.markDelivered(['n1'], 5, true);
    deleteOld();
    expect(find({})).toEqual([]);
  });

  it('keeps a clip whole while one of its jobs or its upload has to stay', () => {
    const clip = (remoteId: string, clipId: string, changes: Partial<Job> = {}) =>
      old(remoteId, { kind: 'render', clipId, ...changes });
    save(
      clip('r1', 'c1'),
      clip('r2', 'c1', { phase: 'running' }),
      clip('r3', 'c2'),
      clip('r4', 'c3'),
      clip('r5', 'c3'),
    );
    const remote = { clipId: 'c2', uploadId: 'x', key: 'k' };
    storage.uploads.insert(sampleUpload({ remote, clipId: 'c2', state: 'paused' }));
    deleteOld();
    expect(find({}).sort()).toEqual(['r1', 'r2', 'r3']);
  });

  it('deletes the upload of a deleted clip, which would look as if the clip were still to come', () => {
    save(old('r1', { kind: 'render', clipId: 'c1' }));
    const upload = sampleUpload({ clipId: 'c1', state: 'sent', endedAtMs: OLD_MS });
    storage.uploads.insert(upload);
    storage.uploads.insert({ ...upload, id: 'u2', clipId: 'c9', endedAtMs: OLD_MS + 5000 });
    deleteOld();
    expect(storage.uploads.list().map(({ id }) => id)).toEqual(['u2']);
  });

  it('is remembered, so that a service that still lists the jobs brings nothing back', () => {
    expect(storage.history.deletedBeforeMs()).toBe(0);
    save(old('old'));
    deleteOld();
    const untilMs = storage.history.deletedBeforeMs();
    expect(untilMs).toBeGreaterThan(OLD_MS);
    // What ended later was never known, so it is worth a notification.
    expect(untilMs).toBeLessThan(OLD_MS + 24 * 60 * 60_000);
    storage.history.deleteEndedBefore(OLD_MS + 10 ** 12, 100);
    expect(storage.history.deletedBeforeMs()).toBe(untilMs);
    expect(storage.settings.read()).toMatchObject({ historyDays: null });
  });
});

it('a file of the first version is searchable, in the order in which its jobs started', () => {
  const earlier = join(folder, 'old.db');
  const before = new Libsql(earlier);
  before.exec(initial);
  before.exec('PRAGMA user_version = 1');
  before.exec(
    "INSERT INTO accounts VALUES ('a1', 'clipping', 'Work', 'bearer', 'keychain', '[]', NULL, 5)",
  );
  const add = before.prepare(
    `INSERT INTO jobs VALUES (?, 'a1', 'execution', ?, NULL, ?, 'done', 'done', ?, NULL, NULL, NULL,
       NULL, NULL, NULL, NULL, ?, 9, NULL, 0, 1)`,
  );
  add.run('a1/execution/one', 'one', 'Ação', 2000, 5000);
  add.run('a1/execution/two', 'two', 'Vídeo', null, 3000);
  before.close();
  storage.close();
  storage = openStorage(earlier, silentFeed, silentLogger);
  expect(find({})).toEqual(['two', 'one']);
  expect(find({ text: 'acao' })).toEqual(['one']);
  expect(find({ text: 'v' })).toEqual(['two']);
});
