import { expect, it, vi } from 'vitest';
import { createDbusConnection } from '../../../main/desktop/system/dbus-connection';

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
