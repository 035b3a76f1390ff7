import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { ServiceProblem } from '../domain/service-error';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Some problems pass by themselves. Those that only the user can solve wait longer. */
function policyFor(problem: ServiceProblem): BackoffPolicy {
  switch (problem) {
    case 'key-refused':
    case 'scope-missing':
    case 'plan-suspended':
      return { firstMs: 15 * MINUTE_MS, maxMs: 60 * MINUTE_MS };
    case 'no-credit':
      // A refusal costs nothing, and whoever has just added credit waits to see what became of the jobs.
      return { firstMs: 30 * SECOND_MS, maxMs: MINUTE_MS };
    default:
      return { firstMs: 5 * SECOND_MS, maxMs: 5 * MINUTE_MS };
  }
}

/** The wait after the `failures`-th failed poll in a row (1 is the first). `random` is in [0, 1). */
export function pollBackoffMs(problem: ServiceProblem, failures: number, random: number): number {
  return backoffMs(policyFor(problem), failures, random);
}

/** The failures in a row of an account's polls, or of one lookup, and the wait that follows from them. */
export class PollBackoff {
  #failures = 0;
  #untilMs = 0;

  get failures(): number {
    return this.#failures;
  }

  /** The earliest time for the next attempt; 0 without a failure. */
  get untilMs(): number {
    return this.#untilMs;
  }

  /** Counts one more failure. The wait is never shorter than the service's own Retry-After. */
  failed(
    { problem, retryAtMs }: { problem: ServiceProblem; retryAtMs: number | null },
    nowMs: number,
    random: number,
  ): void {
    this.#failures += 1;
    const waitMs = pollBackoffMs(problem, this.#failures, random);
    this.#untilMs = Math.max(nowMs + waitMs, retryAtMs ?? 0);
  }

  clear(): void {
    this.#failures = 0;
    this.#untilMs = 0;
  }

  /** The wall clock was set by `stepMs`: the wait stays as long as it was. */
  clockSet(stepMs: number): void {
    if (this.#untilMs > 0) this.#untilMs += stepMs;
  }
}
