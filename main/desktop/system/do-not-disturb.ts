import type { BusMessage, DbusConnection } from './dbus-connection';
import { NOTIFICATION_DAEMON } from './session-bus';

const PROPERTIES = 'org.freedesktop.DBus.Properties';
const PROPERTY = 'Inhibited';

/** The boolean inside a D-Bus variant; false for anything else. */
function isTrue(variant: unknown): boolean {
  return (variant as { value?: unknown } | null)?.value === true;
}

/**
 * Follows whether a Linux desktop is set to "do not disturb". Plasma, and daemons modelled on it, have a
 * property for that. GNOME has none: like macOS and Windows, it holds banners back by itself and lists
 * them afterwards, so nothing is lost there.
 */
export async function followDoNotDisturb(
  bus: DbusConnection,
  onChange: (doNotDisturb: boolean) => void,
): Promise<void> {
  let owner: string | null = null;

  async function read(): Promise<void> {
    const ownerBefore = owner;
    let isInhibited = false;
    try {
      const { body } = await bus.call({
        destination: NOTIFICATION_DAEMON,
        path: '/org/freedesktop/Notifications',
        interface: PROPERTIES,
        member: 'Get',
        signature: 'ss',
        body: [NOTIFICATION_DAEMON, PROPERTY],
        mayStart: false,
      });
      isInhibited = isTrue(body[0]);
    } catch {
      // The daemon has no such property, or there is no daemon.
    }
    if (ownerBefore === owner) onChange(isInhibited);
  }

  function onSignal({ sender, member, body }: BusMessage): void {
    if (owner === null || sender !== owner || member !== 'PropertiesChanged') return;
    const [name, changed, invalidated] = body as [string, Record<string, unknown>, string[]];
    if (name !== NOTIFICATION_DAEMON) return;
    if (PROPERTY in changed) onChange(isTrue(changed[PROPERTY]));
    else if (invalidated.includes(PROPERTY)) void read();
  }

  try {
    await bus.onSignal({ sender: NOTIFICATION_DAEMON, interface: PROPERTIES }, onSignal);
  } catch {
    // Without a bus there is no daemon either.
  }
  let first: Promise<void> | null = null;
  await bus.followNames([NOTIFICATION_DAEMON], (_name, state) => {
    owner = state.owner;
    const reading = owner === null ? Promise.resolve(onChange(false)) : read();
    first ??= reading;
  });
  await first;
}
