import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stopChild } from './children';
import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';

/** Nothing but a tray, at the top left of the screen. */
const LOOK = `panel_items = S
panel_position = top left horizontal
panel_size = 200 32
panel_layer = top
systray_padding = 4 4 4
systray_icon_size = 24
`;

/** A real panel that embeds tray icons in the older way of X11, and knows none other. */
export async function startTint2(desktop: VirtualDesktop) {
  const file = join(desktop.home, 'tint2rc');
  await writeFile(file, LOOK);
  const panel = desktop.run('tint2', ['-c', file]);
  return {
    /** Clicks its first icon with a button of the mouse: 1 is the left one, 3 the right one. */
    click: (button: 1 | 3) =>
      runProgram(desktop, 'xdotool', ['mousemove', '16', '16', 'click', String(button)]),
    /** Ends it as a crash does: it takes its time over an orderly end. */
    async stop(): Promise<void> {
      panel.kill('SIGKILL');
      await stopChild(panel);
    },
  };
}
