import type { DurationDistribution } from './duration-model';

/** Jobs of the same law and nearly the same age, which were alive at the same look. */
interface Group {
  law: DurationDistribution;
  startedAtMs: number;
  aliveAtMs: number;
  count: number;
}

/** Ages that differ by less than 3 % are one: a thousand jobs become a few dozen groups. */
const AGE_STEP = 0.03;
const AGE_CLASSES = 1024;

/** A due time is found to this precision. */
const PRECISION_MS = 100;

/** A group, with what is the same for every time that is asked about. */
interface Load extends Group {
  aliveThen: number;
  livedThen: number;
}

/**
 * The expected time, summed over jobs, that ends go unnoticed if nobody looks before a certain time:
 * for each job the integral of the chance that it has ended, given that it was alive at the last look.
 */
export class DetectionDelay {
  readonly #groups = new Map<DurationDistribution, Map<number, Group>>();
  #arrivals: { law: DurationDistribution; perMs: number; sinceMs: number } | null = null;

  /** A job that was alive at `aliveAtMs`. */
  addJob(law: DurationDistribution, startedAtMs: number, aliveAtMs: number): void {
    let groups = this.#groups.get(law);
    if (!groups) {
      groups = new Map();
      this.#groups.set(law, groups);
    }
    const ageMs = Math.max(1, aliveAtMs - startedAtMs);
    const key = aliveAtMs * AGE_CLASSES + Math.round(Math.log(ageMs) / AGE_STEP);
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { law, startedAtMs, aliveAtMs, count: 1 });
  }

  /** Jobs that nobody knows of yet, which appear `perMs` since `sinceMs`. */
  addArrivals(law: DurationDistribution, perMs: number, sinceMs: number): void {
    this.#arrivals = { law, perMs, sinceMs };
  }

  /**
   * When the expected unnoticed time reaches `priceMs`, between two bounds. For ends that come at a
   * steady rate r this is the wait of sqrt(2 price / r), which makes the fewest requests for their
   * mean delay.
   */
  reaches(priceMs: number, earliestMs: number, latestMs: number): number {
    const loads = [...this.#groups.values()].flatMap((groups) => [...groups.values()].map(loadOf));
    const isReached = (atMs: number) => this.#total(loads, atMs) >= priceMs;
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

  #total(loads: Load[], atMs: number): number {
    let total = 0;
    for (const load of loads) {
      const { survival, unitMs } = load.law;
      const waitedMs = atMs - load.aliveAtMs;
      if (waitedMs <= 0) continue;
      const lived = survival.lived((atMs - load.startedAtMs) / unitMs) - load.livedThen;
      total += load.count * (waitedMs - (unitMs * lived) / load.aliveThen);
    }
    if (this.#arrivals === null) return total;
    const { law, perMs, sinceMs } = this.#arrivals;
    const waited = Math.max(0, atMs - sinceMs) / law.unitMs;
    const unnoticed = waited ** 2 / 2 - law.survival.livedTwice(waited);
    return total + perMs * law.unitMs ** 2 * unnoticed;
  }
}

function loadOf(group: Group): Load {
  const { survival, unitMs } = group.law;
  const age = Math.max(0, group.aliveAtMs - group.startedAtMs) / unitMs;
  return { ...group, aliveThen: survival.alive(age), livedThen: survival.lived(age) };
}
