import { existsSync } from 'node:fs';
import type { Variant } from 'dbus-next';
import { type Logger, reason } from '../../domain/logger';
import { createDbusConnection } from './dbus-connection';

/** The system bus's socket, unless the environment names another address. */
const SYSTEM_BUS_SOCKET = '/var/run/dbus/system_bus_socket';

const NETWORK_MANAGER = 'org.freedesktop.NetworkManager';
const PATH = '/org/freedesktop/NetworkManager';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/**
 * NMMetered: 1 is yes, 3 is a guessed yes, as on a phone's hotspot; 0 is unknown, 2 and 4 are no.
 * https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered
 */
const isMetered = (value: unknown): boolean => value === 1 || value === 3;

/**
 * Follows whether NetworkManager calls the network metered. Calls `onChange` with the first answer and
 * at each change; never without a system bus or NetworkManager, which many machines lack.
 */
export async function followMetered(
  onChange: (metered: boolean) => void,
  logger: Logger,
): Promise<void> {
  if (!process.env.DBUS_SYSTEM_BUS_ADDRESS && !existsSync(SYSTEM_BUS_SOCKET)) return;
  const bus = createDbusConnection({ bus: 'system', logger });

  async function read(): Promise<void> {
    const { body } = await bus.call({
      destination: NETWORK_MANAGER,
      path: PATH,
      interface: PROPERTIES,
      member: 'Get',
      signature: 'ss',
      body: [NETWORK_MANAGER, 'Metered'],
      // NetworkManager must not be started just for this call.
      mayStart: false,
    });
    onChange(isMetered((body[0] as Variant | undefined)?.value));
  }

  try {
    await bus.onSignal(
      { sender: NETWORK_MANAGER, path: PATH, interface: PROPERTIES, member: 'PropertiesChanged' },
      ({ body }) => {
        // Any program on the bus can send us such a signal, so the value is read from NetworkManager.
        if (body[0] === NETWORK_MANAGER) void read().catch(() => {});
      },
    );
    await read();
  } catch (error) {
    logger.info('unknown whether the network is metered', { reason: reason(error) });
  }
}
