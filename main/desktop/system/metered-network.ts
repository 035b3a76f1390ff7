import type { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { Message, Variant } from 'dbus-next';
import { type Logger, reason } from '../../domain/logger';

/** Where the system bus listens unless the environment says otherwise; without it, nobody knows. */
const SYSTEM_BUS = '/var/run/dbus/system_bus_socket';

const MANAGER = 'org.freedesktop.NetworkManager';
const MANAGER_PATH = '/org/freedesktop/NetworkManager';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/**
 * NMMetered: 1 is yes, 3 is yes by its guess, as on a telephone's hotspot; 0 unknown, 2 and 4 no.
 * https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered
 */
export const isMetered = (value: unknown): boolean => value === 1 || value === 3;

/**
 * Follows what NetworkManager says of the network's price, and calls `onChange` with the first
 * answer and each change. Without a system bus or NetworkManager it never does: then nobody knows.
 */
export async function followMetered(
  onChange: (metered: boolean) => void,
  logger: Logger,
): Promise<void> {
  if (!process.env.DBUS_SYSTEM_BUS_ADDRESS && !existsSync(SYSTEM_BUS)) return;
  try {
    // Loaded here, since only Linux has the bus.
    const dbus = await import('dbus-next');
    const bus = dbus.systemBus();
    // Its types know no `error` event, but it emits one, and an unheard one would end the app.
    const emitter = bus as EventEmitter;
    await new Promise<void>((resolve, reject) => {
      emitter.once('connect', resolve);
      emitter.on('error', reject);
    });
    const call = (fields: ConstructorParameters<typeof Message>[0]) =>
      // Nothing may be started for our question.
      bus.call(new dbus.Message({ ...fields, flags: dbus.MessageFlag.NO_AUTO_START }));
    const from = `sender='${MANAGER}',path='${MANAGER_PATH}'`;
    await call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: [`type='signal',${from},interface='${PROPERTIES}',member='PropertiesChanged'`],
    });
    const read = async () => {
      const answer = await call({
        destination: MANAGER,
        path: MANAGER_PATH,
        interface: PROPERTIES,
        member: 'Get',
        signature: 'ss',
        body: [MANAGER, 'Metered'],
      });
      onChange(isMetered((answer?.body[0] as Variant | undefined)?.value));
    };
    bus.on('message', (message: Message) => {
      if (message.member !== 'PropertiesChanged' || message.path !== MANAGER_PATH) return;
      // Anybody on the bus may send us such a signal: what it says is asked for, not believed.
      if (message.body[0] === MANAGER) void read().catch(() => {});
    });
    await read();
  } catch (error) {
    logger.info('nobody tells whether the network is metered', { reason: reason(error) });
  }
}
