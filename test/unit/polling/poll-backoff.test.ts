import { describe, expect, it } from 'vitest';
import { pollBackoffMs } from '../../../main/polling/poll-backoff';

const MINUTE_MS = 60_000;

describe('after a failed poll', () => {
  it('waits longer each time, up to a limit', () => {
    const waits = [1, 2, 3, 4, 20].map((failures) => pollBackoffMs('service-fault', failures, 1));
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 300_000]);
  });

  it('spreads clients over half of the wait', () => {
    expect(pollBackoffMs('unreachable', 3, 0)).toBe(10_000);
  });

  it('hardly ever polls with a key that was refused: trying again cannot help', () => {
    expect(pollBackoffMs('key-refused', 1, 0)).toBeGreaterThanOrEqual(7 * MINUTE_MS);
  });
});
