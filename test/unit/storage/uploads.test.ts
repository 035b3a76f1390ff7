import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadEvent } from '../../../main/domain/upload';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import { initial } from '../../../main/storage/migrations/001-initial';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';

const upload = sampleUpload();

const PART = { partNumber: 1, sizeBytes: 5, etag: '"e"' };
const FACTS = { sentAtMs: 1_800_000_000_500, tookMs: 250, tries: 2, md5Hex: 'a'.repeat(32) };

let folder: string;
let file: string;
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-storage-'));
  file = join(folder, 'test.db');
  storage = openStorage(file, silentFeed, silentLogger);
  storage.accounts.save(sampleAccount({ service: 'autoposting' }));
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

function insert(...ids: string[]): void {
  for (const id of ids) storage.uploads.insert({ ...upload, id, path: `/videos/${id}.mp4` });
}

const order = () => storage.uploads.list().map(({ id }) => id);

describe('an upload', () => {
  it('changes only in the fields that are given', () => {
    insert('u1');
    const remote = { clipId: 'c', uploadId: 'x', key: 'k' };
    storage.uploads.update('u1', { state: 'sending', remote, sha256Hex: 'f'.repeat(64) });
    storage.uploads.update('u1', { restsSinceMs: 12 });
    expect(storage.uploads.get('u1')).toEqual({
      ...upload,
      path: '/videos/u1.mp4',
      state: 'sending',
      remote,
      clipId: 'c',
      sha256Hex: 'f'.repeat(64),
      restsSinceMs: 12,
    });
  });

  it('keeps the id of its clip when it is given up, so that nobody is notified of its end', () => {
    storage.uploads.insert({ ...upload, remote: { clipId: 'c', uploadId: 'x', key: 'k' } });
    storage.uploads.startOver('u1', { remote: null, state: 'cancelled' });
    expect(storage.uploads.get('u1')).toMatchObject({ remote: null, clipId: 'c' });
  });

  it('that starts over loses its parts and keeps its log', () => {
    insert('u1');
    storage.uploads.recordParts('u1', [{ part: PART, facts: FACTS }]);
    storage.uploads.addEvent('u1', 1, { kind: 'added' });
    storage.uploads.startOver('u1', { remote: null, state: 'queued' });
    expect(storage.uploads.parts('u1')).toEqual([]);
    expect(storage.uploads.events('u1')).toEqual([{ atMs: 1, event: { kind: 'added' } }]);
  });

  it('of which some parts differ from the file keeps the others, and their MD5s', () => {
    insert('u1');
    const parts = [1, 2, 3].map((partNumber) => ({ part: { ...PART, partNumber }, facts: FACTS }));
    storage.uploads.recordParts('u1', parts);
    storage.uploads.discardParts('u1', [2], { modifiedAtMs: 7 });
    expect(storage.uploads.parts('u1').map(({ partNumber }) => partNumber)).toEqual([1, 3]);
    expect(storage.uploads.partRecords('u1')[0]).toMatchObject({ md5Hex: FACTS.md5Hex });
    expect(storage.uploads.get('u1')?.modifiedAtMs).toBe(7);
  });

  it('whose file was changed after it was sent is notified of; any other is not', () => {
    insert('u1');
    storage.uploads.markChanged('u1', 10);
    expect(storage.outbox.undelivered()).toEqual([]);
    storage.uploads.update('u1', { state: 'sent' });
    storage.uploads.markChanged('u1', 10);
    expect(storage.uploads.get('u1')).toMatchObject({ problem: 'file-changed-since' });
    expect(storage.outbox.undelivered()).toMatchObject([{ uploadId: 'u1', createdAtMs: 10 }]);
  });

  it('is found by its file, and counts as unfinished only while there is something to do', () => {
    insert('u1', 'u2', 'u3');
    storage.uploads.update('u2', { state: 'paused' });
    storage.uploads.update('u3', { state: 'finishing' });
    storage.uploads.update('u1', { problem: 'key-missing' });
    storage.uploads.move('u3', 'first');
    expect(storage.uploads.unfinished()).toEqual([
      { id: 'u3', accountId: 'a1', problem: null },
      { id: 'u1', accountId: 'a1', problem: 'key-missing' },
    ]);
    expect(storage.uploads.ofPath('/videos/u2.mp4').map(({ id }) => id)).toEqual(['u2']);
  });
});

describe('the order of the queue', () => {
  it('is the one in which they were added until it is changed, and survives a restart', () => {
    insert('a', 'b', 'c', 'd');
    storage.uploads.move('c', 'first');
    storage.uploads.move('a', 'last');
    storage.uploads.move('b', 'later');
    expect(order()).toEqual(['c', 'd', 'b', 'a']);
    reopen();
    insert('e');
    expect(order()).toEqual(['c', 'd', 'b', 'a', 'e']);
    expect(storage.uploads.recent(1).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a', 'e']);
  });

  it('leaves ended uploads where they are', () => {
    insert('a', 'b', 'c');
    storage.uploads.update('b', { state: 'sent' });
    storage.uploads.move('c', 'earlier');
    expect(order()).toEqual(['c', 'b', 'a']);
    storage.uploads.move('b', 'first');
    storage.uploads.move('nobody', 'first');
    expect(order()).toEqual(['c', 'b', 'a']);
  });
});

describe('the log of an upload', () => {
  it('has every kind of event after a restart as it was written', () => {
    insert('u1');
    const events: UploadEvent[] = [
      { kind: 'added' },
      { kind: 'opened', partSizeBytes: 5, partCount: 2 },
      { kind: 'started', missingParts: 2 },
      { kind: 'waited', step: 'part', partNumber: 2, problem: 'unreachable', waitMs: 12.5 },
      { kind: 'waited', step: 'file', partNumber: null, problem: 'file-missing', waitMs: 5000 },
      { kind: 'signed-again', partNumber: 2 },
      { kind: 'paused' },
      { kind: 'resumed' },
      { kind: 'failed', problem: 'no-credit' },
      { kind: 'retried' },
      { kind: 'started-over' },
      { kind: 'expired' },
      { kind: 'given-up' },
      { kind: 'cancelled' },
      { kind: 'completing', partCount: 2 },
      { kind: 'sent' },
      { kind: 'checksum', sha256Hex: 'f'.repeat(64) },
    ];
    events.forEach((event, index) => {
      storage.uploads.addEvent('u1', 1000 + index, event);
    });
    reopen();
    expect(storage.uploads.events('u1')).toEqual(
      events.map((event, index) => ({ atMs: 1000 + index, event })),
    );
  });

  it('leaves out what another version wrote, and does not crash on it', () => {
    insert('u1');
    storage.uploads.addEvent('u1', 1, { kind: 'added' });
    const database = openDatabase(file);
    for (const json of ['{"kind":"teleported"}', '{"kind":"failed","problem":"bored"}', '{', '4']) {
      database.run('INSERT INTO upload_events VALUES (NULL, ?, 2, ?, ?)', 'u1', 'x', json);
    }
    database.close();
    storage.uploads.addEvent('u1', 3, { kind: 'sent' });
    expect(storage.uploads.events('u1').map(({ event }) => event.kind)).toEqual(['added', 'sent']);
  });

  it('keeps the latest thousand waits, and everything else', () => {
    insert('u1');
    storage.uploads.together(() => {
      storage.uploads.addEvent('u1', 0, { kind: 'added' });
      for (let atMs = 1; atMs <= 1010; atMs += 1) {
        const wait = { step: 'part', partNumber: 1, problem: 'unreachable', waitMs: 1 } as const;
        storage.uploads.addEvent('u1', atMs, { kind: 'waited', ...wait });
      }
    });
    const events = storage.uploads.events('u1');
    expect(events.length).toBe(1001);
    expect(events[0]?.event.kind).toBe('added');
    expect(events[1]?.atMs).toBe(11);
  });

  it('has how each part got there, the last time it was sent', () => {
    insert('u1');
    storage.uploads.recordParts('u1', [{ part: { ...PART, partNumber: 2 }, facts: FACTS }]);
    storage.uploads.recordParts('u1', [{ part: PART, facts: FACTS }]);
    storage.uploads.recordParts('u1', [
      { part: PART, facts: { ...FACTS, tookMs: 99.6, tries: 1 } },
    ]);
    reopen();
    expect(storage.uploads.partRecords('u1')).toEqual([
      { partNumber: 1, sizeBytes: 5, ...FACTS, tookMs: 100, tries: 1 },
      { partNumber: 2, sizeBytes: 5, ...FACTS },
    ]);
  });

  it('of an upload that does not exist is not stored', () => {
    storage.uploads.addEvent('nobody', 1, { kind: 'added' });
    expect(storage.uploads.events('nobody')).toEqual([]);
  });

  it('is deleted with the parts once the upload ended long ago, and not before', () => {
    insert('old', 'new', 'failed');
    storage.uploads.update('old', { state: 'sent', endedAtMs: 99 });
    storage.uploads.update('new', { state: 'cancelled', endedAtMs: 100 });
    storage.uploads.update('failed', { state: 'failed', restsSinceMs: 1 });
    for (const id of ['old', 'new', 'failed']) {
      storage.uploads.recordParts(id, [{ part: PART, facts: FACTS }]);
      storage.uploads.addEvent(id, 1, { kind: 'added' });
    }
    storage.uploads.deleteLogsEndedBefore(100);
    const left = (id: string) => [
      storage.uploads.events(id).length,
      storage.uploads.parts(id).length,
    ];
    expect([left('old'), left('new'), left('failed')]).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(storage.uploads.get('old')?.state).toBe('sent');
  });
});

it('all calls within `together` are stored, or none', () => {
  insert('u1');
  expect(() =>
    storage.uploads.together(() => {
      storage.uploads.update('u1', { state: 'paused' });
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(storage.uploads.get('u1')?.state).toBe('queued');
});

it('a file of the first version keeps its uploads, their order and their parts', () => {
  const old = join(folder, 'old.db');
  const before = new Libsql(old);
  before.exec(initial);
  before.exec('PRAGMA user_version = 1');
  before.exec(
    "INSERT INTO accounts VALUES ('a1', 'autoposting', 'Work', 'bearer', 'keychain', '[]', NULL, 5)",
  );
  const add = before.prepare(
    `INSERT INTO uploads VALUES (?, 'a1', 'b1', '/v.mp4', 'v.mp4', 'video/mp4', 9, 1.5, 5, 'c', 'x',
       'k', ?, NULL, NULL, 7, ?)`,
  );
  add.run('z', 'sending', null);
  add.run('y', 'paused', null);
  add.run('x', 'failed', 8);
  add.run('w', 'sent', 9);
  before.exec(`INSERT INTO upload_parts VALUES ('z', 1, 5, '"e"')`);
  before.close();

  const migrated = openStorage(old, silentFeed, silentLogger);
  const { uploads } = migrated;
  expect(uploads.list().map(({ id }) => id)).toEqual(['z', 'y', 'x', 'w']);
  expect(uploads.get('z')).toMatchObject({
    state: 'sending',
    remote: { clipId: 'c', uploadId: 'x', key: 'k' },
    restsSinceMs: null,
    sha256Hex: null,
  });
  expect(uploads.parts('z')).toEqual([PART]);
  expect(uploads.partRecords('z')).toEqual([]);
  // Nobody knew that they are kept for a limited time, so it starts now.
  for (const id of ['y', 'x']) {
    const sinceMs = uploads.get(id)?.restsSinceMs ?? 0;
    expect(Math.abs(Date.now() - sinceMs)).toBeLessThan(60_000);
  }
  uploads.move('x', 'first');
  uploads.insert({ ...upload, id: 'new' });
  expect(uploads.list().map(({ id }) => id)).toEqual(['x', 'z', 'y', 'w', 'new']);
  migrated.close();
});
