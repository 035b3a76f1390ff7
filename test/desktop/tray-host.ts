import { createHash } from 'node:crypto';
import { Bus, variant } from './bus';
import { type WaitOptions, waitFor } from './wait';

/** The protocol: https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ */
const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const propertiesInterface = 'org.freedesktop.DBus.Properties';

export interface MenuItem {
  id: number;
  /** The label as the user reads it. */
  label: string;
  enabled: boolean;
  type: 'standard' | 'separator' | 'checkmark' | 'radio';
  /** Whether a check mark or radio item is on. */
  checked: boolean;
  children: MenuItem[];
}

export interface TrayItem {
  id: string;
  title: string;
  status: string;
  /** Title and text of the tooltip, on one line each. */
  tooltip: string;
  /** The largest picture sent; the `sha256` of its pixels tells pictures apart. */
  icon: { width: number; height: number; sha256: string };
  /** What is visible of the menu, empty if there is none. */
  menu: MenuItem[];
}

/**
 * The part of a desktop that shows tray icons, as an app sees it: it reads and clicks for a test.
 */
export class TrayHost {
  readonly #bus: Bus;
  /** Addresses of the items, as `name/path`, oldest first. */
  #items: { owner: string; path: string }[] = [];
  readonly #wakers = new Set<() => void>();

  private constructor(bus: Bus) {
    this.#bus = bus;
  }

  static async start(busAddress: string): Promise<TrayHost> {
    const bus = await Bus.connect(busAddress);
    const host = new TrayHost(bus);
    bus.serve(watcherName, {
      RegisterStatusNotifierItem: ([service], sender) => host.#register(String(service), sender),
      RegisterStatusNotifierHost: () => undefined,
    });
    bus.serve(propertiesInterface, {
      Get: ([, name]) => ({ signature: 'v', body: [host.#properties()[String(name)]] }),
      GetAll: () => ({ signature: 'a{sv}', body: [host.#properties()] }),
    });
    await bus.onSignal('org.freedesktop.DBus', (signal) => {
      const [name, , newOwner] = signal.body;
      if (signal.member === 'NameOwnerChanged' && newOwner === '') host.#forget(String(name));
    });
    await bus.onSignal(itemInterface, () => host.#wake());
    await bus.onSignal(menuInterface, () => host.#wake());
    await bus.own(watcherName);
    bus.emit(watcherPath, watcherName, 'StatusNotifierHostRegistered', '', []);
    return host;
  }

  /** How many items are in the tray now. */
  get count(): number {
    return this.#items.length;
  }

  /** The newest item. Throws if there is none. */
  async item(): Promise<TrayItem> {
    const { owner, path } = this.#newest();
    const properties = await this.#itemProperties(owner, path);
    const [, tooltipTitle = '', tooltipText = ''] = (
      (properties.ToolTip as unknown[] | undefined) ?? []
    ).filter((part) => typeof part === 'string');
    return {
      id: String(properties.Id ?? ''),
      title: String(properties.Title ?? ''),
      status: String(properties.Status ?? ''),
      tooltip: [tooltipTitle, tooltipText].filter((line) => line !== '').join('\n'),
      icon: largestPicture(properties.IconPixmap),
      menu: properties.Menu === undefined ? [] : await this.#menu(owner, String(properties.Menu)),
    };
  }

  /** Waits until there is an item that satisfies `accept`, and returns it. */
  async waitFor(
    accept: (item: TrayItem) => boolean = () => true,
    options: WaitOptions = {},
  ): Promise<TrayItem> {
    return waitFor(
      () => this.item(),
      accept,
      { what: 'a tray item', ...options },
      () => this.#changed(),
    );
  }

  /** Waits until something is in the tray, without sending it any request. */
  async waitForAny(options: WaitOptions = {}): Promise<void> {
    await waitFor(
      () => this.count,
      (count) => count > 0,
      { what: 'anything in the tray', ...options },
      () => this.#changed(),
    );
  }

  /** Waits until nothing is in the tray. */
  async waitForEmpty(options: WaitOptions = {}): Promise<void> {
    await waitFor(
      () => this.count,
      (count) => count === 0,
      { what: 'an empty tray', ...options },
      () => this.#changed(),
    );
  }

  /**
   * Clicks the menu item with these labels, from the top level down: `click('Recent',
   * 'holiday.mp4')`.
   */
  async click(...labels: string[]): Promise<void> {
    const { owner, path } = this.#newest();
    const { Menu: menuPath } = await this.#itemProperties(owner, path);
    let level = await this.#menu(owner, String(menuPath));
    let found: MenuItem | undefined;
    for (const label of labels) {
      found = level.find((item) => item.label === label);
      if (!found) {
        const there = level.map((item) => item.label || '(separator)').join(', ');
        throw new Error(`The tray menu has no "${label}" here. It has: ${there}`);
      }
      level = found.children;
    }
    if (!found) throw new Error('Nothing to click: no label given');
    // A desktop shows such an item in grey and does not let it be clicked.
    if (!found.enabled) throw new Error(`"${found.label}" in the tray menu is disabled`);
    await this.#bus.call({
      destination: owner,
      path: String(menuPath),
      interface: menuInterface,
      member: 'Event',
      signature: 'isvu',
      body: [found.id, 'clicked', variant('s', ''), 0],
    });
  }

  /** Clicks the icon itself with the left button. */
  async activate(): Promise<void> {
    const { owner, path } = this.#newest();
    await this.#bus.call({
      destination: owner,
      path,
      interface: itemInterface,
      member: 'Activate',
      signature: 'ii',
      body: [0, 0],
    });
  }

  /** Takes the tray off the desktop, as when a panel quits. */
  stop(): void {
    this.#bus.disconnect();
  }

  #register(service: string, sender: string): undefined {
    // The protocol says a bus name; some programs send the path of their item instead.
    const item = service.startsWith('/')
      ? { owner: sender, path: service }
      : { owner: sender, path: '/StatusNotifierItem' };
    this.#items = [...this.#items.filter((known) => !sameItem(known, item)), item];
    const address = item.owner + item.path;
    this.#bus.emit(watcherPath, watcherName, 'StatusNotifierItemRegistered', 's', [address]);
    this.#wake();
  }

  #forget(owner: string): void {
    const gone = this.#items.filter((item) => item.owner === owner);
    if (gone.length === 0) return;
    this.#items = this.#items.filter((item) => item.owner !== owner);
    for (const item of gone) {
      const address = item.owner + item.path;
      this.#bus.emit(watcherPath, watcherName, 'StatusNotifierItemUnregistered', 's', [address]);
    }
    this.#wake();
  }

  #properties(): Record<string, unknown> {
    const addresses = this.#items.map((item) => item.owner + item.path);
    return {
      IsStatusNotifierHostRegistered: variant('b', true),
      ProtocolVersion: variant('i', 0),
      RegisteredStatusNotifierItems: variant('as', addresses),
    };
  }

  #newest(): { owner: string; path: string } {
    const item = this.#items.at(-1);
    if (!item) throw new Error('The tray is empty');
    return item;
  }

  async #itemProperties(owner: string, path: string): Promise<Record<string, unknown>> {
    const [properties] = await this.#bus.call({
      destination: owner,
      path,
      interface: propertiesInterface,
      member: 'GetAll',
      signature: 's',
      body: [itemInterface],
    });
    return properties as Record<string, unknown>;
  }

  async #menu(owner: string, path: string): Promise<MenuItem[]> {
    const menu = { destination: owner, path, interface: menuInterface };
    // A desktop announces that it will show the menu; an app may fill it only then. Electron
    // answers with an error for the menu as a whole, and desktops go on regardless.
    await this.#bus
      .call({ ...menu, member: 'AboutToShow', signature: 'i', body: [0] })
      .catch(() => {});
    const [, root] = await this.#bus.call({
      ...menu,
      member: 'GetLayout',
      signature: 'iias',
      body: [0, -1, []],
    });
    return visibleChildren(root);
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#wakers.add(resolve));
  }

  #wake(): void {
    for (const waker of this.#wakers) waker();
    this.#wakers.clear();
  }
}

function sameItem(a: { owner: string; path: string }, b: { owner: string; path: string }): boolean {
  return a.owner === b.owner && a.path === b.path;
}

function visibleChildren(node: unknown): MenuItem[] {
  const [, , children] = node as [number, unknown, unknown[]];
  return children.flatMap((child) => {
    const [id, properties] = child as [number, Record<string, unknown>, unknown[]];
    if (properties.visible === false) return [];
    return [
      {
        id,
        label: plainLabel(String(properties.label ?? '')),
        enabled: properties.enabled !== false,
        type: itemType(properties),
        checked: properties['toggle-state'] === 1,
        children: visibleChildren(child),
      },
    ];
  });
}

function itemType(properties: Record<string, unknown>): MenuItem['type'] {
  if (properties.type === 'separator') return 'separator';
  const toggle = properties['toggle-type'];
  return toggle === 'checkmark' || toggle === 'radio' ? toggle : 'standard';
}

/** In this protocol `_` marks the access key of an entry, and `__` is an underscore. */
function plainLabel(label: string): string {
  return label.replace(/_(_?)/g, '$1');
}

function largestPicture(pictures: unknown): TrayItem['icon'] {
  const sizes = (pictures ?? []) as [number, number, Buffer | number[]][];
  const largest = sizes.toSorted((a, b) => b[0] - a[0])[0];
  if (!largest) return { width: 0, height: 0, sha256: '' };
  const [width, height, pixels] = largest;
  const sha256 = createHash('sha256').update(Buffer.from(pixels)).digest('hex');
  return { width, height, sha256 };
}
