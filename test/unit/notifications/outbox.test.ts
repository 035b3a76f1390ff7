import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import { sampleAccount } from '../../builders/account';
import { sampleJob } from '../../builders/job';
import { recordingLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';

let folder: string;
let storage: Storage;
let lines: ReturnType<typeof recordingLogger>['lines'];

/** The end of one execution, as an account has seen it. */
function end(accountId: string): string {
  const id = `${accountId}/execution/exc_1/ended`;
  const job = sampleJob({
    id: `${accountId}/execution/exc_1`,
    accountId,
    phase: 'done',
    remoteStatus: 'done',
  });
  const notice = { id, jobId: job.id, workId: 'w', outcome: 'done' as const, createdAtMs: 5 };
  storage.jobs.commit({ jobs: [job], events: [], notifications: [notice] });
  return id;
}

const why = { problem: 'file-changed', remoteText: null } as const;

function upload(): void {
  storage.uploads.insert(sampleUpload({ state: 'sending', restsSinceMs: 1 }));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-outbox-'));
  const recording = recordingLogger();
  lines = recording.lines;
  storage = openStorage(join(folder, 'test.db'), silentFeed, recording.logger);
  for (const id of ['a1', 'a2']) storage.accounts.save(sampleAccount({ id }));
});
afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

it('a notification that a kill interrupted is recognised at the next start', () => {
  const id = end('a1');
  storage.outbox.markDelivering([id]);
  storage.close();
  storage = openStorage(join(folder, 'test.db'), silentFeed, recordingLogger().logger);
  expect(storage.outbox.undelivered()).toMatchObject([{ id, state: 'telling', workId: 'w' }]);
});

it('work counts as delivered once it was shown or may have been, for other accounts only', () => {
  const first = { id: end('a1'), workId: 'w' };
  const second = { id: end('a2'), workId: 'w' };
  expect(storage.outbox.isWorkDelivered(second)).toBe(false);
  storage.outbox.markDelivering([first.id]);
  expect(storage.outbox.isWorkDelivered(second)).toBe(true);
  expect(storage.outbox.isWorkDelivered(first)).toBe(false);
  storage.outbox.markDelivered([first.id], 9, false);
  expect(storage.outbox.isWorkDelivered(second)).toBe(false);
  storage.outbox.markDelivered([first.id], 9, true);
  expect(storage.outbox.isWorkDelivered(second)).toBe(true);
});

it('an upload that stops again is notified again', () => {
  upload();
  storage.uploads.fail('u1', why, 10);
  expect(storage.uploads.get('u1')).toMatchObject({ state: 'failed', problem: 'file-changed' });
  const [notification] = storage.outbox.undelivered();
  expect(notification).toMatchObject({ uploadId: 'u1', outcome: 'stopped', createdAtMs: 10 });
  storage.outbox.markDelivered([notification?.id ?? ''], 11, true);
  expect(storage.outbox.undelivered()).toEqual([]);
  storage.uploads.fail('u1', why, 20);
  expect(storage.outbox.undelivered()).toMatchObject([{ uploadId: 'u1', createdAtMs: 20 }]);
});

it('an upload that is gone can no longer stop', () => {
  storage.uploads.fail('gone', why, 10);
  expect(storage.outbox.undelivered()).toEqual([]);
});

it('the outbox has nothing about a removed account', () => {
  end('a1');
  upload();
  storage.uploads.fail('u1', why, 10);
  storage.accounts.remove('a1');
  expect(storage.outbox.undelivered()).toEqual([]);
});

it.each([
  ['outbox', 'outcome', 'postponed', 'a1/execution/exc_1/ended'],
  ['jobs', 'phase', 'archived', 'a1/execution/exc_1'],
  ['accounts', 'key_header', 'x-signature', 'a1'],
])('a notification stays in the outbox while its row of %s cannot be read', (...damage) => {
  const [table, column, word, id] = damage;
  const bad = end('a1');
  const good = end('a2');
  const database = openDatabase(join(folder, 'test.db'));
  const [row] = database.all(`SELECT ${column} FROM ${table} WHERE id = ?`, id);
  database.run(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, word, id);
  const stored = () => database.all('SELECT * FROM outbox WHERE id = ?', bad);
  const before = stored();
  for (let time = 0; time < 2; time += 1) {
    expect(storage.outbox.undelivered().map((one) => one.id)).toEqual([good]);
  }
  expect(lines).toMatchObject([{ message: 'row skipped', fields: { table, id, path: column } }]);
  // Its job is not deleted with the old history either.
  storage.history.deleteEndedBefore(Number.MAX_SAFE_INTEGER, 10);
  expect(stored()).toEqual(before);
  database.run(`UPDATE ${table} SET ${column} = ? WHERE id = ?`, String(row?.[column]), id);
  expect(storage.outbox.undelivered()).toMatchObject([{ id: bad, state: 'pending' }, { id: good }]);
  database.close();
});

it('a notification in an unknown state is not lost when its job or upload is old', () => {
  const id = end('a1');
  upload();
  storage.uploads.fail('u1', why, 10);
  storage.uploads.update('u1', { state: 'cancelled', endedAtMs: 11 });
  const database = openDatabase(join(folder, 'test.db'));
  database.run("UPDATE outbox SET state = 'snoozed'");
  storage.history.deleteEndedBefore(Number.MAX_SAFE_INTEGER, 10);
  expect(database.all('SELECT id, state FROM outbox')).toEqual([
    { id, state: 'snoozed' },
    { id: 'upload/u1/stopped', state: 'snoozed' },
  ]);
  database.close();
});
