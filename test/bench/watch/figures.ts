import type { Week } from './week';

/** What a way of polling cost, and how late it saw ends. */
export interface Figures {
  requests: number;
  meanDelayMs: number;
  p95DelayMs: number;
  /** The maximum in any sliding hour. */
  mostInAnHour: number;
}

const HOUR_MS = 60 * 60_000;

/**
 * Milliseconds between two times during which the machine was awake: nobody waits while it sleeps.
 */
function awakeMs({ sleeps }: Week, fromMs: number, untilMs: number): number {
  let asleepMs = 0;
  for (const sleep of sleeps) {
    const from = Math.max(sleep.fromMs, fromMs);
    const until = Math.min(sleep.untilMs, untilMs);
    if (until > from) asleepMs += until - from;
  }
  return untilMs - fromMs - asleepMs;
}

/** The figures from the times of all requests: the first request after a job's end sees it. */
export function figuresOf(week: Week, requestsAtMs: number[]): Figures {
  const ends = week.jobs.map((job) => job.endMs).sort((a, b) => a - b);
  const delays: number[] = [];
  let next = 0;
  for (const endMs of ends) {
    while (next < requestsAtMs.length && (requestsAtMs[next] ?? 0) < endMs) next += 1;
    const noticedMs = requestsAtMs[next] ?? week.endMs;
    if (endMs < week.endMs) delays.push(awakeMs(week, endMs, noticedMs));
  }
  delays.sort((a, b) => a - b);
  let mostInAnHour = 0;
  let first = 0;
  requestsAtMs.forEach((atMs, index) => {
    while ((requestsAtMs[first] ?? 0) <= atMs - HOUR_MS) first += 1;
    mostInAnHour = Math.max(mostInAnHour, index - first + 1);
  });
  return {
    requests: requestsAtMs.length,
    meanDelayMs: delays.reduce((sum, delay) => sum + delay, 0) / delays.length,
    p95DelayMs: delays[Math.floor(delays.length * 0.95)] ?? 0,
    mostInAnHour,
  };
}
