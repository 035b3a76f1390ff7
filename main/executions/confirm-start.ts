import type { Clock } from '../domain/clock';
import { delay } from '../domain/delay';
import type { Executions, StartBaseline, StartRequest, StartSearch } from '../domain/execution';
import type { StartVerdict } from '../domain/execution-start';
import { asServiceError } from '../domain/service-failure';

/**
 * Wait before each search for started work, in milliseconds. A service takes a moment to show it, the
 * user should not wait much longer than this for an answer, and each search may cost coins.
 */
export const SEARCH_DELAYS_MS: readonly number[] = [1_000, 3_000, 6_000];

/** What the searches showed; `not-looked` if none was answered. */
export type StartConfirmation = Omit<StartSearch, 'verdict'> & { verdict: StartVerdict };

/** Searches a few times for work that may have started. Reads only; never throws a ServiceError. */
export async function confirmStart(
  executions: Pick<Executions, 'findStarted'>,
  request: StartRequest,
  baseline: StartBaseline,
  clock: Clock,
): Promise<StartConfirmation> {
  let latest: StartConfirmation = { verdict: 'not-looked', jobs: [] };
  for (const delayMs of SEARCH_DELAYS_MS) {
    await delay(clock, delayMs);
    try {
      latest = await executions.findStarted(request, baseline);
    } catch (error) {
      asServiceError(error);
      continue;
    }
    if (latest.verdict === 'started') break;
  }
  return latest;
}
