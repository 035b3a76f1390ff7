import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createPartWorkers,
  type RunningPartWorkers,
} from '../../../../main/uploads/workers/part-workers';
import { failureOf, startServer, type TestServer } from '../../http/server';
import { startWorker } from '../worker';

const folder = mkdtempSync(join(tmpdir(), 'cliptray-workers-'));
let fd: number;
let server: TestServer;
let workers: RunningPartWorkers;
let answers: (() => void)[] = [];

beforeAll(async () => {
  writeFileSync(join(folder, 'video.mp4'), Buffer.alloc(64 * 1024));
  fd = openSync(join(folder, 'video.mp4'), 'r');
  server = await startServer();
  server.answer = (_request, response) => {
    answers.push(() => response.writeHead(200, { etag: '"abc"' }).end());
  };
  workers = createPartWorkers({ startWorker, resolveProxy: async () => null });
});
afterAll(async () => {
  await workers.close();
  await server.close();
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

const send = () =>
  workers.send({
    ...{ url: `${server.url}/p`, fd, offsetBytes: 0, sizeBytes: 64 * 1024, md5Hex: null },
    ...{ signal: new AbortController().signal, onMoved: () => {} },
  });

it('a part stays on its way when an address goes that it does not come from, and only then', async () => {
  const kept = send();
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(1);
  workers.breakConnectionsFrom(['172.17.0.1', 'fe80::fc:ff:fe00:1']);
  answers[0]?.();
  expect(await kept).toMatchObject({ status: 200, etag: '"abc"' });

  answers = [];
  const broken = failureOf(send());
  await expect.poll(() => answers.length).toBe(1);
  workers.breakConnectionsFrom(['127.0.0.1']);
  expect((await broken).problem).toBe('unreachable');
}, 20_000);
