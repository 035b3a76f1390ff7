import { readFile } from 'node:fs/promises';
import type { Bus } from '../../test/desktop/bus';
import { runProgram } from '../../test/desktop/programs';
import type { VirtualDesktop } from '../../test/desktop/virtual-desktop';
import { waitFor } from '../../test/desktop/wait';

export interface Shown {
  summary: string;
  body: string;
}

const dunst = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.dunstproject.cmd0',
};

/** The notifications of a real dunst: which ones came, and a mouse to click them. */
export class Dunst {
  readonly #desktop: VirtualDesktop;
  readonly #bus: Bus;
  readonly #records: string;

  /** @param records The file to which dunst's own rule writes every notification. */
  constructor(desktop: VirtualDesktop, bus: Bus, records: string) {
    this.#desktop = desktop;
    this.#bus = bus;
    this.#records = records;
  }

  /** Every notification that came, oldest first; one that came twice is there twice. */
  async all(): Promise<Shown[]> {
    const text = await readFile(this.#records, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      const [summary, body] = line.split('\t');
      return summary === undefined || body === undefined ? [] : [{ summary, body }];
    });
  }

  /** Waits for a notification that `accept` takes. */
  async waitFor(accept: (shown: Shown) => boolean, timeoutMs: number): Promise<Shown> {
    const all = await waitFor(
      () => this.all(),
      (list) => list.some(accept),
      { what: 'the notification', timeoutMs },
    );
    return all.find(accept) as Shown;
  }

  /** What dunst itself kept of the closed ones, oldest first. */
  async history(): Promise<Shown[]> {
    const [list] = await this.#bus.call({ ...dunst, member: 'NotificationListHistory' });
    return (list as Record<string, unknown>[]).map((one) => ({
      summary: String(one.summary),
      body: String(one.body),
    }));
  }

  /** Takes all notifications off the screen. */
  async closeAll(): Promise<void> {
    await this.#bus.call({ ...dunst, member: 'NotificationCloseAll' });
  }

  /** Clicks the topmost notification on the screen with the left button of the mouse. */
  async click(): Promise<void> {
    const { stdout } = await waitFor(
      () =>
        runProgram(this.#desktop, 'xdotool', ['search', '--onlyvisible', '--class', '^[Dd]unst$']),
      ({ code }) => code === 0,
      { what: 'a notification on the screen' },
    );
    const [window = ''] = stdout.trim().split('\n');
    await runProgram(this.#desktop, 'xdotool', [
      ...['mousemove', '--window', window, '120', '30'],
      ...['click', '1'],
    ]);
  }
}
