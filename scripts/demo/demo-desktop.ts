import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Bus } from '../../test/desktop/bus';
import { runProgram } from '../../test/desktop/programs';
import { screenshot } from '../../test/desktop/screenshot';
import { VirtualDesktop } from '../../test/desktop/virtual-desktop';
import { waitFor } from '../../test/desktop/wait';
import { desktopFiles, wallpaper } from './desktop-look';
import { Dunst } from './dunst';
import { PanelTray } from './panel-tray';

const screen = '1440x900';

/**
 * A virtual desktop with all that a person sees on one: windows with frames, a panel,
 * notifications.
 */
export class DemoDesktop {
  readonly virtual: VirtualDesktop;
  readonly tray: PanelTray;
  readonly notifications: Dunst;
  readonly #bus: Bus;

  private constructor(virtual: VirtualDesktop, bus: Bus, records: string) {
    this.virtual = virtual;
    this.#bus = bus;
    this.tray = new PanelTray(virtual, bus);
    this.notifications = new Dunst(virtual, bus, records);
  }

  /**
   * Starts everything and waits until the panel and the notifications are there. Throws if one is
   * not.
   */
  static async start(): Promise<DemoDesktop> {
    const virtual = await VirtualDesktop.start({ screen });
    try {
      // GTK programs look for the accessibility bus when they start, and would wait for it in vain.
      virtual.env.NO_AT_BRIDGE = '1';
      const records = join(virtual.home, 'notifications');
      await writeFiles(virtual, records);
      virtual.run('openbox', []);
      // Its exit code is 1 when all went well.
      await runProgram(virtual, 'display', [
        ...['-size', screen, '-window', 'root', '-depth', '8', `gradient:${wallpaper.join('-')}`],
      ]);
      const bus = await Bus.connect(virtual.busAddress);
      virtual.run(await settingsDaemon(), []);
      await hasOwner(bus, 'org.xfce.Xfconf', "the panel's settings");
      // Without this switch it waits for a window manager that it knows.
      virtual.run('xfce4-panel', ['--disable-wm-check']);
      virtual.run('dunst', []);
      await hasOwner(bus, 'org.freedesktop.Notifications', 'dunst');
      await hasOwner(bus, 'org.kde.StatusNotifierWatcher', 'the tray of xfce4-panel');
      return new DemoDesktop(virtual, bus, records);
    } catch (error) {
      await virtual.stop();
      throw error;
    }
  }

  /** Whether programs that look for a tray and for notifications find them. */
  async isComplete(): Promise<boolean> {
    const names = ['org.kde.StatusNotifierWatcher', 'org.freedesktop.Notifications'];
    const owned = await Promise.all(names.map((name) => this.#bus.hasOwner(name)));
    return owned.every(Boolean);
  }

  /** Presses keys as a keyboard would, in the window that has the focus: `alt+F4`. */
  async press(keys: string): Promise<void> {
    await runProgram(this.virtual, 'xdotool', ['key', keys]);
  }

  /** Moves the mouse to where it covers nothing. */
  async moveMouseAway(): Promise<void> {
    await runProgram(this.virtual, 'xdotool', ['mousemove', '720', '890']);
  }

  /** Takes a picture of the whole desktop, as a PNG file. */
  picture(path: string): Promise<void> {
    return screenshot(this.virtual, path);
  }

  /** Ends everything on the desktop. */
  async stop(): Promise<void> {
    this.#bus.disconnect();
    await this.virtual.stop();
  }
}

async function writeFiles(virtual: VirtualDesktop, records: string): Promise<void> {
  const recorder = await virtual.addProgram(
    'record-notification',
    `#!/bin/sh
one_line() { printf '%s' "$1" | tr '\\n\\t' '  '; }
printf '%s\\t%s\\n' "$(one_line "$DUNST_SUMMARY")" "$(one_line "$DUNST_BODY")" >> '${records}'
`,
  );
  for (const [name, text] of Object.entries(desktopFiles(recorder))) {
    const path = join(virtual.home, name);
    await fs.mkdir(dirname(path), { recursive: true });
    await fs.writeFile(path, text);
  }
}

/** The panel's settings daemon: it is not meant to be started by hand, so it is on no PATH. */
async function settingsDaemon(): Promise<string> {
  const file = '/usr/share/dbus-1/services/org.xfce.Xfconf.service';
  const path = /^Exec=(\S+)/m.exec(await fs.readFile(file, 'utf8'))?.[1];
  if (!path) throw new Error(`${file} names no program`);
  return path;
}

async function hasOwner(bus: Bus, name: string, what: string): Promise<void> {
  await waitFor(
    () => bus.hasOwner(name),
    (owned) => owned,
    { what, timeoutMs: 15_000 },
  );
}
