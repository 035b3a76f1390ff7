import { expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/compose/system-clock';
import { addUpload } from '../../../main/uploads/add-upload';
import type { UploadQueueDeps } from '../../../main/uploads/deps';
import { UploadFailure } from '../../../main/uploads/failure';
import { MemoryStore } from './memory-store';

vi.mock(import('../../../main/uploads/file-check'), async (original) => ({
  ...(await original()),
  // A file that was empty, and is gone a moment later: nothing is at its path.
  checkFile: async () => {
    throw new UploadFailure('file-empty');
  },
}));

it('a recording that disappears while it is looked at is refused, and the other dropped files are added', async () => {
  const deps = {
    store: new MemoryStore(),
    clock: systemClock,
    writers: { has: async () => true },
  } as unknown as UploadQueueDeps;
  const target = { accountId: 'account-1', brandId: 'brand-1' };
  expect(await addUpload(deps, '/nowhere/gone-at-once.mp4', target)).toEqual({
    outcome: 'refused',
    problem: 'file-missing',
  });
});
