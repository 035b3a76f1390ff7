import type { DurationDistribution } from './duration-model';

/** Jobs with the same distribution and nearly the same age, last seen active at the same time. */
interface Group {
  distribution: DurationDistribution;
  startedAtMs: number;
  activeAtMs: number;
  count: number;
}

/** Ages that differ by less than 3 % count as the same: a thousand jobs become a few dozen groups. */
const AGE_STEP = 0.03;
const AGE_CLASSES = 1024;

/** Times are found to this precision. */
const PRECISION_MS = 100;

/** A group with its survival at `activeAtMs`, which does not depend on when the request is sent. */
interface PreparedGroup extends Group {
  aliveThen: number;
  livedThen: number;
}

/**
 * The expected detection delay of a request that is sent at a certain time: how long ends will then have
 * gone undetected, summed over the jobs that the request covers. For each job that is the integral of
 * the probability that it has ended, given that it was active at the last answer.
 */
export class DetectionDelay {
  readonly #groups = new Map<DurationDistribution, Map<number, Group>>();
  #arrivalRate: { distribution: DurationDistribution; perMs: number; sinceMs: number } | null =
    null;

  /** Adds a job that was last seen active at `activeAtMs`. */
  addJob(distribution: DurationDistribution, startedAtMs: number, activeAtMs: number): void {
    let groups = this.#groups.get(distribution);
    if (!groups) {
      groups = new Map();
      this.#groups.set(distribution, groups);
    }
    const ageMs = Math.max(1, activeAtMs - startedAtMs);
    const key = activeAtMs * AGE_CLASSES + Math.round(Math.log(ageMs) / AGE_STEP);
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { distribution, startedAtMs, activeAtMs, count: 1 });
  }

  /** Adds the unknown jobs that are expected to have appeared, at this rate, since `sinceMs`. */
  addArrivalRate(distribution: DurationDistribution, perMs: number, sinceMs: number): void {
    this.#arrivalRate = { distribution, perMs, sinceMs };
  }

  /**
   * When the delay reaches `priceMs`, between two bounds. For ends at a steady rate r the wait is
   * sqrt(2 price / r), which needs the fewest requests for the same mean delay.
   */
  whenReaches(priceMs: number, earliestMs: number, latestMs: number): number {
    const groups = [...this.#groups.values()].flatMap((byAge) => [...byAge.values()].map(prepare));
    const isReached = (atMs: number) => this.#delayMs(groups, atMs) >= priceMs;
    if (latestMs <= earliestMs || isReached(earliestMs)) return earliestMs;
    if (!isReached(latestMs)) return latestMs;
    let low = earliestMs;
    let high = latestMs;
    while (high - low > PRECISION_MS) {
      const middle = (low + high) / 2;
      if (isReached(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  #delayMs(groups: PreparedGroup[], atMs: number): number {
    let total = 0;
    for (const group of groups) {
      const { survival, unitMs } = group.distribution;
      const waitedMs = atMs - group.activeAtMs;
      if (waitedMs <= 0) continue;
      const lived = survival.lived((atMs - group.startedAtMs) / unitMs) - group.livedThen;
      total += group.count * (waitedMs - (unitMs * lived) / group.aliveThen);
    }
    if (this.#arrivalRate === null) return total;
    const { distribution, perMs, sinceMs } = this.#arrivalRate;
    const { survival, unitMs } = distribution;
    const waited = Math.max(0, atMs - sinceMs) / unitMs;
    const delay = waited ** 2 / 2 - survival.livedTwice(waited);
    return total + perMs * unitMs ** 2 * delay;
  }
}

function prepare(group: Group): PreparedGroup {
  const { survival, unitMs } = group.distribution;
  const age = Math.max(0, group.activeAtMs - group.startedAtMs) / unitMs;
  return { ...group, aliveThen: survival.alive(age), livedThen: survival.lived(age) };
}
