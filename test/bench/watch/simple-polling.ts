import type { Week } from './week';

/** Work that is started elsewhere is found by polling this often. */
const DISCOVERY_MS = 60_000;

/**
 * The wait after a request, from what it showed; `since` counts requests since a job became known.
 */
type Wait = (known: { active: number; since: number }) => number;

/** Every `intervalMs`, round the clock. */
export const always =
  (intervalMs: number): Wait =>
  () =>
    intervalMs;

/** Every `intervalMs` while something is known to run, else every minute to find new work. */
export const whileActive =
  (intervalMs: number): Wait =>
  ({ active }) =>
    active > 0 ? intervalMs : DISCOVERY_MS;

/** From 2 s after a job became known, doubling to a minute. */
export const backingOff: Wait = ({ active, since }) =>
  active > 0 ? Math.min(DISCOVERY_MS, 2000 * 2 ** Math.min(since, 10)) : DISCOVERY_MS;

/**
 * When a simple way of polling sends its requests. A job that was started here is known at once,
 * any other from the first request that shows it. Nothing is sent while the machine sleeps; after a
 * wake the next request is sent at once.
 */
export function requestTimes(week: Week, wait: Wait): number[] {
  const times: number[] = [];
  const active = new Map<string, number>();
  let nextJob = 0;
  const unknown: Week['jobs'] = [];
  let nextSleep = 0;
  let since = 0;
  let nextMs = week.startMs;
  while (nextMs < week.endMs) {
    const sleep = week.sleeps[nextSleep];
    const job = week.jobs[nextJob];
    if (sleep && sleep.fromMs <= nextMs && (!job || sleep.fromMs <= job.startMs)) {
      nextSleep += 1;
      nextMs = sleep.untilMs;
      continue;
    }
    if (job && job.startMs < nextMs) {
      nextJob += 1;
      if (!job.isOwn) unknown.push(job);
      else {
        active.set(job.id, job.endMs);
        since = 0;
        nextMs = Math.min(nextMs, job.startMs + wait({ active: active.size, since }));
      }
      continue;
    }
    times.push(nextMs);
    since += 1;
    for (const found of unknown.splice(0)) {
      active.set(found.id, found.endMs);
      since = 0;
    }
    for (const [id, endMs] of active) if (endMs <= nextMs) active.delete(id);
    nextMs += wait({ active: active.size, since });
  }
  return times;
}
