import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createDownloadClient } from '../../../main/http/download-client';
import { createPartClient } from '../../../main/http/part-client';
import { eventually } from '../../eventually';

const MINUTE_MS = 60_000;
const url = 'https://video.example/clip.mp4';

it.each(['download', 'upload'])(
  'another proxy is used by a %s within a minute, also after the clock was set back by hours',
  async (kind) => {
    const calls: Socket[] = [];
    const newProxy = createServer((socket) => calls.push(socket)).listen(0, '127.0.0.1');
    await once(newProxy, 'listening');
    // Nothing listens there.
    let proxy = 'PROXY 127.0.0.1:9';
    let nowMs = 600 * MINUTE_MS;
    let monotonicMs = 0;
    const clocks = { userAgent: 'test', nowMs: () => nowMs, monotonicMs: () => monotonicMs };
    const downloads = createDownloadClient({ ...clocks, resolveProxy: async () => proxy });
    const parts = createPartClient(clocks);
    const { signal } = new AbortController();
    const body = (async function* () {})();
    const send = () =>
      kind === 'download'
        ? downloads.open(url, null, signal)
        : parts.put({ url, proxy, body, sizeBytes: 0, contentMd5: null, signal });

    await expect(send()).rejects.toThrow();
    proxy = `PROXY 127.0.0.1:${(newProxy.address() as AddressInfo).port}`;
    nowMs -= 180 * MINUTE_MS;
    monotonicMs += 2 * MINUTE_MS;
    send().catch(() => {});
    await eventually(() => expect(calls).not.toEqual([]));

    downloads.resetConnections();
    parts.resetConnections();
    for (const socket of calls) socket.destroy();
    newProxy.close();
  },
);
