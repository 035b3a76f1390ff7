import type { ServiceProblem } from './service-error';

/** Something at the service that a person can pick from a list. */
export interface Choice {
  id: string;
  /** Null where the service gives it none. */
  name: string | null;
}

/**
 * A list to pick from. Where the service has no such list, or its list cannot be read, a person can
 * still type an id; a call that failed for another reason throws instead.
 */
export type Choices<T extends Choice = Choice> =
  | { readable: true; choices: T[]; complete: boolean }
  | { readable: false; problem: ServiceProblem };
