import type { ServiceProblem } from './service-error';

/** Something at the service that a person can pick from a list. */
export interface Choice {
  id: string;
  /** Null where the service gives it none. */
  name: string | null;
}

/**
 * A list to pick from. Where the service has no such list, or one that cannot be read, the user can
 * still type an id. A call that fails for another reason throws instead.
 */
export type Choices<T extends Choice = Choice> =
  | { readable: true; choices: T[]; complete: boolean }
  | { readable: false; problem: ServiceProblem };

/** A service's text of many lines, cut where it is longer than anyone reads. */
export interface LongText {
  text: string;
  cut: boolean;
}
