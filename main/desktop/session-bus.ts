import type { EventEmitter } from 'node:events';
import type { Message, MessageBus } from 'dbus-next';
import { type Logger, reason } from '../domain/logger';

/** The desktop services whose absence Electron does not report (electron#5872). */
export const TRAY_HOST = 'org.kde.StatusNotifierWatcher';
export const NOTIFICATION_DAEMON = 'org.freedesktop.Notifications';

const BUS = 'org.freedesktop.DBus';

/**
 * Follows whether names are to be had on the D-Bus session bus: owned by somebody, or started on
 * demand. Calls `onChange` once for each name and again at every change. Without a bus, none is.
 */
export async function followBusNames(
  names: readonly string[],
  onChange: (name: string, present: boolean) => void,
  logger: Logger,
): Promise<void> {
  const absent = (error: unknown) => {
    logger.warn('no session bus', { reason: reason(error) });
    for (const name of names) onChange(name, false);
  };
  // Loaded here, since only Linux has the bus.
  const dbus = await import('dbus-next');
  let bus: MessageBus;
  try {
    bus = dbus.sessionBus();
  } catch (error) {
    return absent(error);
  }
  const ask = async (member: string, signature = '', body: unknown[] = []) => {
    const reply = await bus.call(
      new dbus.Message({
        destination: BUS,
        path: '/org/freedesktop/DBus',
        interface: BUS,
        member,
        signature,
        body,
      }),
    );
    return reply?.body[0] as unknown;
  };
  try {
    // Its types know no `error` event, but it emits one, and an unheard one would end the app.
    const emitter = bus as EventEmitter;
    await new Promise<void>((resolve, reject) => {
      emitter.once('connect', resolve);
      emitter.once('error', reject);
    });
    emitter.on('error', absent);
    const startable = (await ask('ListActivatableNames')) as string[];
    bus.on('message', (message: Message) => {
      if (message.member !== 'NameOwnerChanged' || message.sender !== BUS) return;
      const [name, , owner] = message.body as [string, string, string];
      // One that ends when idle is started again by the next call to it.
      if (names.includes(name)) onChange(name, owner !== '' || startable.includes(name));
    });
    for (const name of names) {
      await ask('AddMatch', 's', [
        `type='signal',sender='${BUS}',member='NameOwnerChanged',arg0='${name}'`,
      ]);
      onChange(
        name,
        ((await ask('NameHasOwner', 's', [name])) as boolean) || startable.includes(name),
      );
    }
  } catch (error) {
    return absent(error);
  }
}
