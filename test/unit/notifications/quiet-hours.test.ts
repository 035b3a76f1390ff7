import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quietUntilMs } from '../../../main/notifications/quiet-hours';

const NIGHT = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const LUNCH = { fromMinute: 12 * 60, toMinute: 13 * 60 + 30 };

const before = process.env.TZ;
beforeEach(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

const at = (utc: string) => Date.parse(utc);

describe('the quiet time', () => {
  it('ends at the first minute that is not quiet, the same day or the next', () => {
    // Summer time: two hours ahead of UTC.
    expect(quietUntilMs(LUNCH, at('2026-07-01T10:00:00Z'))).toBe(at('2026-07-01T11:30:00Z'));
    expect(quietUntilMs(NIGHT, at('2026-07-01T20:00:01.5Z'))).toBe(at('2026-07-02T05:00:00Z'));
    expect(quietUntilMs(NIGHT, at('2026-07-02T04:59:59Z'))).toBe(at('2026-07-02T05:00:00Z'));
  });

  it('begins with its first minute and is over with its last: nobody waits a minute longer', () => {
    expect(quietUntilMs(NIGHT, at('2026-07-01T19:59:59.999Z'))).toBeNull();
    expect(quietUntilMs(NIGHT, at('2026-07-02T05:00:00Z'))).toBeNull();
    expect(quietUntilMs(LUNCH, at('2026-07-01T11:30:00Z'))).toBeNull();
  });

  it('ends by the clock on the wall in the night that loses an hour, and in the one that has it twice', () => {
    expect(quietUntilMs(NIGHT, at('2026-03-28T21:30:00Z'))).toBe(at('2026-03-29T05:00:00Z'));
    expect(quietUntilMs(NIGHT, at('2026-10-24T20:30:00Z'))).toBe(at('2026-10-25T06:00:00Z'));
  });

  it('ends when the clocks jump over its last minute', () => {
    const untilHalfPastTwo = { fromMinute: 60, toMinute: 150 };
    expect(quietUntilMs(untilHalfPastTwo, at('2026-03-29T00:10:00Z'))).toBe(
      at('2026-03-29T01:00:00Z'),
    );
  });

  it('with no length does not exist: it would hold everything back for ever', () => {
    const none = { fromMinute: 600, toMinute: 600 };
    expect(quietUntilMs(none, at('2026-07-01T08:00:00Z'))).toBeNull();
    expect(quietUntilMs(none, at('2026-07-01T20:00:00Z'))).toBeNull();
    expect(quietUntilMs(null, at('2026-07-01T20:00:00Z'))).toBeNull();
  });
});
