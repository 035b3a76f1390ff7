import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDbusConnection } from '../../../main/desktop/system/dbus-connection';
import { silentLogger } from '../../builders/logger';
import { eventually } from '../../eventually';

it('a missing bus is told once, not at each call that misses it', async () => {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'disabled:');
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const bus = createDbusConnection({ bus: 'session', logger });
  const call = { destination: 'org.example', path: '/', interface: 'org.example', member: 'Any' };
  for (let times = 0; times < 3; times += 1) await expect(bus.call(call)).rejects.toThrow();
  await bus.followNames(['org.example'], () => {});
  expect(logger.warn).toHaveBeenCalledTimes(1);
  expect(logger.warn).toHaveBeenCalledWith('no D-Bus connection', {
    bus: 'session',
    reason: expect.any(String),
  });
  vi.unstubAllEnvs();
});

/** A bus of our own, which is not there until it is started. */
function ownBus() {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'));
  const address = `unix:path=${join(folder, 'bus')}`;
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  let daemon: ChildProcess | null = null;
  onTestFinished(() => {
    daemon?.kill();
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
  });
  return {
    async start() {
      daemon = spawn('dbus-daemon', [
        '--session',
        '--nofork',
        '--print-address',
        `--address=${address}`,
      ]);
      await once(daemon.stdout as Readable, 'data');
    },
    async stop() {
      if (daemon === null) return;
      daemon.kill();
      await once(daemon, 'exit');
    },
  };
}

const NAMES = { destination: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' };
const request = (member: 'RequestName' | 'ReleaseName', name: string) => ({
  ...NAMES,
  member,
  signature: member === 'RequestName' ? 'su' : 's',
  body: member === 'RequestName' ? [name, 0] : [name],
});

it.runIf(process.platform === 'linux')(
  'who begins to listen without a bus hears each signal once when there is one',
  async () => {
    const daemon = ownBus();
    const bus = createDbusConnection({ bus: 'session', logger: silentLogger });
    const heard: unknown[] = [];
    const source = {
      sender: NAMES.destination,
      interface: NAMES.interface,
      member: 'NameOwnerChanged',
    };
    // As a notification does that is tried again until there is a bus.
    let listening: Promise<void> | null = null;
    for (let times = 0; times < 3; times += 1) {
      listening ??= bus
        .onSignal(source, ({ body }) => heard.push(body[0]))
        .catch(() => {
          listening = null;
        });
      await listening;
    }
    await daemon.start();
    await bus.call(request('RequestName', 'org.example.One'));
    await eventually(() => expect(heard).toContain('org.example.One'));
    expect(heard.filter((name) => name === 'org.example.One')).toHaveLength(1);
  },
);

it.runIf(process.platform === 'linux')(
  'while the bus is away, calls that fail do not each begin to try again for ever',
  async () => {
    const daemon = ownBus();
    await daemon.start();
    const bus = createDbusConnection({ bus: 'session', logger: silentLogger });
    await bus.call(request('RequestName', 'org.example.One'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await daemon.stop();
    for (let times = 0; times < 5; times += 1) {
      await expect(bus.call(request('RequestName', 'org.example.One'))).rejects.toThrow();
    }
    expect(vi.getTimerCount()).toBe(1);
    // The one that is left is enough.
    await daemon.start();
    vi.runAllTimers();
    vi.useRealTimers();
    const states: boolean[] = [];
    await bus.followNames(['org.example.One'], (_name, { present }) => states.push(present));
    await bus.call(request('RequestName', 'org.example.One'));
    await eventually(() => expect(states).toEqual([false, true]));
  },
);
