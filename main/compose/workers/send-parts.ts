import { parentPort, workerData } from 'node:worker_threads';
import { createPartClient } from '../../http/part-client';
import { trustAlso } from '../../http/trusted-certificates';
import { BandwidthLimiter } from '../../uploads/workers/bandwidth-limiter';
import type { SendRequest } from '../../uploads/workers/messages';
import { Sender } from '../../uploads/workers/sender';
import { systemClock } from '../system-clock';

const port = parentPort;
if (!port) throw new Error('this is the program of a worker');
const { userAgent } = workerData as { userAgent: string };
const client = createPartClient({
  userAgent,
  nowMs: Date.now,
  monotonicMs: systemClock.monotonicMs,
});
const limiter = new BandwidthLimiter(
  () => performance.now(),
  (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
);
const sender = new Sender(client, limiter, (answer) => port.postMessage(answer));
port.on('message', (request: SendRequest) => {
  if (request.do === 'trust') trustAlso(request.certificates);
  else sender.take(request);
});
