import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { UploadRemote } from '../../../main/domain/service';
import { createHttpClient } from '../../../main/services/http';
import { openStorage } from '../../../main/storage';
import { systemClock } from '../../../main/uploads/clock';
import { createUploadQueue } from '../../../main/uploads/queue';
import { measureUpload } from './client';

/** The app's engine as the app puts it together, with a service that lives in this process. */
await measureUpload(async ({ filePath, targetUrl, folder, md5Hexes }) => {
  const storage = openStorage(join(mkdtempSync(join(folder, 'engine-')), 'cliptray.db'));
  const http = createHttpClient({ userAgent: 'cliptray-bench', nowMs: Date.now });
  storage.accounts.save({
    id: 'account',
    service: 'autoposting',
    name: 'Benchmark',
    keyHeader: 'bearer',
    keyPlace: 'session',
    brands: [],
    brandId: null,
    addedAtMs: Date.now(),
  });
  const remote: UploadRemote = {
    start: async () => ({ clipId: 'clip', uploadId: 'upload', key: 'key' }),
    sign: async (_upload, partNumbers) =>
      partNumbers.map((partNumber) => ({
        partNumber,
        url: `${targetUrl}/key?partNumber=${partNumber}&etag=${md5Hexes[partNumber - 1]}`,
      })),
    complete: async () => {},
    abort: async () => {},
    isComplete: async () => false,
  };
  return () =>
    new Promise((resolve, reject) => {
      const queue = createUploadQueue({
        store: storage.uploads,
        sender: http,
        remoteFor: () => remote,
        clock: systemClock,
        random: Math.random,
        listener: {
          changed: (id) => {
            const state = storage.uploads.get(id)?.state;
            if (state === 'sent') resolve();
            if (state === 'failed') reject(new Error(`${storage.uploads.get(id)?.problem}`));
          },
          progressed: () => {},
          log: (_id, text) => {
            // A part sent twice, such as after a wrong checksum, would spoil the figures.
            if (text.includes('again in')) reject(new Error(text));
          },
        },
      });
      queue.start();
      queue.add(filePath, { accountId: 'account', brandId: 'brand' }).then(({ outcome }) => {
        if (outcome !== 'added') reject(new Error(outcome));
      }, reject);
    });
});
