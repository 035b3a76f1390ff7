import type { ServiceId } from '../domain/account';
import {
  DURATION_KEPT,
  type DurationCount,
  type DurationSample,
  type DurationScale,
} from '../domain/duration-statistics';
import type { Job, JobKind } from '../domain/job';
import { type Bins, binOf, priorWeights, SurvivalCurve } from './survival-curve';

const SECOND_MS = 1000;

/** 1 s to 48 h, and 2 % to 50 times the service's own estimate. */
const BINS: Record<DurationScale, Bins> = {
  time: { origin: SECOND_MS, count: 61 },
  estimate: { origin: 0.02, count: 40 },
};

/** Assumed before any job has ended; a handful of real ones outweighs it. */
const PRIOR: Record<DurationScale, number[]> = {
  time: priorWeights(BINS.time, { median: 120 * SECOND_MS, spread: 2.5, weight: 3 }),
  estimate: priorWeights(BINS.estimate, { median: 1, spread: 1.4, weight: 3 }),
};

/** How long a job may take. Ages are in `unitMs`; `samples` is the weight of the past jobs behind it. */
export interface DurationDistribution {
  survival: SurvivalCurve;
  unitMs: number;
  samples: number;
}

interface Entry {
  counted: Float64Array;
  samples: number;
  /** Built on demand, one for each unit. */
  distributions: Map<number, DurationDistribution>;
}

/** A duration as a sample: relative to the service's estimate if it gave one, else in time. */
export function durationSample(
  service: ServiceId,
  job: Pick<Job, 'kind' | 'estimatedDurationMs'>,
  durationMs: number,
): DurationSample {
  const estimateMs = job.estimatedDurationMs;
  const scale = estimateMs !== null && estimateMs > 0 ? 'estimate' : 'time';
  const unitMs = scale === 'estimate' ? (estimateMs ?? 1) : 1;
  return { service, kind: job.kind, scale, bin: binOf(BINS[scale], durationMs / unitMs) };
}

/** How long each service's jobs take, by kind, learned from those that have ended. */
export class DurationModel {
  readonly #entries: Record<DurationScale, Map<ServiceId, Map<JobKind, Entry>>> = {
    time: new Map(),
    estimate: new Map(),
  };

  constructor(counts: Iterable<DurationCount>) {
    for (const { service, kind, scale, bin, weight } of counts) {
      const entry = this.#entry(service, kind, scale);
      if (!Number.isInteger(bin) || bin < 0 || bin >= entry.counted.length) continue;
      entry.counted[bin] = weight;
      entry.samples += weight;
    }
  }

  /** Counts a past job; older ones lose a little of their weight. */
  add({ service, kind, scale, bin }: DurationSample): void {
    const entry = this.#entry(service, kind, scale);
    entry.counted.forEach((weight, index) => {
      entry.counted[index] = weight * DURATION_KEPT;
    });
    entry.counted[bin] = (entry.counted[bin] ?? 0) + 1;
    entry.samples = entry.samples * DURATION_KEPT + 1;
    entry.distributions.clear();
  }

  /** The distribution of durations: relative to the service's estimate if it gave one, else in time. */
  distributionOf(
    service: ServiceId,
    kind: JobKind,
    estimatedDurationMs: number | null,
  ): DurationDistribution {
    const isEstimated = estimatedDurationMs !== null && estimatedDurationMs > 0;
    const scale = isEstimated ? 'estimate' : 'time';
    const entry = this.#entry(service, kind, scale);
    const unitMs = isEstimated ? estimatedDurationMs : 1;
    const known = entry.distributions.get(unitMs);
    if (known) return known;
    const other = entry.distributions.values().next().value;
    const survival = other?.survival ?? new SurvivalCurve(BINS[scale], entry.counted, PRIOR[scale]);
    const distribution = { survival, unitMs, samples: entry.samples };
    entry.distributions.set(unitMs, distribution);
    return distribution;
  }

  #entry(service: ServiceId, kind: JobKind, scale: DurationScale): Entry {
    // Called for each job in each plan: nested maps are faster than building a key.
    const ofScale = this.#entries[scale];
    const ofService = ofScale.get(service) ?? new Map<JobKind, Entry>();
    const known = ofService.get(kind);
    if (known) return known;
    const counted = new Float64Array(BINS[scale].count);
    const entry: Entry = { counted, samples: 0, distributions: new Map() };
    ofScale.set(service, ofService.set(kind, entry));
    return entry;
  }
}
