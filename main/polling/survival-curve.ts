// How likely a job is to be still running at a certain age: the poll plan and the time left use it.

/** Bins are this wide on a logarithmic scale: each begins 22 % after the one before. */
const BIN_WIDTH = 0.2;

/** The smallest share of jobs still running, so that nothing is divided by zero at extreme ages. */
const MIN_ALIVE = 1e-9;

/** The first bin ends a little above `origin`; anything beyond the last bin counts in it. */
export interface Bins {
  origin: number;
  count: number;
}

/** Where the bin ends. The first one begins at 0. */
function binEnd(bins: Bins, bin: number): number {
  return bins.origin * Math.exp((bin + 1) * BIN_WIDTH);
}

/** The bin that a duration belongs to. */
export function binOf(bins: Bins, duration: number): number {
  if (duration < bins.origin) return 0;
  return Math.min(bins.count - 1, Math.floor(Math.log(duration / bins.origin) / BIN_WIDTH));
}

/** Spreads each bin over its neighbours: a few samples do not determine the exact bin. */
function smoothed(weights: ArrayLike<number>): number[] {
  const at = (bin: number) => weights[Math.min(weights.length - 1, Math.max(0, bin))] ?? 0;
  return Array.from(weights, (weight, bin) => weight / 2 + at(bin - 1) / 4 + at(bin + 1) / 4);
}

/**
 * A prior as the weight of each bin: log-logistic, which resembles log-normal but has a closed form.
 * `spread` is the factor between the median and the upper quartile.
 */
export function priorWeights(
  bins: Bins,
  { median, spread, weight }: { median: number; spread: number; weight: number },
): number[] {
  const steepness = Math.log(3) / Math.log(spread);
  const endedBy = (time: number) => 1 / (1 + (median / time) ** steepness);
  return Array.from({ length: bins.count }, (_, bin) => {
    const from = bin === 0 ? 0 : endedBy(binEnd(bins, bin - 1));
    const to = bin === bins.count - 1 ? 1 : endedBy(binEnd(bins, bin));
    return weight * (to - from);
  });
}

/**
 * How long jobs run, from a histogram of past ones and a prior: the share that is still running at an age,
 * and its integrals, so that computing an expected delay takes a few multiplications. Ages are in the
 * unit of the bins.
 */
export class SurvivalCurve {
  readonly #bins: Bins;
  // At the end of each bin, and at index 0 at age 0.
  readonly #ages: Float64Array;
  readonly #alive: Float64Array;
  readonly #lived: Float64Array;
  readonly #livedTwice: Float64Array;

  constructor(bins: Bins, counted: ArrayLike<number>, prior: readonly number[]) {
    this.#bins = bins;
    const weights = smoothed(counted).map((weight, bin) => weight + (prior[bin] ?? 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const size = bins.count + 1;
    this.#ages = new Float64Array(size);
    this.#alive = new Float64Array(size).fill(1);
    this.#lived = new Float64Array(size);
    this.#livedTwice = new Float64Array(size);
    let ended = 0;
    weights.forEach((weight, bin) => {
      ended += weight;
      const age = binEnd(bins, bin);
      this.#ages[bin + 1] = age;
      this.#alive[bin + 1] = Math.max(MIN_ALIVE, 1 - ended / total);
      const step = this.#inside(bin, age);
      this.#lived[bin + 1] = step.lived;
      this.#livedTwice[bin + 1] = step.livedTwice;
    });
  }

  /** The share of jobs that are still running at `age`. */
  alive(age: number): number {
    return this.#inside(this.#before(age), age).alive;
  }

  /** The integral of `alive` from 0 to `age`: for how much of that time an average job runs. */
  lived(age: number): number {
    return this.#inside(this.#before(age), age).lived;
  }

  /** The integral of `lived` from 0 to `age`. */
  livedTwice(age: number): number {
    return this.#inside(this.#before(age), age).livedTwice;
  }

  /** The age at which only `share` of all jobs are still running. */
  ageAtShare(share: number): number {
    let low = 0;
    let high = this.#alive.length - 1;
    if ((this.#alive[high] ?? 0) > share) return this.#ages[high] ?? 0;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#alive[middle] ?? 0) > share) low = middle;
      else high = middle;
    }
    const from = this.#alive[low] ?? 1;
    const to = this.#alive[high] ?? 0;
    const part = from === to ? 0 : (from - share) / (from - to);
    const start = this.#ages[low] ?? 0;
    return start + part * ((this.#ages[high] ?? 0) - start);
  }

  /** Index of the last known age at or before `age`. */
  #before(age: number): number {
    const { origin, count } = this.#bins;
    if (age < binEnd(this.#bins, 0)) return 0;
    const index = Math.floor(Math.log(age / origin) / BIN_WIDTH);
    return Math.min(count, index);
  }

  /** The three figures at `age`, which lies in the bin after `index`: `alive` is linear in a bin. */
  #inside(index: number, age: number): { alive: number; lived: number; livedTwice: number } {
    const start = this.#ages[index] ?? 0;
    const end = this.#ages[index + 1] ?? start;
    const aliveAtStart = this.#alive[index] ?? 1;
    const aliveAtEnd = this.#alive[index + 1] ?? aliveAtStart;
    const slope = end > start ? (aliveAtEnd - aliveAtStart) / (end - start) : 0;
    const since = Math.max(0, age - start);
    const lived = this.#lived[index] ?? 0;
    return {
      alive: aliveAtStart + slope * since,
      lived: lived + since * (aliveAtStart + (slope * since) / 2),
      livedTwice:
        (this.#livedTwice[index] ?? 0) +
        since * (lived + since * (aliveAtStart / 2 + (slope * since) / 6)),
    };
  }
}
