import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectivity } from '../../../main/desktop/system/connectivity';
import type { ConnectivityChange } from '../../../main/domain/connectivity';
import { createChangeFeed } from '../../../main/events';
import { FakeClock } from '../polling/fakes';

const CHECK_MS = 5000;
const logger = { info() {}, warn() {}, error() {} };

let clock: FakeClock;
let online: boolean;
let addresses: string[];
let reported: string[];
let systemWake: () => void;
let metered: (value: boolean) => void;

function name(change: ConnectivityChange): string {
  if (change.kind === 'resumed') return `resumed by ${change.cause}`;
  if (change.kind === 'address-lost') return 'address lost';
  const { conditions } = change;
  return `${conditions.online ? 'online' : 'offline'}${conditions.metered ? ', metered' : ''}`;
}

function start() {
  const feed = createChangeFeed(logger);
  feed.on('connectivity', (change) => reported.push(name(change)));
  const made = createConnectivity({
    clock,
    feed,
    logger,
    isOnline: () => online,
    ownAddresses: () => new Set(addresses),
    followSleepWake(onWake) {
      systemWake = onWake;
      return () => {
        systemWake = () => {};
      };
    },
    followMetered(onChange) {
      metered = onChange;
    },
  });
  made.start();
  return made;
}

beforeEach(() => {
  clock = new FakeClock();
  online = true;
  addresses = ['192.0.2.1'];
  reported = [];
});

describe('the network', () => {
  it('is reported at the start, and then only when it changes', async () => {
    start();
    await clock.advance(10 * CHECK_MS);
    expect(reported).toEqual(['online']);
    online = false;
    await clock.advance(2 * CHECK_MS);
    expect(reported).toEqual(['online', 'offline']);
  });

  it('that is back resumes all work, once', async () => {
    online = false;
    start();
    online = true;
    await clock.advance(3 * CHECK_MS);
    expect(reported).toEqual(['offline', 'online', 'resumed by network']);
  });

  it('that becomes metered resumes nothing', () => {
    start();
    metered(true);
    metered(true);
    expect(reported).toEqual(['online', 'online, metered']);
  });

  it('that loses its address has dead connections, although it never went offline', async () => {
    start();
    addresses = ['192.0.2.2'];
    await clock.advance(2 * CHECK_MS);
    expect(reported).toEqual(['online', 'address lost']);
  });

  it('that gains an address loses nothing', async () => {
    start();
    addresses = [...addresses, '192.0.2.2'];
    await clock.advance(CHECK_MS);
    expect(reported).toEqual(['online']);
  });
});

describe('a wake', () => {
  it('that the system reports resumes all work', () => {
    start();
    systemWake();
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('is noticed by late timers where the system says nothing', async () => {
    start();
    clock.jump(60_000);
    await clock.advance(CHECK_MS);
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('counts once, however many timers are late and whatever the system reports', async () => {
    const { clock: timers } = start();
    timers.after(1_000, () => {});
    timers.after(2_000, () => {});
    clock.jump(60_000);
    await clock.advance(2_000);
    systemWake();
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('is not seen in a timer that is a little late, as on a busy machine', async () => {
    start();
    clock.jump(20_000);
    await clock.advance(CHECK_MS);
    expect(reported).toEqual(['online']);
  });

  it('counts again after another one', async () => {
    start();
    systemWake();
    clock.jump(3_600_000);
    systemWake();
    expect(reported).toEqual(['online', 'resumed by wake', 'resumed by wake']);
  });
});

it('reports nothing more once it is stopped', async () => {
  const connectivity = start();
  connectivity.stop();
  online = false;
  await clock.advance(10 * CHECK_MS);
  systemWake();
  expect(reported).toEqual(['online']);
});
