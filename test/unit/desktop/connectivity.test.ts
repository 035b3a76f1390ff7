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
let isBroken: boolean;
let reported: string[];
let systemWake: () => void;
let metered: (value: boolean) => void;

function name(change: ConnectivityChange): string {
  if (change.kind === 'resumed') return `resumed by ${change.cause}`;
  if (change.kind === 'addresses-lost') return `lost ${change.addresses}`;
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
    ownAddresses() {
      if (isBroken) throw new Error('no interfaces');
      return new Set(addresses);
    },
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
  isBroken = false;
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

  it('that is paid by use from now on resumes nothing', () => {
    start();
    metered(true);
    metered(true);
    expect(reported).toEqual(['online', 'online, metered']);
  });

  it('whose address is gone has dead connections, although it never went offline', async () => {
    start();
    addresses = ['192.0.2.2'];
    await clock.advance(2 * CHECK_MS);
    expect(reported).toEqual(['online', 'lost 192.0.2.1']);
  });

  it('says which addresses are gone, so that connections from the others live on', async () => {
    addresses = ['192.0.2.1', 'fe80::1', '172.17.0.1'];
    start();
    addresses = ['192.0.2.1'];
    await clock.advance(2 * CHECK_MS);
    expect(reported).toEqual(['online', 'lost fe80::1,172.17.0.1']);
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

  it('counts once, however many timers are late and whatever the system says of it', async () => {
    const { clock: timers } = start();
    timers.after(1_000, () => {});
    timers.after(2_000, () => {});
    clock.jump(60_000);
    await clock.advance(2_000);
    systemWake();
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('is reported once, although timers of an hour and of a day slept too and fire much later', async () => {
    const { clock: timers } = start();
    timers.after(3_600_000, () => {});
    timers.after(86_400_000, () => {});
    await clock.advance(600_000);
    clock.jump(8 * 3_600_000);
    systemWake();
    await clock.advance(2 * 86_400_000);
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('is one, even where the timer for the next check is due just after the system has reported it', async () => {
    start();
    clock.jump(60_000);
    systemWake();
    await clock.advance(2 * CHECK_MS);
    expect(reported).toEqual(['online', 'resumed by wake']);
  });

  it('is not seen in a timer that is a little late, as on a busy machine', async () => {
    start();
    clock.jump(20_000);
    await clock.advance(CHECK_MS);
    expect(reported).toEqual(['online']);
  });

  it('after another counts again', async () => {
    start();
    systemWake();
    clock.jump(3_600_000);
    systemWake();
    expect(reported).toEqual(['online', 'resumed by wake', 'resumed by wake']);
  });
});

it('goes on after the system failed to say how the network is', async () => {
  start();
  isBroken = true;
  await expect(clock.advance(CHECK_MS)).rejects.toThrow('no interfaces');
  isBroken = false;
  online = false;
  await clock.advance(2 * CHECK_MS);
  expect(reported).toEqual(['online', 'offline']);
});

it('says nothing more once it is stopped', async () => {
  const connectivity = start();
  connectivity.stop();
  online = false;
  await clock.advance(10 * CHECK_MS);
  systemWake();
  expect(reported).toEqual(['online']);
});
