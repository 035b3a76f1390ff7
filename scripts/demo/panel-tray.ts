import { type Bus, variant } from '../../test/desktop/bus';
import { runProgram } from '../../test/desktop/programs';
import type { VirtualDesktop } from '../../test/desktop/virtual-desktop';
import { type WaitOptions, waitFor } from '../../test/desktop/wait';

const watcher = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
};
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const propertiesInterface = 'org.freedesktop.DBus.Properties';

export interface PanelItem {
  tooltip: string;
  menu: { id: number; label: string; checked: boolean }[];
}

/** The tray of a real panel: what it shows is read from the app's own item on the bus. */
export class PanelTray {
  readonly #desktop: VirtualDesktop;
  readonly #bus: Bus;

  constructor(desktop: VirtualDesktop, bus: Bus) {
    this.#desktop = desktop;
    this.#bus = bus;
  }

  /** Addresses of the items that the panel knows, as `name/path`. */
  async items(): Promise<string[]> {
    const [items] = await this.#bus.call({
      ...watcher,
      interface: propertiesInterface,
      member: 'Get',
      signature: 'ss',
      body: ['org.kde.StatusNotifierWatcher', 'RegisteredStatusNotifierItems'],
    });
    return items as string[];
  }

  /** Tooltip and menu of the only item. Throws if there is none. */
  async item(): Promise<PanelItem> {
    const { owner, properties } = await this.#properties();
    const tooltip = (properties.ToolTip as unknown[]).filter(
      (part) => typeof part === 'string' && part !== '',
    );
    const [, root] = await this.#bus.call({
      destination: owner,
      path: String(properties.Menu),
      interface: menuInterface,
      member: 'GetLayout',
      signature: 'iias',
      body: [0, -1, []],
    });
    const [, , children] = root as [number, unknown, [number, Record<string, unknown>][]];
    const menu = children.map(([id, entry]) => ({
      id,
      // In this protocol `_` marks the access key of an entry, and `__` is an underscore.
      label: String(entry.label ?? '').replace(/_(_?)/g, '$1'),
      checked: entry['toggle-state'] === 1,
    }));
    return { tooltip: tooltip.join(' '), menu };
  }

  /** Waits until the item satisfies `accept`, and returns it. */
  waitFor(accept: (item: PanelItem) => boolean, options: WaitOptions = {}): Promise<PanelItem> {
    return waitFor(() => this.item(), accept, { what: 'the tray item', ...options });
  }

  /** Chooses an entry of the menu, as the panel does when it is clicked there. */
  async choose(label: string): Promise<void> {
    const { menu } = await this.waitFor((item) => item.menu.some((entry) => entry.label === label));
    const { owner, properties } = await this.#properties();
    await this.#bus.call({
      destination: owner,
      path: String(properties.Menu),
      interface: menuInterface,
      member: 'Event',
      signature: 'isvu',
      body: [menu.find((entry) => entry.label === label)?.id, 'clicked', variant('s', ''), 0],
    });
  }

  /** Where the panel draws the tray, in pixels of the screen. `width` is 1 while it is empty. */
  async position(): Promise<{ x: number; y: number; width: number; height: number }> {
    // The panel runs this plugin as a program with a window of its own.
    const { stdout } = await runProgram(this.#desktop, 'xdotool', [
      ...['search', '--onlyvisible', '--name', '^wrapper-2.0$'],
      ...['getwindowgeometry', '--shell'],
    ]);
    const value = (name: string) => Number(new RegExp(`^${name}=(\\d+)`, 'm').exec(stdout)?.[1]);
    return { x: value('X'), y: value('Y'), width: value('WIDTH'), height: value('HEIGHT') };
  }

  /** Moves the mouse over the icon: the panel shows the tooltip. */
  async hover(): Promise<void> {
    const { x, y, width, height } = await this.position();
    const [toX, toY] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    // From outside, or the panel would not see the mouse arrive.
    const steps = ['mousemove', '720', '60', 'mousemove', String(toX), String(toY)];
    await runProgram(this.#desktop, 'xdotool', steps);
  }

  /** Clicks the icon with the right button: the panel opens the menu. */
  async openMenu(): Promise<void> {
    await this.hover();
    await runProgram(this.#desktop, 'xdotool', ['click', '3']);
  }

  async #properties(): Promise<{ owner: string; properties: Record<string, unknown> }> {
    const [address] = await this.items();
    if (!address) throw new Error('The tray is empty');
    const slash = address.indexOf('/');
    const owner = address.slice(0, slash);
    const [properties] = await this.#bus.call({
      destination: owner,
      path: address.slice(slash),
      interface: propertiesInterface,
      member: 'GetAll',
      signature: 's',
      body: [itemInterface],
    });
    return { owner, properties: properties as Record<string, unknown> };
  }
}
