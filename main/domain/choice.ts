import type { ServiceProblem } from './service-error';

/** Something of the service's that a person can pick from a list. */
export interface Choice {
  id: string;
  /** Null where the service gives it none. */
  name: string | null;
}

/**
 * A list to pick from. Where the service has no such list, or one that cannot be read, an id can
 * still be typed in; a call that failed for another reason throws instead.
 */
export type Choices<T extends Choice = Choice> =
  | { readable: true; choices: T[]; complete: boolean }
  | { readable: false; problem: ServiceProblem };

/** Text of a service of many lines, cut where it is longer than anyone reads. */
export interface LongText {
  text: string;
  cut: boolean;
}
