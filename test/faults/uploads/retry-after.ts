import type { LoggedRequest } from '../../simulator/client';
import type { Trial } from './trial';

/** A request may be on its way already when the answer with the Retry-After comes. */
const ON_ITS_WAY_MS = 150;
/** By how much timers and two clocks may differ. */
const CLOSE_ENOUGH_MS = 30;

/** Complains when requests came before the time that a Retry-After had named. */
export async function keptRetryAfter(
  trial: Trial,
  concerns: (request: LoggedRequest) => boolean,
  seconds: number,
): Promise<void> {
  const requests = (await trial.requests()).filter(concerns);
  for (const { atMs, durationMs } of requests.filter(({ faultId }) => faultId !== null)) {
    const toldAtMs = atMs + (durationMs ?? 0);
    const early = requests.filter(
      (request) =>
        request.atMs > toldAtMs + ON_ITS_WAY_MS &&
        request.atMs < toldAtMs + seconds * 1000 - CLOSE_ENOUGH_MS,
    );
    if (early.length > 0) {
      trial.complaints.push(`${early.length} requests came before Retry-After was over`);
    }
  }
}
