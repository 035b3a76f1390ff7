import {
  createDbusNotifications,
  type Pixels,
} from '../../main/desktop/notifications/dbus-notifications';
import { createDbusConnection } from '../../main/desktop/system/dbus-connection';
import { followDoNotDisturb } from '../../main/desktop/system/do-not-disturb';
import type { NotificationContent } from '../../main/notifications/port';
import { Bus } from '../desktop/bus';
import { expect, test } from '../desktop/fixtures';
import { NotificationDaemon } from '../desktop/notification-daemon';
import type { VirtualDesktop } from '../desktop/virtual-desktop';
import { waitFor } from '../desktop/wait';

const logger = { info() {}, warn() {}, error() {} };
const icon = (): Pixels => ({ width: 1, height: 1, rgba: Buffer.from([1, 2, 3, 4]) });

test.use({ desktopOptions: { keyring: false } });

/** The app's side of notifications alone, on the bus of this desktop. */
function notifier(desktop: VirtualDesktop) {
  // One desktop for each test, and one test at a time in a process.
  process.env.DBUS_SESSION_BUS_ADDRESS = desktop.busAddress;
  const bus = createDbusConnection({ bus: 'session', logger });
  const parts = { bus, appName: 'Cliptray', desktopEntry: 'cliptray', icon, logger };
  const clicks: string[] = [];
  const content = (changes: Partial<NotificationContent> = {}): NotificationContent => ({
    ...{ replacementKey: 'job', outdates: [], title: 'Title', body: 'Body', clickHint: null },
    ...{ sound: true, urgency: 'normal' },
    actions: [{ id: 'open', label: 'Open', run: () => void clicks.push('open') }],
    clickLabel: 'Show',
    onClick: () => void clicks.push('default'),
    ...changes,
  });
  return { bus, clicks, content, ...createDbusNotifications(parts) };
}

test('a notification carries the app, its picture, its buttons and its urgency', async ({
  desktop,
  notifications,
}) => {
  const { show, content } = notifier(desktop);
  expect(await show(content())).toBe('shown');
  expect(await show(content({ replacementKey: null, sound: false, urgency: 'low' }))).toBe('shown');
  const [loud, quiet] = notifications.notifications;
  expect(loud).toMatchObject({ appName: 'Cliptray', summary: 'Title', replacesId: 0 });
  expect(loud?.actions).toEqual([
    { key: 'default', label: 'Show' },
    { key: 'open', label: 'Open' },
  ]);
  expect(loud?.hints).toMatchObject({
    'desktop-entry': 'cliptray',
    urgency: 1,
    'suppress-sound': false,
  });
  const picture = loud?.hints['image-data'] as unknown[];
  expect([...picture.slice(0, 6), ...(picture[6] as Buffer)]).toEqual([
    1,
    1,
    4,
    true,
    8,
    4,
    1,
    2,
    3,
    4,
  ]);
  expect(quiet?.hints).toMatchObject({ urgency: 0, 'suppress-sound': true });
});

test('the body is plain text to a daemon that reads markup, and to one that does not', async ({
  desktop,
}) => {
  const text = { body: '<b>R&D</b>' };
  const plain = await NotificationDaemon.start(desktop.busAddress, ['body']);
  const { show, content } = notifier(desktop);
  await show(content(text));
  expect(plain.notifications[0]).toMatchObject({ body: '<b>R&D</b>', actions: [] });
  plain.stop();
  const markup = await NotificationDaemon.start(desktop.busAddress, ['body', 'body-markup']);
  await expect
    .poll(async () => {
      await show(content(text));
      return markup.notifications.at(-1)?.body;
    })
    .toBe('&lt;b&gt;R&amp;D&lt;/b&gt;');
  markup.stop();
});

test.describe('a notification asks for a click only where a click does something', () => {
  for (const [what, name, capabilities, body] of [
    ['a daemon that reports clicks', 'gnome-shell', ['actions', 'body'], 'Body Click.'],
    ['a daemon without actions', 'notify-osd', ['body'], 'Body'],
    ['one that only closes it, Xfce', 'Xfce Notify Daemon', ['actions', 'body'], 'Body'],
    ['one that only closes it, dunst', 'dunst', ['actions', 'body'], 'Body'],
  ] as const) {
    test(what, async ({ desktop }) => {
      const daemon = await NotificationDaemon.start(desktop.busAddress, [...capabilities], name);
      const { show, content } = notifier(desktop);
      await show(content({ clickHint: 'Click.' }));
      expect(daemon.notifications[0]?.body).toBe(body);
      const labels = daemon.notifications[0]?.actions.map(({ label }) => label);
      // Where the notification cannot be clicked, the daemon offers its action as a button.
      expect(labels).toEqual(name === 'notify-osd' ? [] : ['Show', 'Open']);
      daemon.stop();
    });
  }
});

test('a later notification of the same job replaces the earlier one while it is on the screen', async ({
  desktop,
  notifications,
}) => {
  const { show, content } = notifier(desktop);
  await show(content());
  await show(content({ title: 'Later' }));
  await show(content({ replacementKey: 'another' }));
  const first = notifications.notifications[0]?.id ?? 0;
  expect(notifications.notifications.map(({ replacesId }) => replacesId)).toEqual([0, first, 0]);
  notifications.close(first);
  await expect
    .poll(async () => {
      await show(content());
      return notifications.notifications.at(-2)?.replacesId;
    })
    .toBe(0);
});

test('a restarted daemon is not asked to replace a notification that is another program’s there', async ({
  desktop,
  notifications,
}) => {
  const { show, content } = notifier(desktop);
  await show(content());
  await notifications.restart();
  await waitFor(
    async () => (await show(content({ replacementKey: 'other' }))) === 'shown',
    (shown) => shown,
  );
  await show(content());
  expect(notifications.notifications.at(-1)?.replacesId).toBe(0);
});

test('clicks on the notification and its buttons arrive, even when it was answered late', async ({
  desktop,
  notifications,
}) => {
  const { show, content, clicks } = notifier(desktop);
  await show(content());
  notifications.invoke(notifications.notifications[0]?.id ?? 0);
  await expect.poll(() => clicks).toEqual(['default']);

  notifications.hold();
  const answer = show(content());
  await notifications.waitFor(() => notifications.notifications.length === 2);
  const late = notifications.notifications.at(-1)?.id ?? 0;
  await notifications.release();
  expect(await answer).toBe('shown');
  notifications.invoke(late, 'open');
  await expect.poll(() => clicks).toEqual(['default', 'open']);
});

test('a click forged by another program does nothing', async ({ desktop, notifications }) => {
  const { show, content, clicks } = notifier(desktop);
  await show(content());
  const id = notifications.notifications[0]?.id ?? 0;
  const stranger = await Bus.connect(desktop.busAddress);
  const name = 'org.freedesktop.Notifications';
  const path = '/org/freedesktop/Notifications';
  const app = notifications.notifications[0]?.sender;
  stranger.emit(path, name, 'ActionInvoked', 'us', [id, 'open']);
  stranger.emit(path, name, 'ActionInvoked', 'us', [id, 'open'], app);
  // Its answer shows that the bus has passed on everything before.
  await stranger.hasOwner(name);
  notifications.invoke(id);
  await expect.poll(() => clicks).toEqual(['default']);
  stranger.disconnect();
});

test('without a daemon or a bus a notification is not shown, and says so at once', async ({
  desktop,
}) => {
  const { show, content } = notifier(desktop);
  expect(await show(content())).toBe('not-shown');
  process.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${desktop.home}/no-bus`;
  const lost = createDbusConnection({ bus: 'session', logger });
  const parts = { bus: lost, appName: 'Cliptray', desktopEntry: 'cliptray', icon, logger };
  expect(await createDbusNotifications(parts).show(content())).toBe('not-shown');
  const states: boolean[] = [];
  await lost.followNames(['org.freedesktop.Notifications'], (_name, { present }) => {
    states.push(present);
  });
  expect(states).toEqual([false]);
});

test('a daemon that dies while it answers may have shown the notification, one that is gone has not', async ({
  desktop,
  notifications,
}) => {
  const { show, content } = notifier(desktop);
  notifications.dieAtNext();
  expect(await show(content())).toBe('interrupted');
  expect(await show(content())).toBe('not-shown');
  await notifications.restart();
  await expect.poll(() => show(content())).toBe('shown');
});

test('after a restart of the bus, notifications and daemons are there again', async ({
  desktop,
  notifications,
}) => {
  const { bus, show, content } = notifier(desktop);
  const states: boolean[] = [];
  await bus.followNames(['org.freedesktop.Notifications'], (_name, { present }) => {
    states.push(present);
  });
  notifications.hold();
  const pending = show(content());
  await notifications.waitFor();
  await desktop.restartBus();
  // Nobody knows whether it was seen, and nobody waits for an answer that cannot come.
  expect(await pending).toBe('interrupted');
  const again = await NotificationDaemon.start(desktop.busAddress);
  await expect.poll(() => states.at(-1), { message: 'without a further call' }).toBe(true);
  expect(states).toContain(false);
  expect(await show(content())).toBe('shown');
  again.stop();
});

test('do not disturb is followed, also across a restart of the daemon', async ({
  desktop,
  notifications,
}) => {
  const { bus } = notifier(desktop);
  notifications.setInhibited(true);
  let isOn: boolean | null = null;
  await followDoNotDisturb(bus, (doNotDisturb) => {
    isOn = doNotDisturb;
  });
  expect(isOn).toBe(true);
  notifications.setInhibited(false);
  await expect.poll(() => isOn).toBe(false);
  notifications.setInhibited(true);
  await expect.poll(() => isOn).toBe(true);
  notifications.stop();
  await expect.poll(() => isOn).toBe(false);
  await notifications.restart();
  await expect.poll(() => isOn).toBe(true);
});
