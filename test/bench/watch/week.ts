import { seededRandom } from '../../simulator/random';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A job of the simulated week. */
export interface WeekJob {
  id: string;
  startMs: number;
  endMs: number;
  /** Started by this app, which knows of it at once; otherwise by somebody elsewhere. */
  isOwn: boolean;
}

export interface Sleep {
  fromMs: number;
  untilMs: number;
}

export interface Week {
  startMs: number;
  endMs: number;
  /** In the order of their start. */
  jobs: WeekJob[];
  /** In order, without overlap. */
  sleeps: Sleep[];
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Log-normal: the extremes, 20 s and 40 min, are two standard deviations from the median. */
function durationMs(random: () => number): number {
  const shortest = 20 * SECOND_MS;
  const longest = 40 * MINUTE_MS;
  const middle = Math.log(shortest * longest) / 2;
  const deviation = Math.log(longest / shortest) / 4;
  for (;;) {
    const duration = Math.exp(middle + deviation * normal(random));
    if (duration >= shortest && duration <= longest) return Math.round(duration);
  }
}

/** 3 to 60 jobs; small bursts are more frequent than large ones. */
const burstSize = (random: () => number) => Math.round(3 * 20 ** random());

/** Bursts a day, from Monday on: work on five days, some on Saturday, little on Sunday. */
const BURSTS = [8, 8, 8, 8, 8, 3, 1];

/**
 * A day's sleeps: half of the nights, and one to three times during the day, with the lid closed.
 */
function sleepsOf(dayMs: number, random: () => number): Sleep[] {
  const sleeps: Sleep[] = [];
  if (random() < 0.5) {
    sleeps.push({ fromMs: dayMs, untilMs: dayMs + (7 + random()) * HOUR_MS });
  }
  const naps = 1 + Math.floor(3 * random());
  for (let nap = 0; nap < naps; nap += 1) {
    const fromMs = dayMs + (9 + 13 * ((nap + random()) / naps)) * HOUR_MS;
    sleeps.push({ fromMs, untilMs: fromMs + (10 + 50 * random()) * MINUTE_MS });
  }
  return sleeps;
}

/** Pushes sleeps apart where they overlap. */
function apart(sleeps: Sleep[]): Sleep[] {
  const result: Sleep[] = [];
  for (const { fromMs, untilMs } of sleeps) {
    const start = Math.max(Math.round(fromMs), (result.at(-1)?.untilMs ?? 0) + MINUTE_MS);
    if (untilMs > start + MINUTE_MS) result.push({ fromMs: start, untilMs: Math.round(untilMs) });
  }
  return result;
}

/**
 * A week of work: bursts of 3 to 60 jobs by day, idle nights, a laptop that sleeps at times. Half
 * of the bursts are started here and half elsewhere, where the laptop's sleep does not matter.
 */
export function makeWeek(seed: number): Week {
  const random = seededRandom(seed);
  const startMs = new Date(2026, 5, 1).getTime();
  const jobs: WeekJob[] = [];
  const sleeps = apart(BURSTS.flatMap((_, day) => sleepsOf(startMs + day * DAY_MS, random)));
  const wakeAfter = (atMs: number) =>
    sleeps.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)?.untilMs ?? atMs;
  BURSTS.forEach((bursts, day) => {
    for (let burst = 0; burst < bursts; burst += 1) {
      const isOwn = random() < 0.5;
      let atMs = startMs + day * DAY_MS + (9 + 10 * random()) * HOUR_MS;
      for (let left = burstSize(random); left > 0; left -= 1) {
        atMs += random() * 10 * SECOND_MS;
        if (isOwn) atMs = wakeAfter(atMs);
        const start = Math.round(atMs);
        const endMs = start + durationMs(random);
        jobs.push({ id: `job-${day}-${burst}-${left}`, startMs: start, endMs, isOwn });
      }
    }
  });
  jobs.sort((a, b) => a.startMs - b.startMs);
  return { startMs, endMs: startMs + 7 * DAY_MS, jobs, sleeps };
}
