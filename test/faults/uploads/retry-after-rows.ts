import { faults } from '../../simulator/client';
import { checkRetryAfter } from './retry-after';
import { type Row, row } from './row';
import { isPart, type Trial } from './trial';

const WAIT_SECONDS = 1;

/** Services and hosts that ask for time. Time runs at its real speed, and no wait may be too short. */
export function retryAfterRows(quick: boolean): Row[] {
  const rows = (name: string, times: number, play: (trial: Trial) => Promise<void>) =>
    ({ ...row(name, times, quick, play), waits: true }) as const;
  const onPart = (status: 429 | 503) => async (trial: Trial) => {
    trial.add('long');
    trial.hurry = 1;
    const action =
      status === 429
        ? faults.rateLimited({ seconds: WAIT_SECONDS })
        : faults.slowDown(WAIT_SECONDS);
    await trial.inject({ service: 'storage', method: 'PUT', skip: trial.below(3), action });
    await trial.runToEnd();
    // The answer concerns the whole host, not one part.
    await checkRetryAfter(trial, isPart, WAIT_SECONDS);
  };
  return [
    rows('429 with Retry-After on a part', 5, onPart(429)),
    rows('503 with Retry-After on a part', 5, onPart(503)),
    rows('429 with Retry-After on a call', 9, async (trial) => {
      trial.add('middle');
      trial.hurry = 1;
      const path = `/clips/upload/${trial.oneOf(['init', 'presign', 'complete'])}`;
      await trial.inject({ path, action: faults.rateLimited({ seconds: WAIT_SECONDS }) });
      await trial.runToEnd();
      await checkRetryAfter(trial, (request) => request.path === path, WAIT_SECONDS);
    }),
  ];
}
