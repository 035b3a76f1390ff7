// Loaded before the uploader, in each of its threads: a wall clock that somebody moves. How far it
// is off, in milliseconds, stands in a file of eight bytes. Timers go on as ever, as they do when
// a real clock is set.
import { openSync, readSync } from 'node:fs';
import { CLOCK_VARIABLE } from './names';

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
