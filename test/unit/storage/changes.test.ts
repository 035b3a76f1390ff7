import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ChangeName, createChangeFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';

let folder: string;
let storage: Storage;
const heard: ChangeName[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-changes-'));
  const feed = createChangeFeed({ error: vi.fn() });
  storage = openStorage(join(folder, 'test.db'), feed, silentLogger);
  storage.accounts.save(sampleAccount());
  for (const name of ['jobs', 'uploads', 'downloads', 'accounts', 'settings', 'outbox'] as const) {
    feed.on(name, () => heard.push(name));
  }
  heard.length = 0;
});

afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

it('emits each change of an upload once it is committed, and not before', () => {
  const upload = sampleUpload({ accountId: sampleAccount().id });
  storage.uploads.together(() => {
    storage.uploads.insert(upload);
    storage.uploads.update(upload.id, { state: 'paused' });
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['uploads', 'uploads']);
});

it('emits nothing for a change that was rolled back', () => {
  const upload = sampleUpload({ accountId: sampleAccount().id });
  expect(() =>
    storage.uploads.together(() => {
      storage.uploads.insert(upload);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(heard).toEqual([]);
  expect(storage.uploads.list()).toEqual([]);
});

it('emits that the outbox has a notification when an upload has stopped', () => {
  const upload = sampleUpload({ accountId: sampleAccount().id });
  storage.uploads.insert(upload);
  heard.length = 0;
  storage.uploads.fail(upload.id, { problem: 'file-changed', remoteText: null }, 1);
  expect(heard).toEqual(['uploads', 'outbox']);
});

it('emits changes of settings and accounts', () => {
  storage.settings.change({ theme: 'dark' });
  storage.accounts.remove(sampleAccount().id);
  expect(heard).toEqual(['settings', 'accounts']);
});
