import { describe, expect, it } from 'vitest';
import { mayRestart } from '../../../main/desktop/start/restart-policy';
import { busSocket, sessionBusAnswers } from '../../../main/desktop/system/bus-answer';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** When the app crashed. */
const CRASH = 100 * MINUTE;

interface Machine {
  restarts?: number[];
  busBackAt?: number;
  displayGoneAt?: number;
}

/** When the app is started again, in milliseconds after the crash; null when it is not. */
async function restartAfter({
  restarts = [],
  busBackAt = CRASH,
  displayGoneAt = Number.POSITIVE_INFINITY,
}: Machine) {
  let now = CRASH;
  let stored = restarts;
  const may = await mayRestart({
    readRestarts: () => stored,
    writeRestarts: (atMs) => {
      stored = atMs;
    },
    hasDisplay: async () => now < displayGoneAt,
    hasBus: async () => now >= busBackAt,
    nowMs: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  expect(stored).toHaveLength(restarts.length + (may ? 1 : 0));
  return may ? now - CRASH : null;
}

describe('after a crash', () => {
  it('the app is started again at once, or when the bus is back', async () => {
    expect(await restartAfter({})).toBeLessThan(SECOND);
    const later = await restartAfter({ busBackAt: CRASH + 20 * SECOND });
    expect(later).toBeGreaterThanOrEqual(20 * SECOND);
    expect(later).toBeLessThan(21 * SECOND);
    expect(await restartAfter({ busBackAt: CRASH + 60 * MINUTE })).toBeNull();
  });

  it('it is not started while the session ends, whichever ends first', async () => {
    expect(await restartAfter({ displayGoneAt: CRASH })).toBeNull();
    const ending = { busBackAt: CRASH + 10 * SECOND, displayGoneAt: CRASH + 2 * SECOND };
    expect(await restartAfter(ending)).toBeNull();
  });

  it('it is started once a minute at most', async () => {
    const delay = await restartAfter({ restarts: [CRASH - 20 * SECOND] });
    expect(delay).toBeGreaterThanOrEqual(40 * SECOND);
    expect(delay).toBeLessThan(41 * SECOND);
  });

  it('it stays ended when it crashes again and again, until time has passed', async () => {
    const loop = [CRASH - 3 * MINUTE, CRASH - 2 * MINUTE, CRASH - MINUTE];
    expect(await restartAfter({ restarts: loop })).toBeNull();
    const longAgo = [CRASH - 30 * MINUTE, CRASH - 20 * MINUTE, CRASH - 15 * MINUTE];
    let now = CRASH;
    const may = await mayRestart({
      readRestarts: () => longAgo,
      writeRestarts: (atMs) => expect(atMs).toEqual([now]),
      hasDisplay: async () => true,
      hasBus: async () => true,
      nowMs: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    });
    expect(may).toBe(true);
  });

  it('a clock that was set back does not hold it up', async () => {
    expect(await restartAfter({ restarts: [CRASH + 600 * MINUTE] }).catch(() => 0)).toBeLessThan(
      SECOND,
    );
  });
});

describe('the session bus', () => {
  it('is found at its address', () => {
    expect(busSocket('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
    expect(busSocket('unix:abstract=/tmp/dbus-x,guid=12ab')).toBe('\0/tmp/dbus-x');
    expect(busSocket('unix:guid=12ab,path=/tmp/a%20b')).toBe('/tmp/a b');
    expect(busSocket('tcp:host=localhost,port=1')).toBeNull();
  });

  it('answers or not; what cannot be judged does not hold a start up', async () => {
    expect(await sessionBusAnswers('unix:path=/nowhere/bus')).toBe(false);
    expect(await sessionBusAnswers(undefined)).toBe(true);
    expect(await sessionBusAnswers('tcp:host=localhost,port=1')).toBe(true);
  });
});
