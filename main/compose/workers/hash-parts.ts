import { parentPort } from 'node:worker_threads';
import { Hasher } from '../../uploads/workers/hasher';
import type { HashRequest } from '../../uploads/workers/messages';

const port = parentPort;
if (!port) throw new Error('this is the program of a worker');
const hasher = new Hasher((answer) => port.postMessage(answer));
port.on('message', (request: HashRequest) => hasher.take(request));
