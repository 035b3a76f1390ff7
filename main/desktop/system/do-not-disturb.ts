import { type BusMessage, NOTIFICATION_DAEMON, type SessionBus } from './session-bus';

const PROPERTIES = 'org.freedesktop.DBus.Properties';
const PROPERTY = 'Inhibited';

/** A value out of its D-Bus wrapping; false for anything that is no boolean. */
function isTrue(variant: unknown): boolean {
  return (variant as { value?: unknown } | null)?.value === true;
}

/**
 * Follows whether a Linux desktop asks not to be disturbed. Plasma and daemons that follow it have a
 * property for that. GNOME has none: it keeps the banners back by itself and lists them afterwards,
 * as macOS and Windows do, so nothing is lost where this says nothing.
 */
export async function followDoNotDisturb(
  bus: SessionBus,
  onChange: (doNotDisturb: boolean) => void,
): Promise<void> {
  let owner: string | null = null;

  async function read(): Promise<void> {
    const asked = owner;
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
      // It has no such property, or there is no daemon.
    }
    if (asked === owner) onChange(isInhibited);
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
