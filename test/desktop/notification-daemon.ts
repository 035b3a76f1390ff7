import { Bus, variant } from './bus';
import { type WaitOptions, waitFor } from './wait';

/** The protocol: https://specifications.freedesktop.org/notification-spec/latest/ */
const daemonName = 'org.freedesktop.Notifications';
const daemonPath = '/org/freedesktop/Notifications';
const propertiesInterface = 'org.freedesktop.DBus.Properties';
const defaultCapabilities = ['actions', 'body', 'body-markup', 'persistence', 'sound'];

/** Why a notification went away, as the protocol numbers it. */
const closeReasons = { expired: 1, dismissed: 2, closedByApp: 3 } as const;

export interface ShownNotification {
  id: number;
  /** Unique bus name of the program that sent it. */
  sender: string;
  appName: string;
  /** The id of the notification that it replaced, 0 if none. */
  replacesId: number;
  icon: string;
  summary: string;
  body: string;
  actions: { key: string; label: string }[];
  hints: Record<string, unknown>;
  /** Milliseconds; -1 leaves it to the desktop, 0 means never. */
  expireTimeoutMs: number;
  /** Milliseconds since the epoch. */
  shownAtMs: number;
}

/** The part of a desktop that shows notifications: it records them and plays the user. */
export class NotificationDaemon {
  /** Every call to show one, oldest first; a replacement counts as one more. */
  readonly notifications: ShownNotification[] = [];
  readonly #busAddress: string;
  readonly #capabilities: string[];
  readonly #name: string;
  #bus: Bus;
  readonly #open = new Set<number>();
  readonly #wakers = new Set<() => void>();
  #lastId = 0;
  #isInhibited = false;
  #diesAtNext = false;
  /** Resolves when answers may be sent; null while they are sent at once. */
  #held: { released: Promise<void>; release: () => void } | null = null;

  private constructor(busAddress: string, capabilities: string[], name: string, bus: Bus) {
    this.#busAddress = busAddress;
    this.#capabilities = capabilities;
    this.#name = name;
    this.#bus = bus;
  }

  static async start(
    busAddress: string,
    capabilities: string[] = defaultCapabilities,
    name = 'desktop-for-tests',
  ): Promise<NotificationDaemon> {
    const bus = await Bus.connect(busAddress);
    const daemon = new NotificationDaemon(busAddress, capabilities, name, bus);
    await daemon.#serve();
    return daemon;
  }

  /** Starts over on the bus, as after a crash: it numbers from 1 again and shows nothing. */
  async restart(): Promise<void> {
    this.stop();
    this.#open.clear();
    this.#lastId = 0;
    this.#diesAtNext = false;
    this.#bus = await Bus.connect(this.#busAddress);
    await this.#serve();
  }

  /** Dies with the next notification on the screen, without having answered, until `restart`. */
  dieAtNext(): void {
    this.#diesAtNext = true;
  }

  async #serve(): Promise<void> {
    this.#bus.serve(daemonName, {
      GetCapabilities: () => ({ signature: 'as', body: [this.#capabilities] }),
      GetServerInformation: () => ({
        signature: 'ssss',
        body: [this.#name, 'Cliptray', '1.0', '1.2'],
      }),
      Notify: (body, sender) => {
        const answer = { signature: 'u', body: [this.#show(body, sender)] };
        if (this.#diesAtNext) {
          this.stop();
          return new Promise(() => {});
        }
        return this.#held === null ? answer : this.#held.released.then(() => answer);
      },
      CloseNotification: ([id]) => {
        this.close(Number(id), closeReasons.closedByApp);
        return undefined;
      },
    });
    this.#bus.serve(propertiesInterface, {
      Get: () => ({ signature: 'v', body: [variant('b', this.#isInhibited)] }),
    });
    await this.#bus.own(daemonName);
  }

  /** Shows what comes, but sends no answer until `release`. */
  hold(): void {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#held = { released, release };
  }

  /** Sends the answers that were held back; resolves when they are sent. */
  async release(): Promise<void> {
    this.#held?.release();
    this.#held = null;
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The user turns do not disturb on or off. */
  setInhibited(isInhibited: boolean): void {
    this.#isInhibited = isInhibited;
    this.#bus.emit(daemonPath, propertiesInterface, 'PropertiesChanged', 'sa{sv}as', [
      daemonName,
      { Inhibited: variant('b', isInhibited) },
      [],
    ]);
  }

  /** The notifications that the user still sees, by id. */
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

  /**
   * The user clicks the notification (`default`) or the button of an action. `token` allows what
   * the click opens to take the focus.
   */
  invoke(id: number, action = 'default', token: string | null = null): void {
    const shown = this.notifications.findLast((notification) => notification.id === id);
    if (!shown || !this.#open.has(id)) throw new Error(`Notification ${id} is not on the screen`);
    if (!shown.actions.some(({ key }) => key === action)) {
      throw new Error(`Notification ${id} has no action "${action}": a click does nothing`);
    }
    if (token !== null) {
      this.#bus.emit(daemonPath, daemonName, 'ActivationToken', 'us', [id, token]);
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

  #show(body: unknown[], sender: string): number {
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
      sender,
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
