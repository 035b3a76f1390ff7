import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../main/domain/storage-error';
import { silentFeed } from '../../../main/events';
import { openStorage } from '../../../main/storage';
import { backUp, backupsOf } from '../../../main/storage/backup';
import { openDatabase } from '../../../main/storage/database';
import { migrate } from '../../../main/storage/migrations';
import { initial } from '../../../main/storage/migrations/001-initial';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cliptray-backup 'é-"));
  file = join(folder, 'cliptray.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A file of the first version, whose one setting is only in its WAL. */
function makeOldFile(): Libsql.Database {
  const old = new Libsql(file);
  old.exec('PRAGMA journal_mode = WAL');
  old.exec(initial);
  old.exec('PRAGMA user_version = 1');
  old.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  old.exec(`INSERT INTO settings VALUES ('theme', '"dark"')`);
  return old;
}

const copies = () => backupsOf(file);
const content = (path: string) => {
  const database = new Libsql(path);
  const { user_version: schema } = database.prepare('PRAGMA user_version').get() as {
    user_version: number;
  };
  const theme = database.prepare(`SELECT value_json FROM settings WHERE name = 'theme'`).get();
  const integrity = database.prepare('PRAGMA integrity_check').get();
  database.close();
  return { schema, theme, integrity };
};

function thrownBy(work: () => unknown): StorageError {
  try {
    work();
  } catch (error) {
    return error as StorageError;
  }
  throw new Error('nothing was thrown');
}

describe('before a migration', () => {
  it('a copy of everything is made, also of what is only in the WAL', () => {
    const old = makeOldFile();
    openDatabase(file).close();
    old.close();
    expect(copies()).toHaveLength(1);
    const [copy = ''] = copies();
    expect(copy).toMatch(/cliptray-schema-1-20\d\d-\d\d-\d\dT[\d-]+Z\.db$/);
    expect(content(copy)).toMatchObject({
      schema: 1,
      theme: { value_json: '"dark"' },
      integrity: { integrity_check: 'ok' },
    });
    expect(content(file)).toMatchObject({ theme: { value_json: '"dark"' } });
  });

  it.skipIf(process.platform === 'win32')('the copy is as private as the keys deserve', () => {
    makeOldFile().close();
    openDatabase(file).close();
    const [copy = ''] = copies();
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(copy)).mode & 0o777).toBe(0o700);
  });

  it('no copy is made at the first start, nor when there is nothing to update', () => {
    openDatabase(file).close();
    openDatabase(file).close();
    openStorage(file, silentFeed, silentLogger, '0.1.0').close();
    expect(readdirSync(folder)).not.toContain('backups');
  });

  it('only the latest copies are kept, and nothing else is touched', () => {
    const database = openDatabase(file);
    mkdirSync(join(folder, 'backups'));
    const others = ['notes.txt', 'other-schema-1-2020-01-01T00-00-00-000Z.db'];
    for (const name of others) writeFileSync(join(folder, 'backups', name), '');
    const old = ['10-2021', '9-2022', '2-2023', '3-2024'].map(
      (name) => `cliptray-schema-${name}-01-01T00-00-00-000Z.db`,
    );
    for (const name of old) writeFileSync(join(folder, 'backups', name), '');
    const latest = backUp(database, file, 20);
    database.close();
    expect(copies()).toEqual([
      latest,
      join(folder, 'backups', old[3] ?? ''),
      join(folder, 'backups', old[2] ?? ''),
    ]);
    expect(readdirSync(join(folder, 'backups'))).toEqual(expect.arrayContaining(others));
  });

  it('a copy that was interrupted does not pass for one, and is deleted by the next', () => {
    const database = openDatabase(file);
    mkdirSync(join(folder, 'backups'));
    const half = `cliptray-schema-6-2026-01-01T00-00-00-000Z.db.partial`;
    for (const ending of ['', '-journal']) {
      writeFileSync(join(folder, 'backups', `${half}${ending}`), 'half');
    }
    expect(copies()).toEqual([]);
    const whole = backUp(database, file, 7);
    database.close();
    expect(readdirSync(join(folder, 'backups'))).toEqual([
      whole.slice(join(folder, 'backups').length + 1),
    ]);
  });

  it('nothing is updated when the copy cannot be made', () => {
    makeOldFile().close();
    // In the place of the folder for the copies.
    writeFileSync(join(folder, 'backups'), '');
    const error = thrownBy(() => openDatabase(file));
    expect(error).toMatchObject({ name: 'StorageError', during: 'backup', copy: null });
    expect(content(file)).toMatchObject({ schema: 1, theme: { value_json: '"dark"' } });
    expect(readFileSync(join(folder, 'backups'), 'utf8')).toBe('');
  });
});

describe('a migration that fails', () => {
  /** Runs these migrations on a file of the first version. */
  function migrateOld(...migrations: Parameters<typeof migrate>[2] & object): StorageError {
    makeOldFile().close();
    const database = openDatabase(file);
    database.script('PRAGMA user_version = 1');
    const make = () => {
      const path = join(folder, 'copy.db');
      writeFileSync(path, '');
      return path;
    };
    const discard = (path: string) => rmSync(path);
    const error = thrownBy(() => migrate(database, { make, discard }, [initial, ...migrations]));
    database.close();
    return error;
  }

  it('leaves the file as it was, as a whole, and says where the copy is', () => {
    const error = migrateOld(`INSERT INTO settings VALUES ('first', '1')`, (database) => {
      database.run(`INSERT INTO settings VALUES ('second', '1')`);
      throw new TypeError('no such thing');
    });
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      kind: 'other',
      during: 'migration',
      copy: join(folder, 'copy.db'),
    });
    expect(error.message).toContain('no such thing');
    const database = new Libsql(file);
    expect(database.prepare('SELECT name FROM settings').all()).toMatchObject([{ name: 'theme' }]);
    expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
    database.close();
  });

  it('for want of space leaves no copy behind that takes the rest of it', () => {
    const error = migrateOld((database) => {
      const { page_count: pages } = database.get('PRAGMA page_count') ?? {};
      database.script(`PRAGMA max_page_count = ${Number(pages)}`);
      database.run(`INSERT INTO settings VALUES ('long', ?)`, 'x'.repeat(1_000_000));
    });
    expect(error).toMatchObject({ kind: 'full', during: 'migration', copy: null });
    expect(readdirSync(folder)).not.toContain('copy.db');
  });
});

describe('a file that cannot be used', () => {
  it('of a newer version is left as it is, and names that version if it is stored', () => {
    const storage = openStorage(file, silentFeed, silentLogger, '2.4.0');
    storage.accounts.save(sampleAccount());
    storage.close();
    const newer = new Libsql(file);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    const error = thrownBy(() => openStorage(file, silentFeed, silentLogger, '1.0.0'));
    expect(error).toMatchObject({ kind: 'newer', writtenBy: '2.4.0', copy: null });
    expect(error.message).toContain('schema 999');
    const after = new Libsql(file);
    expect(after.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 999 });
    expect(after.prepare('SELECT id FROM accounts').all()).toHaveLength(1);
    after.close();
    expect(readdirSync(folder)).not.toContain('backups');
  });

  it('of a newer version that stores nothing of the kind is refused all the same', () => {
    const newer = new Libsql(file);
    newer.exec('CREATE TABLE other (id)');
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    const error = thrownBy(() => openStorage(file, silentFeed, silentLogger, '1.0.0'));
    expect(error).toMatchObject({ kind: 'newer', writtenBy: null });
  });

  it('because it is damaged names the latest copy', () => {
    makeOldFile().close();
    openDatabase(file).close();
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    writeFileSync(file, 'damaged '.repeat(1000));
    expect(thrownBy(() => openDatabase(file))).toMatchObject({
      kind: 'damaged',
      copy: copies()[0],
    });
  });
});
