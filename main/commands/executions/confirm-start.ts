import type { Clock } from '../../domain/clock';
import type { Executions, StartBaseline, StartRequest, StartSearch } from '../../domain/execution';
import { ServiceError } from '../../domain/service-error';

/**
 * Waits before the looks for started work, in milliseconds. A service takes a moment to show it, and
 * a person who waits for the answer should not wait much longer than this; each look may cost coins.
 */
export const LOOK_AFTER_MS: readonly number[] = [1_000, 3_000, 6_000];

/** What the looks have shown; `not-looked` when none of them was answered. */
export type LookResult = Omit<StartSearch, 'verdict'> & {
  verdict: StartSearch['verdict'] | 'not-looked';
};

/** Resolves after `delayMs` by this clock. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}

/** Looks a few times whether the work has started. Reads only; never throws a ServiceError. */
export async function confirmStart(
  executions: Pick<Executions, 'findStarted'>,
  request: StartRequest,
  since: StartBaseline,
  clock: Clock,
): Promise<LookResult> {
  let latest: LookResult = { verdict: 'not-looked', jobs: [] };
  for (const delayMs of LOOK_AFTER_MS) {
    await pause(clock, delayMs);
    try {
      latest = await executions.findStarted(request, since);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      continue;
    }
    if (latest.verdict === 'started') break;
  }
  return latest;
}
