import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';
import { waitFor } from './wait';

/** Ids of the visible windows with exactly this title. */
async function idsOf(desktop: VirtualDesktop, title: string): Promise<string[]> {
  const args = ['search', '--onlyvisible', '--name', `^${title}$`];
  return (await runProgram(desktop, 'xdotool', args)).stdout.split('\n').filter(Boolean);
}

/** Whether a native window with this title is on the screen. */
export async function isWindowOpen(desktop: VirtualDesktop, title: string): Promise<boolean> {
  return (await idsOf(desktop, title)).length > 0;
}

/**
 * Presses a key in the native window with this title, as its user does; waits for the window. The
 * desktop needs a window manager: without one no key reaches a window.
 */
export async function pressIn(desktop: VirtualDesktop, title: string, key: string): Promise<void> {
  const [id = ''] = await waitFor(
    () => idsOf(desktop, title),
    (ids) => ids.length > 0,
    { what: `the window "${title}"` },
  );
  await runProgram(desktop, 'xdotool', ['windowactivate', '--sync', id]);
  await runProgram(desktop, 'xdotool', ['key', key]);
}

/** Answers a native dialog with a key; waits until it has come and until it has gone. */
export async function answerDialog(
  desktop: VirtualDesktop,
  title: string,
  key: 'Return' | 'Escape',
): Promise<void> {
  await pressIn(desktop, title, key);
  await waitFor(
    () => isWindowOpen(desktop, title),
    (open) => !open,
    { what: `the end of the dialog "${title}"` },
  );
}
