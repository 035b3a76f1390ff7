import { uptime } from 'node:os';
import type { Clock } from '../domain/clock';

/** The machine's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  // `performance.now` stands still while Linux sleeps; the time since the machine's start does not.
  // https://github.com/libuv/libuv/pull/2796
  monotonicMs: () => uptime() * 1000,
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
