import type { ServiceId } from './account';
import type { JobKind } from './job';

export const DURATION_SCALES = ['time', 'estimate'] as const;

/** The unit of a duration: time itself, or the service's own estimate for the job. */
export type DurationScale = (typeof DURATION_SCALES)[number];

/** How long one past job took, as the bin of a histogram (`main/polling/duration-model.ts`). */
export interface DurationSample {
  service: ServiceId;
  kind: JobKind;
  scale: DurationScale;
  bin: number;
}

/** A bin and the weight of what was counted in it. */
export interface DurationCount extends DurationSample {
  weight: number;
}

/** With each new sample, older ones keep this share of their weight: about the last 200 count. */
export const DURATION_KEPT = 0.995;

/** How much work that was not started here appeared in one hour of the week. */
export interface ArrivalCount {
  /** 0 is Monday, 00:00 to 01:00 local time; 167 the last of Sunday. */
  hourOfWeek: number;
  jobs: number;
  /** For how long the account was polled in that hour, summed over all weeks, in hours. */
  hours: number;
}
