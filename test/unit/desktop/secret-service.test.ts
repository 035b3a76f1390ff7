import { expect, it } from 'vitest';
import type { DbusConnection } from '../../../main/desktop/system/dbus-connection';
import { createSecretService } from '../../../main/desktop/system/secret-service';

it('a keyring counts as gone whenever its program leaves the bus, not when it appears', async () => {
  let setOwner = (_owner: string | null) => {};
  const bus = {
    async onSignal() {},
    async followNames(_names: unknown, onChange: (name: string, state: unknown) => void) {
      setOwner = (owner) => onChange('', { present: owner !== null, owner });
      setOwner(null);
    },
  } as unknown as DbusConnection;
  const logger = { info() {}, warn() {}, error() {} };
  const service = createSecretService(bus, { service: 'Cliptray', logger });
  let changes = 0;
  await service.follow(() => {
    changes += 1;
  });
  const gone = (owner: string | null) => {
    setOwner(owner);
    return service.timesGone();
  };

  // Its first start, and a state that is read again.
  expect(gone(':1.1')).toBe(0);
  expect(gone(':1.1')).toBe(0);
  // A crash, or a restart of the whole bus, and a new start.
  expect(gone(null)).toBe(1);
  expect(gone(':1.2')).toBe(1);
  // `gnome-keyring-daemon --replace` leaves no gap.
  expect(gone(':1.3')).toBe(2);
  // KeePassXC gives the name back and takes it again with the same connection.
  expect(gone(null)).toBe(3);
  expect(gone(':1.3')).toBe(3);
  expect(changes).toBe(8);
});
