import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { sampleAccount } from '../../builders/account';
import { sampleJob } from '../../builders/job';
import { sampleUpload } from '../../builders/upload';

let folder: string;
let storage: Storage;

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
  storage = openStorage(join(folder, 'test.db'), silentFeed);
  for (const id of ['a1', 'a2']) storage.accounts.save(sampleAccount({ id }));
});
afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

it('a notice that a kill left in the middle is found as such at the next start', () => {
  const id = end('a1');
  storage.outbox.markTelling([id]);
  storage.close();
  storage = openStorage(join(folder, 'test.db'), silentFeed);
  expect(storage.outbox.untold()).toMatchObject([{ id, state: 'telling', workId: 'w' }]);
});

it('work counts as told once it was shown or may have been, for another account only', () => {
  const first = { id: end('a1'), workId: 'w' };
  const second = { id: end('a2'), workId: 'w' };
  expect(storage.outbox.isWorkTold(second)).toBe(false);
  storage.outbox.markTelling([first.id]);
  expect(storage.outbox.isWorkTold(second)).toBe(true);
  expect(storage.outbox.isWorkTold(first)).toBe(false);
  storage.outbox.markTold([first.id], 9, false);
  expect(storage.outbox.isWorkTold(second)).toBe(false);
  storage.outbox.markTold([first.id], 9, true);
  expect(storage.outbox.isWorkTold(second)).toBe(true);
});

it('an upload that stops again after it was told is told again', () => {
  upload();
  storage.uploads.fail('u1', why, 10);
  expect(storage.uploads.get('u1')).toMatchObject({ state: 'failed', problem: 'file-changed' });
  const [notice] = storage.outbox.untold();
  expect(notice).toMatchObject({ uploadId: 'u1', outcome: 'stopped', createdAtMs: 10 });
  storage.outbox.markTold([notice?.id ?? ''], 11, true);
  expect(storage.outbox.untold()).toEqual([]);
  storage.uploads.fail('u1', why, 20);
  expect(storage.outbox.untold()).toMatchObject([{ uploadId: 'u1', createdAtMs: 20 }]);
});

it('an upload that is gone can no longer stop', () => {
  storage.uploads.fail('gone', why, 10);
  expect(storage.outbox.untold()).toEqual([]);
});

it('what is about a removed account is not in the outbox any more', () => {
  end('a1');
  upload();
  storage.uploads.fail('u1', why, 10);
  storage.accounts.remove('a1');
  expect(storage.outbox.untold()).toEqual([]);
});
