// Loaded before the uploader, in the main thread and in its workers: a wall clock that the test
// moves. A file of eight bytes says by how many milliseconds. Timers are not affected, just as when a
// real clock is set.
import { openSync, readSync } from 'node:fs';
import { CLOCK_VARIABLE } from './messages';

const RealDate = Date;
const file = openSync(process.env[CLOCK_VARIABLE] ?? '', 'r');
const bytes = Buffer.alloc(8);

function nowMs(): number {
  readSync(file, bytes, 0, bytes.length, 0);
  return RealDate.now() + Number(bytes.readBigInt64LE());
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: []) => (args.length === 0 ? new target(nowMs()) : new target(...args)),
  get: (target, name) => (name === 'now' ? nowMs : Reflect.get(target, name)),
});
