import { parentPort, workerData } from 'node:worker_threads';
import { createPartClient } from '../services/part';
import { RateLimit } from '../uploads/threads/limit';
import type { SendRequest } from '../uploads/threads/messages';
import { Sender } from '../uploads/threads/sender';

const port = parentPort;
if (!port) throw new Error('this is the program of a thread');
const { userAgent } = workerData as { userAgent: string };
/** Each part brings along what the system says of its origin: only Electron's main thread can ask. */
const proxies = new Map<string, string | null>();
/** A service could name a new storage host each time. */
const MOST_ORIGINS = 32;

function remember(origin: string, proxy: string | null): void {
  proxies.delete(origin);
  const [oldest] = proxies.keys();
  if (oldest !== undefined && proxies.size >= MOST_ORIGINS) proxies.delete(oldest);
  proxies.set(origin, proxy);
}

const client = createPartClient({
  userAgent,
  nowMs: Date.now,
  resolveProxy: async (origin) => proxies.get(origin) ?? null,
});
const limit = new RateLimit(
  () => performance.now(),
  (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
);
const sender = new Sender(client, limit, (answer) => port.postMessage(answer));
port.on('message', (request: SendRequest) => {
  if (request.do === 'send' && URL.canParse(request.url)) {
    remember(new URL(request.url).origin, request.proxy);
  }
  sender.take(request);
});
