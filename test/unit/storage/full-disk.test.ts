import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StorageError, StorageProblem } from '../../../main/domain/storage-error';
import { createChangeFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import { recheckStorage } from '../../../main/storage/health';
import type { Database } from '../../../main/storage/sql';
import { toStorageError } from '../../../main/storage/sqlite-error';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';
import { FakeClock } from '../polling/fakes';

/** The code with which the database file cannot be looked at; null if it can. */
const statFailure = vi.hoisted(() => ({ code: null as string | null }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const statSync = (...about: Parameters<typeof fs.statSync>) => {
    const { code } = statFailure;
    if (code !== null) throw Object.assign(new Error(`${code}: stat`), { code });
    return fs.statSync(...about);
  };
  return { ...fs, statSync };
});

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-full-'));
  file = join(folder, 'cliptray.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const LONG = JSON.stringify('x'.repeat(100_000));

/** What SQLite says with a full disk, without one: the file may not grow any more. */
function fill(database: Database): void {
  const { page_count: pages } = database.get('PRAGMA page_count') ?? {};
  database.script(`PRAGMA max_page_count = ${Number(pages)}`);
}

function thrownBy(work: () => unknown): StorageError {
  try {
    work();
  } catch (error) {
    return error as StorageError;
  }
  throw new Error('nothing was thrown');
}

describe('a transaction on a full disk', () => {
  let database: Database;
  const told: string[] = [];

  beforeEach(() => {
    told.length = 0;
    database = openDatabase(file, (error) => told.push(error.kind));
    fill(database);
  });

  afterEach(() => database.close());

  const addLong = (name: string) => database.run('INSERT INTO settings VALUES (?, ?)', name, LONG);

  it('fails with the full disk, not with the rollback that SQLite has done already', () => {
    const error = thrownBy(() => database.transaction(() => addLong('a')));
    expect(error).toMatchObject({ name: 'StorageError', kind: 'full', code: 'SQLITE_FULL' });
    expect(error.message).not.toContain('rollback');
    expect(told).toEqual(['full']);
  });

  it('stores nothing of what follows a failure that the work has caught', () => {
    const error = thrownBy(() =>
      database.transaction(() => {
        try {
          addLong('a');
        } catch {
          // As a log does that must not undo what it is about.
        }
        database.run(`INSERT INTO settings VALUES ('half', '1')`);
      }),
    );
    expect(error.kind).toBe('full');
    expect(database.all('SELECT * FROM settings')).toEqual([]);
  });

  it('is not committed when the work has caught the failure and returns', () => {
    const done = vi.fn();
    const error = thrownBy(() =>
      database.transaction(() => {
        database.run(`INSERT INTO settings VALUES ('half', '1')`);
        database.afterCommit(done);
        try {
          addLong('a');
        } catch {}
      }),
    );
    expect(error.kind).toBe('full');
    expect(done).not.toHaveBeenCalled();
    expect(database.all('SELECT * FROM settings')).toEqual([]);
  });

  it('leaves a database that stores again as soon as there is space', () => {
    expect(() => database.transaction(() => addLong('a'))).toThrow();
    expect(() => addLong('b')).toThrow();
    database.script('PRAGMA max_page_count = 100000');
    database.transaction(() => addLong('a'));
    addLong('b');
    expect(database.all('SELECT name FROM settings').map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('passes on an error of the work itself as it is', () => {
    const own = new RangeError('no');
    expect(() =>
      database.transaction(() => {
        throw own;
      }),
    ).toThrow(own);
    expect(told).toEqual([]);
  });
});

describe('what SQLite says', () => {
  const sqlite = (code: string) => Object.assign(new Error('text'), { code });

  it.each<[string, StorageError['kind']]>([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_CORRUPT', 'damaged'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_READONLY', 'read-only'],
    ['SQLITE_READONLY_DBMOVED', 'missing'],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', 'other'],
    ['SQLITE_ERROR', 'other'],
    // A disk that takes what we write can only be failing.
    ['SQLITE_IOERR_FSYNC', 'failing'],
  ])('%s counts as %s', (code, kind) => {
    writeFileSync(file, '');
    expect(toStorageError(sqlite(code), file)).toMatchObject({ kind, code });
  });

  it('an error without a cause of its own is explained by what the folder says', () => {
    const gone = join(folder, 'gone', 'cliptray.db');
    expect(toStorageError(sqlite('SQLITE_IOERR_SHMSIZE'), gone).kind).toBe('missing');
    expect(toStorageError(sqlite('SQLITE_CANTOPEN'), gone).kind).toBe('missing');
    const notFolder = join(file, 'cliptray.db');
    writeFileSync(file, '');
    expect(toStorageError(sqlite('SQLITE_CANTOPEN'), notFolder).kind).toBe('missing');
  });
});

describe('opening', () => {
  it('says that the folder is missing', () => {
    expect(thrownBy(() => openDatabase(join(folder, 'gone', 'a.db'))).kind).toBe('missing');
  });

  it('does not take a folder in the place of the file for a damaged database', () => {
    mkdirSync(file);
    expect(thrownBy(() => openDatabase(file)).kind).toBe('other');
  });

  it.each([
    ['another file', 'this is not a database. '.repeat(400)],
    ['zeros', '\0'.repeat(8192)],
    ['the beginning of one', 'SQLite format 3\0'],
  ])('says that %s is damaged', (_what, content) => {
    writeFileSync(file, content);
    expect(thrownBy(() => openDatabase(file)).kind).toBe('damaged');
  });

  it('says that another program holds the file', { timeout: 20_000 }, () => {
    const other = new Libsql(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(thrownBy(() => openDatabase(file)).kind).toBe('busy');
    other.close();
    openDatabase(file).close();
  });
});

describe('the storage', () => {
  let storage: Storage;
  const problems: (StorageProblem | null)[] = [];
  const clock = new FakeClock();

  beforeEach(() => {
    problems.length = 0;
    const feed = createChangeFeed(silentLogger);
    storage = openStorage(file, feed, silentLogger);
    recheckStorage(feed, clock, storage.check);
    feed.on('storage', ({ problem }) => problems.push(problem));
  });

  afterEach(() => {
    statFailure.code = null;
    storage.close();
  });

  it('that was moved away while it is open stores nothing into the void', async () => {
    const elsewhere = join(folder, 'elsewhere.db');
    renameSync(file, elsewhere);
    expect(thrownBy(() => storage.accounts.save(sampleAccount())).kind).toBe('missing');
    expect(thrownBy(() => storage.settings.change({ paused: true })).kind).toBe('missing');
    expect(problems).toEqual(['missing']);
    renameSync(elsewhere, file);
    await clock.advance(5_000);
    expect(problems).toEqual(['missing', null]);
    storage.accounts.save(sampleAccount());
  });

  it('says once that another program holds the file, and stores again after it', {
    timeout: 20_000,
  }, async () => {
    const other = new Libsql(file);
    other.exec('BEGIN IMMEDIATE');
    expect(thrownBy(() => storage.settings.change({ paused: true })).kind).toBe('busy');
    await clock.advance(20_000);
    expect(problems).toEqual(['busy']);
    other.exec('ROLLBACK');
    await clock.advance(5_000);
    expect(problems).toEqual(['busy', null]);
    storage.settings.change({ paused: true });
    expect(storage.settings.read().paused).toBe(true);
    other.close();
  });

  it.each([
    ['EIO', 'failing'],
    ['ESTALE', 'failing'],
    ['ENOTCONN', 'failing'],
    ['EACCES', 'read-only'],
  ])('on a drive that answers %s says so, and stores again after it', async (code, problem) => {
    statFailure.code = code;
    expect(thrownBy(() => storage.accounts.save(sampleAccount()))).toMatchObject({
      ...{ name: 'StorageError', kind: problem, code },
    });
    expect(thrownBy(() => storage.settings.change({ paused: true })).kind).toBe(problem);
    expect(problems).toEqual([problem]);
    statFailure.code = null;
    await clock.advance(5_000);
    expect(problems).toEqual([problem, null]);
    storage.accounts.save(sampleAccount());
  });

  it('takes a defect in one statement for nothing more', () => {
    const nobodys = sampleUpload({ accountId: 'nobody' });
    expect(thrownBy(() => storage.uploads.insert(nobodys)).kind).toBe('other');
    expect(problems).toEqual([]);
  });
});
