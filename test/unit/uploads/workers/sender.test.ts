import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { BandwidthLimiter } from '../../../../main/uploads/workers/bandwidth-limiter';
import type { SendAnswer } from '../../../../main/uploads/workers/messages';
import { Sender } from '../../../../main/uploads/workers/sender';

const KIB = 1024;
const SLOW_MS = 60;
const FAST_MS = 5;

const folder = mkdtempSync(join(tmpdir(), 'cliptray-sender-'));

afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Sends a file over a link that takes this long for each of its pieces, and returns what arrived.
 */
async function send(bytes: Buffer, tookMs: (piece: number) => number): Promise<Buffer[]> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const path = join(folder, 'video.mp4');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  const pieces: Buffer[] = [];
  const answered = new Promise<SendAnswer>((resolve) => {
    const client = {
      resetConnections: () => {},
      breakConnectionsFrom: () => {},
      put: async ({ body }: { body: AsyncIterable<Uint8Array> }) => {
        for await (const piece of body) {
          pieces.push(Buffer.from(piece));
          vi.advanceTimersByTime(tookMs(pieces.length));
        }
        return {
          status: 200,
          etag: '"etag"',
          code: null,
          retryAtMs: null,
          isPage: false,
          redirectUrl: null,
        };
      },
    };
    const limiter = new BandwidthLimiter(
      () => performance.now(),
      async () => {},
    );
    const sender = new Sender(client, limiter, (answer) => {
      if (!('moved' in answer)) resolve(answer);
    });
    const part = { fd, offsetBytes: 0, sizeBytes: bytes.length, md5Hex: null };
    sender.take({ do: 'send', id: 1, url: 'http://127.0.0.1/', proxy: null, ...part });
  });
  await answered;
  closeSync(fd);
  return pieces;
}

const sizes = (pieces: Buffer[]): number[] => pieces.map(({ length }) => length / KIB);

it('a fast link gets larger pieces, and what arrives is the file', async () => {
  const bytes = randomBytes(2048 * KIB);
  const pieces = await send(bytes, () => FAST_MS);
  expect(sizes(pieces)).toEqual([64, 256, 512, 512, 512, 192]);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
});

it('a slow link gets small pieces, or a part that moves would look stalled', async () => {
  const pieces = await send(randomBytes(256 * KIB), () => SLOW_MS);
  expect(sizes(pieces)).toEqual([64, 64, 64, 64]);
});

it('a slow link whose first bytes the system buffers gets no large piece either', async () => {
  const pieces = await send(randomBytes(512 * KIB), (piece) => (piece === 1 ? FAST_MS : SLOW_MS));
  expect(sizes(pieces)).toEqual([64, 256, 64, 64, 64]);
});
