import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { reconcile } from '../../../main/polling/reconcile';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import { sampleAccount } from '../../builders/account';
import { sampleJob } from '../../builders/job';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';
import { known, observation, single } from '../polling/fakes';

const account = sampleAccount({
  keyHeader: 'x-api-key',
  brands: [{ id: 'b1', name: 'Brand' }],
  brandId: 'b1',
  pace: 'close',
  notificationRules: {
    kinds: { processing: 'nothing', render: 'failures', execution: 'all' },
    sound: false,
  },
});

const upload = sampleUpload({
  path: '/videos/ação \u202e.mp4',
  fileName: 'ação \u202e.mp4',
  modifiedAtMs: 1_800_000_000_000.125,
});

const FACTS = { sentAtMs: 1_800_000_000_500, tookMs: 250, tries: 2, md5Hex: 'a'.repeat(32) };

const change = (...seen: Parameters<typeof single>) =>
  reconcile(
    { id: 'a1', service: 'clipping', polledSinceMs: 0, deletedBeforeMs: 0 },
    known(),
    single(...seen),
    'list',
    1000,
  );

let folder: string;
let file: string;
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-storage-'));
  file = join(folder, 'test.db');
  storage = openStorage(file, silentFeed, silentLogger);
  storage.accounts.save(account);
});

afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Reads everything from the file again, as after a crash. */
function reopen(): void {
  storage.close();
  storage = openStorage(file, silentFeed, silentLogger);
}

describe('after a restart', () => {
  it('has the accounts, jobs, uploads and settings as they were', () => {
    const detail = {
      candidates: [{ id: 'k1', title: 'Olá', startMs: 1, endMs: null, score: 92.5 }],
      editRevision: 4,
      durationMs: 3_600_000,
    };
    const changes = change(
      observation({
        kind: 'processing',
        remoteId: 'c1',
        title: 'Ação',
        clip: detail,
        revisionMark: 'r1',
        estimatedDurationMs: 120_000,
      }),
    );
    storage.jobs.commit(changes);
    storage.uploads.insert(upload);
    storage.uploads.recordParts('u1', [
      { part: { partNumber: 2, sizeBytes: 5, etag: '"abc"' }, facts: FACTS },
    ]);
    storage.settings.change({ theme: 'dark', paused: true });
    reopen();
    expect(storage.accounts.all()).toEqual([account]);
    expect(storage.jobs.get('a1/processing/c1')).toEqual(changes.jobs[0]);
    expect(storage.uploads.get('u1')).toEqual(upload);
    expect(storage.uploads.parts('u1')).toEqual([{ partNumber: 2, sizeBytes: 5, etag: '"abc"' }]);
    expect(storage.settings.read()).toMatchObject({ theme: 'dark', paused: true });
  });

  it('still has to deliver the notifications that were committed and not delivered', () => {
    storage.jobs.commit({
      ...change(observation({ phase: 'done', endedAtMs: 900 })),
    });
    reopen();
    expect(storage.outbox.undelivered()).toMatchObject([{ outcome: 'done', state: 'pending' }]);
  });
});

describe('one commit', () => {
  it('remains all or nothing after the database was busy once', () => {
    const database = openDatabase(file);
    const other = openDatabase(file);
    database.script('PRAGMA busy_timeout = 1');
    other.script('BEGIN IMMEDIATE');
    expect(() => database.transaction(() => {})).toThrow();
    other.script('ROLLBACK');
    expect(() =>
      database.transaction(() => {
        database.run("INSERT INTO settings VALUES ('half', '1')");
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(database.all("SELECT * FROM settings WHERE name = 'half'")).toEqual([]);
    other.close();
    database.close();
  });

  it('stores job, event and notification together or not at all', () => {
    const changes = change(observation({ phase: 'done', endedAtMs: 900 }));
    const broken = {
      ...changes,
      notifications: [{ ...changes.notifications[0], jobId: 'nobody' }],
    };
    expect(() => storage.jobs.commit(broken as typeof changes)).toThrow();
    expect(storage.jobs.get('a1/execution/exc_1')).toBeNull();
    expect(storage.outbox.undelivered()).toEqual([]);
  });

  it('does not notify of the same completion twice', () => {
    const changes = change(observation({ phase: 'done', endedAtMs: 900 }));
    storage.jobs.commit(changes);
    storage.outbox.markDelivered([changes.notifications[0]?.id ?? ''], 2000, true);
    storage.jobs.commit(changes);
    expect(storage.outbox.undelivered()).toEqual([]);
  });

  it('keeps a job’s events when the job is written again', () => {
    const changes = change(observation());
    storage.jobs.commit(changes);
    storage.jobs.commit({ ...changes, events: [] });
    const database = openDatabase(file);
    expect(database.all('SELECT * FROM job_events')).toHaveLength(1);
    database.close();
  });
});

describe('jobs', () => {
  const commit = (...jobs: Partial<Job>[]) =>
    storage.jobs.commit({
      jobs: jobs.map((job) => ({ ...(change(observation()).jobs[0] as Job), ...job })),
      events: [],
      notifications: [],
    });

  it('are active while they wait or run, and not once they are gone', () => {
    commit(
      { id: '1', phase: 'waiting' },
      { id: '2', phase: 'running' },
      { id: '3', phase: 'running', gone: true },
      { id: '4', phase: 'done' },
      { id: '5', phase: 'unknown' },
    );
    expect(storage.jobs.active('a1').map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('are listed with all of the clip they belong to, and all active ones, whatever the limit', () => {
    commit(
      { id: 'old', kind: 'processing', clipId: 'c1', phase: 'done', phaseSinceMs: 1 },
      { id: 'new', kind: 'render', clipId: 'c1', phase: 'done', phaseSinceMs: 100 },
      { id: 'other', phase: 'done', phaseSinceMs: 50 },
      { id: 'running', phase: 'running', phaseSinceMs: 2 },
    );
    const listed = storage.jobs.recent(1).map(({ id }) => id);
    expect(listed.sort()).toEqual(['new', 'old', 'running']);
  });

  it('are listed as they are now, each time', () => {
    commit(
      { id: '1', phase: 'running' },
      { id: '2', phase: 'done' },
      { id: '3', phase: 'running' },
    );
    const asStored = () => ['1', '2', '3'].flatMap((id) => storage.jobs.get(id) ?? []);
    expect(storage.jobs.recent(10)).toEqual(asStored());
    commit({ id: '1', phase: 'done', title: 'Another' });
    storage.jobs.markSeen(['2']);
    const listed = storage.jobs.recent(10);
    expect(listed).toMatchObject([
      { id: '1', phase: 'done', title: 'Another' },
      { id: '2', seen: true },
      { id: '3', phase: 'running' },
    ]);
    expect(listed).toEqual(asStored());
    // The second one belongs to an account that does not exist, so neither is written.
    expect(() => commit({ id: '1', title: 'Lost' }, { id: '4', accountId: 'none' })).toThrow();
    expect(storage.jobs.recent(10)).toEqual(asStored());
  });
});

it('deletes a long history of an account in steps, and nothing of the others', () => {
  storage.accounts.save({ ...account, id: 'a2' });
  for (const remoteId of ['r1', 'r2', 'r3']) storage.jobs.commit(change(observation({ remoteId })));
  const other = { id: 'a2', service: 'clipping', polledSinceMs: 0, deletedBeforeMs: 0 } as const;
  const theirs = reconcile(other, known(), single(observation({ remoteId: 'r1' })), 'list', 1000);
  storage.jobs.commit(theirs);
  expect(storage.accounts.deleteJobs('a1', 2)).toBe(true);
  expect(storage.accounts.deleteJobs('a1', 2)).toBe(false);
  expect(storage.jobs.recent(10).map(({ accountId }) => accountId)).toEqual(['a2']);
});

it('removes everything of an account with the account', () => {
  storage.jobs.commit(change(observation({ phase: 'done', endedAtMs: 900 })));
  storage.uploads.insert(upload);
  storage.uploads.recordParts('u1', [
    { part: { partNumber: 1, sizeBytes: 5, etag: 'e' }, facts: FACTS },
  ]);
  storage.uploads.addEvent('u1', 1, { kind: 'added' });
  storage.accounts.remove('a1');
  expect(storage.jobs.recent(10)).toEqual([]);
  expect(storage.outbox.undelivered()).toEqual([]);
  expect(storage.uploads.list()).toEqual([]);
  expect(storage.uploads.events('u1')).toEqual([]);
});

it('a job that ended for want of balance is still known as that after a restart', () => {
  const job = sampleJob({
    id: 'a1/execution/e1',
    accountId: 'a1',
    kind: 'execution',
    phase: 'failed',
  });
  storage.accounts.save(sampleAccount());
  storage.jobs.commit({ jobs: [{ ...job, outOfBalance: true }], events: [], notifications: [] });
  reopen();
  expect(storage.jobs.get(job.id)?.outOfBalance).toBe(true);
});

describe('a database file', () => {
  it('of a newer version is refused, not damaged', () => {
    const newer = join(folder, 'newer.db');
    const database = openDatabase(newer);
    database.script('PRAGMA user_version = 999');
    database.close();
    expect(() => openDatabase(newer)).toThrow(/schema 999/);
  });

  it('that is not a database is refused with a clear error', () => {
    const bad = join(folder, 'bad.db');
    writeFileSync(
      bad,
      'this is not a database, and it is long enough to be taken for one'.repeat(50),
    );
    expect(() => openDatabase(bad)).toThrow();
  });

  it('with a damaged setting uses the default of that setting alone', () => {
    storage.settings.change({ theme: 'dark', followDoNotDisturb: false });
    const database = openDatabase(file);
    database.run('UPDATE settings SET value_json = ? WHERE name = ?', '"purple"', 'theme');
    database.close();
    expect(storage.settings.read()).toMatchObject({ theme: 'system', followDoNotDisturb: false });
  });
});
