import type { LoggedRequest } from '../../simulator/client';
import type { Trial } from './trial';

/** A request may be on its way when the answer comes that asks for quiet. */
const ON_ITS_WAY_MS = 150;
/** Timers and two clocks may differ by so much. */
const CLOSE_ENOUGH_MS = 30;

/** Complains of every request that came before the Retry-After of another was over. */
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
