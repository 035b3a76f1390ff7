import type { ArrivalCount } from '../domain/duration-statistics';

const HOUR_MS = 60 * 60_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/** Between lists further apart than this there was no polling: the machine slept, or was offline. */
const MAX_GAP_MS = 15 * 60_000;

/** Each hour of the week remembers about this many weeks. */
const WEEKS_KEPT = 4;

/** Assumed before anything is known: one job in two hours, with the weight of one hour of polling. */
const PRIOR_PER_HOUR = 0.5;
const PRIOR_HOURS = 1;

/** How much the hour before or after says about an hour, and the same hour of another day. */
const ADJACENT_WEIGHT = 0.5;
const OTHER_DAY_WEIGHT = 0.4;

/** Hour of the week by local time: 0 is Monday 00:00 to 01:00. */
export function hourOfWeek(atMs: number): number {
  const date = new Date(atMs);
  return ((date.getDay() + 6) % 7) * DAY_HOURS + date.getHours();
}

/** How often work that was not started here appears at an account, by hour of the week. */
export class ArrivalRate {
  readonly #jobs = new Float64Array(WEEK_HOURS);
  readonly #hours = new Float64Array(WEEK_HOURS);
  readonly #unsaved = new Set<number>();

  constructor(counts: Iterable<ArrivalCount>) {
    for (const { hourOfWeek: hour, jobs, hours } of counts) {
      if (!Number.isInteger(hour) || hour < 0 || hour >= WEEK_HOURS) continue;
      this.#jobs[hour] = jobs;
      this.#hours[hour] = hours;
    }
  }

  /**
   * Counts the jobs that appeared between two lists. True when the counts should be saved now: a job was
   * counted, or an hour is over.
   */
  count(jobs: number, fromMs: number, untilMs: number): boolean {
    const gapMs = untilMs - fromMs;
    if (gapMs <= 0 || gapMs > MAX_GAP_MS) return false;
    const hour = hourOfWeek(untilMs);
    const isNewHour = this.#unsaved.size > 0 && !this.#unsaved.has(hour);
    this.#jobs[hour] = (this.#jobs[hour] ?? 0) + jobs;
    this.#hours[hour] = (this.#hours[hour] ?? 0) + gapMs / HOUR_MS;
    const kept = Math.min(1, WEEKS_KEPT / (this.#hours[hour] ?? 1));
    this.#jobs[hour] = (this.#jobs[hour] ?? 0) * kept;
    this.#hours[hour] = (this.#hours[hour] ?? 0) * kept;
    this.#unsaved.add(hour);
    return jobs > 0 || isNewHour;
  }

  /** The counts of the hours that have changed since the last call. */
  takeUnsaved(): ArrivalCount[] {
    const counts = [...this.#unsaved].map((hour) => ({
      hourOfWeek: hour,
      jobs: this.#jobs[hour] ?? 0,
      hours: this.#hours[hour] ?? 0,
    }));
    this.#unsaved.clear();
    return counts;
  }

  /**
   * Expected jobs per millisecond: from this hour of the week, the hours around it and the same hour of
   * other days; from the account's overall mean where these have little data.
   */
  perMs(nowMs: number): number {
    const now = hourOfWeek(nowMs);
    let jobs = 0;
    let hours = 0;
    let allJobs = PRIOR_PER_HOUR * PRIOR_HOURS;
    let allHours = PRIOR_HOURS;
    for (let hour = 0; hour < WEEK_HOURS; hour += 1) {
      const counted = this.#hours[hour] ?? 0;
      if (counted === 0) continue;
      const seen = this.#jobs[hour] ?? 0;
      const weight = similarity(now, hour);
      jobs += weight * seen;
      hours += weight * counted;
      allJobs += seen;
      allHours += counted;
    }
    const perHour = (jobs + (PRIOR_HOURS * allJobs) / allHours) / (hours + PRIOR_HOURS);
    return perHour / HOUR_MS;
  }
}

/** How much one hour of the week says about another, from 0 to 1. */
function similarity(hour: number, other: number): number {
  const apart = Math.abs(hour - other);
  const ofDay = apart % DAY_HOURS;
  const hoursOfDay = Math.min(ofDay, DAY_HOURS - ofDay);
  if (hoursOfDay > 2) return 0;
  const hoursOfWeek = Math.min(apart, WEEK_HOURS - apart);
  return ADJACENT_WEIGHT ** hoursOfDay * (hoursOfWeek === hoursOfDay ? 1 : OTHER_DAY_WEIGHT);
}
