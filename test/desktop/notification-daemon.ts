import { Bus } from './bus';
import { type WaitOptions, waitFor } from './wait';

/** The protocol: https://specifications.freedesktop.org/notification-spec/latest/ */
const daemonName = 'org.freedesktop.Notifications';
const daemonPath = '/org/freedesktop/Notifications';

/** Why a notification went away, as the protocol numbers it. */
export const closeReasons = { expired: 1, dismissed: 2, closedByApp: 3 } as const;

export interface ShownNotification {
  id: number;
  appName: string;
  /** The id it took the place of, 0 if none. */
  replacesId: number;
  icon: string;
  summary: string;
  body: string;
  actions: { key: string; label: string }[];
  hints: Record<string, unknown>;
  /** Milliseconds; -1 leaves it to the desktop, 0 is never. */
  expireTimeoutMs: number;
  /** Milliseconds since the epoch. */
  shownAtMs: number;
}

/** The part of a desktop that shows notifications: it records them and plays the user. */
export class NotificationDaemon {
  /** Every call to show one, oldest first; a replacement is one more. */
  readonly notifications: ShownNotification[] = [];
  readonly #bus: Bus;
  readonly #open = new Set<number>();
  readonly #wakers = new Set<() => void>();
  #lastId = 0;

  private constructor(bus: Bus) {
    this.#bus = bus;
  }

  static async start(busAddress: string): Promise<NotificationDaemon> {
    const bus = await Bus.connect(busAddress);
    const daemon = new NotificationDaemon(bus);
    bus.serve(daemonName, {
      GetCapabilities: () => ({ signature: 'as', body: [['actions', 'body', 'persistence']] }),
      GetServerInformation: () => ({
        signature: 'ssss',
        body: ['desktop-for-tests', 'Cliptray', '1.0', '1.2'],
      }),
      Notify: (body) => ({ signature: 'u', body: [daemon.#show(body)] }),
      CloseNotification: ([id]) => {
        daemon.close(Number(id), closeReasons.closedByApp);
        return undefined;
      },
    });
    await bus.own(daemonName);
    return daemon;
  }

  /** Those that the user still sees, by id. */
  get openIds(): number[] {
    return [...this.#open];
  }

  /** Waits for a notification that satisfies `accept`, shown before or from now on. */
  async waitFor(
    accept: (notification: ShownNotification) => boolean = () => true,
    options: WaitOptions = {},
  ): Promise<ShownNotification> {
    const list = await waitFor(
      () => this.notifications,
      (all) => all.some(accept),
      { what: 'a notification', ...options },
      () => new Promise<void>((resolve) => this.#wakers.add(resolve)),
    );
    return list.find(accept) as ShownNotification;
  }

  /** The user clicks the notification (`default`), or the button of an action. */
  invoke(id: number, action = 'default'): void {
    const shown = this.notifications.findLast((notification) => notification.id === id);
    if (!shown || !this.#open.has(id)) throw new Error(`Notification ${id} is not on the screen`);
    if (!shown.actions.some(({ key }) => key === action)) {
      throw new Error(`Notification ${id} has no action "${action}": a click does nothing`);
    }
    this.#bus.emit(daemonPath, daemonName, 'ActionInvoked', 'us', [id, action]);
    this.close(id, closeReasons.dismissed);
  }

  /** The notification leaves the screen. */
  close(id: number, reason: number = closeReasons.dismissed): void {
    if (!this.#open.delete(id)) return;
    this.#bus.emit(daemonPath, daemonName, 'NotificationClosed', 'uu', [id, reason]);
  }

  /** Takes the daemon off the desktop; what it recorded stays readable. */
  stop(): void {
    this.#bus.disconnect();
  }

  #show(body: unknown[]): number {
    const [appName, replacesId, icon, summary, text, actions, hints, expireTimeoutMs] = body as [
      string,
      number,
      string,
      string,
      string,
      string[],
      Record<string, unknown>,
      number,
    ];
    const id = replacesId > 0 ? replacesId : ++this.#lastId;
    this.#lastId = Math.max(this.#lastId, id);
    this.#open.add(id);
    this.notifications.push({
      id,
      appName,
      replacesId,
      icon,
      summary,
      body: text,
      actions: pairs(actions),
      hints,
      expireTimeoutMs,
      shownAtMs: Date.now(),
    });
    for (const waker of this.#wakers) waker();
    this.#wakers.clear();
    return id;
  }
}

/** Actions come as one list: key, label, key, label, … */
function pairs(list: string[]): { key: string; label: string }[] {
  return list.flatMap((key, index) =>
    index % 2 === 0 ? [{ key, label: list[index + 1] ?? '' }] : [],
  );
}
