import type { Variant } from 'dbus-next';
import { type Logger, reason } from '../../domain/logger';
import type { DeliveryOutcome } from '../../domain/notification';
import {
  bodyText,
  type NotificationContent,
  type NotificationPort,
} from '../../notifications/port';
import {
  type BusCall,
  type BusMessage,
  type DbusConnection,
  NoAnswer,
} from '../system/dbus-connection';
import { NOTIFICATION_DAEMON } from '../system/session-bus';
import { ShownNotifications } from './notification-replacement';

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
const OBJECT = {
  destination: NOTIFICATION_DAEMON,
  path: '/org/freedesktop/Notifications',
  interface: NOTIFICATION_DAEMON,
};

/** A notification that is shown this late still reacts to its click. */
const LATE_MS = 10 * 60_000;
/** Long enough for a program to be started by a click, and no longer than a click matters. */
const TOKEN_MS = 5000;

/** A picture as the protocol carries it: RGBA, 8 bits each. */
export interface Pixels {
  width: number;
  height: number;
  rgba: Buffer;
}

export interface DbusNotificationDeps {
  bus: DbusConnection;
  appName: string;
  /** Name of the installed desktop entry, without `.desktop`: desktops keep settings under it. */
  desktopEntry: string;
  /** Pixels, since the daemon cannot read a file inside the app's archive. */
  icon: () => Pixels;
  logger: Logger;
}

/** What the running daemon can do. */
interface Daemon {
  /** Its unique name: a restarted daemon has another one, and starts its numbers over. */
  owner: string;
  can: ReadonlySet<string>;
  /** Whether a click on a notification itself is reported, and not only that on a button. */
  isClickable: boolean;
}

/**
 * Daemons that report actions, but for which a click on the notification itself only closes it, as they
 * come: the capabilities do not say so. Both offer the action of that click beside it, with its label.
 */
const CLICK_CLOSES = ['Xfce Notify Daemon', 'dunst'];

/** https://specifications.freedesktop.org/notification-spec/latest/markup.html */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Makes an activation token available, which the daemon sends just before the click it belongs to: on
 * Wayland, a browser that is started with it may take the focus. Electron has no way to use it for
 * windows of our own (electron#50269).
 */
function lendToken(token: string): void {
  process.env.XDG_ACTIVATION_TOKEN = token;
  setTimeout(() => {
    if (process.env.XDG_ACTIVATION_TOKEN === token) delete process.env.XDG_ACTIVATION_TOKEN;
  }, TOKEN_MS).unref();
}

/**
 * Notifications of Linux desktops, straight over D-Bus. Electron's go through a library that supports
 * neither buttons nor replacement, and reports a notification as shown without having checked.
 */
export function createDbusNotifications(deps: DbusNotificationDeps): NotificationPort {
  const { bus, logger } = deps;
  const shown = new ShownNotifications();
  let daemon: Daemon | null = null;
  let following: Promise<void> | null = null;

  function forgetDaemon(): void {
    daemon = null;
    shown.clear();
  }

  function onSignal({ sender, member, body }: BusMessage): void {
    if (daemon === null || sender !== daemon.owner) return;
    const [id, value] = body as [unknown, unknown];
    const content = typeof id === 'number' ? shown.get(id) : undefined;
    if (!content) return;
    if (member === 'NotificationClosed') shown.remove(id as number);
    if (member === 'ActivationToken' && typeof value === 'string') lendToken(value);
    if (member === 'ActionInvoked') {
      if (value === 'default') content.onClick();
      else content.actions.find((action) => action.id === value)?.run();
    }
  }

  /** Begins to listen for clicks, and for daemons that come and go. */
  async function follow(): Promise<void> {
    await bus.onSignal({ sender: NOTIFICATION_DAEMON, interface: NOTIFICATION_DAEMON }, onSignal);
    await bus.followNames([NOTIFICATION_DAEMON], (_name, { owner }) => {
      if (owner !== daemon?.owner) forgetDaemon();
    });
  }

  /** What the daemon calls itself; empty if it does not say. */
  async function daemonName(): Promise<string> {
    try {
      const { body } = await bus.call({ ...OBJECT, member: 'GetServerInformation' });
      return String(body[0] ?? '');
    } catch {
      return '';
    }
  }

  async function knownDaemon(): Promise<Daemon> {
    if (daemon !== null) return daemon;
    const { sender, body } = await bus.call({ ...OBJECT, member: 'GetCapabilities' });
    const can = Array.isArray(body[0]) ? body[0].map(String) : [];
    const name = await daemonName();
    const isClickable = can.includes('actions') && !CLICK_CLOSES.includes(name);
    daemon = { owner: sender, can: new Set(can), isClickable };
    logger.info('notification daemon', { name, can: can.join(' ') });
    return daemon;
  }

  function hints(content: NotificationContent, make: (type: string, value: unknown) => Variant) {
    const { width, height, rgba } = deps.icon();
    const URGENCY = { low: 0, normal: 1 };
    return {
      'desktop-entry': make('s', deps.desktopEntry),
      urgency: make('y', URGENCY[content.urgency]),
      // Sent to every daemon: one without sounds ignores it.
      'suppress-sound': make('b', !content.sound),
      'image-data': make('(iiibiiay)', [width, height, width * 4, true, 8, 4, rgba]),
    };
  }

  /** The call that shows it. Rejects when there is no bus or no daemon to be asked. */
  async function notifyCall(content: NotificationContent): Promise<BusCall> {
    following ??= follow().catch((error) => {
      following = null;
      throw error;
    });
    await following;
    const { can, isClickable } = await knownDaemon();
    const { Variant } = await import('dbus-next');
    const body = bodyText(content, isClickable);
    const actions = can.has('actions')
      ? ['default', content.clickLabel, ...content.actions.flatMap(({ id, label }) => [id, label])]
      : [];
    return {
      ...OBJECT,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [
        deps.appName,
        shown.replacedBy(content),
        '',
        content.title,
        can.has('body-markup') ? escaped(body) : body,
        actions,
        hints(content, (type, value) => new Variant(type, value)),
        // How long it stays is the desktop's choice.
        -1,
      ],
    };
  }

  const failed = (error: unknown, outcome: DeliveryOutcome): DeliveryOutcome => {
    logger.warn('notification not shown', { outcome, reason: reason(error) });
    return outcome;
  };

  return {
    async show(content) {
      const call = await notifyCall(content).catch((error: unknown) => ({ error }));
      if ('error' in call) return failed(call.error, 'not-shown');
      try {
        const answer = await bus.call(call, LATE_MS);
        if (answer.sender === daemon?.owner) shown.add(Number(answer.body[0]), content);
        return 'shown';
      } catch (error) {
        return failed(error, error instanceof NoAnswer ? 'interrupted' : 'not-shown');
      }
    },
  };
}
