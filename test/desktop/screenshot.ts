import { copyFile, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';

/** The compositor's program writes into the folder it runs in, under a name of its own. */
async function waylandScreenshot(desktop: VirtualDesktop, path: string): Promise<void> {
  const folder = await mkdtemp(join(desktop.home, 'picture-'));
  const result = await runProgram(desktop, 'weston-screenshooter', [], folder);
  const [name] = await readdir(folder);
  if (!name) throw new Error(`weston-screenshooter failed: ${result.stderr}`);
  await copyFile(join(folder, name), path);
}

/** Writes a picture of the whole desktop to a PNG file. */
export async function screenshot(desktop: VirtualDesktop, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (desktop.isWayland) return waylandScreenshot(desktop, path);
  const result = await runProgram(desktop, 'import', ['-window', 'root', path]);
  if (result.code !== 0) throw new Error(`import failed: ${result.stderr}`);
}

/** How many pixels of the desktop have this colour, such as `#131316`. */
export async function pixelsOf(desktop: VirtualDesktop, colour: string): Promise<number> {
  const path = join(desktop.home, 'pixels.png');
  await screenshot(desktop, path);
  const others = ['-fill', '#010203', '+opaque', colour];
  const count = ['-fill', 'white', '-opaque', colour, '-fill', 'black', '-opaque', '#010203'];
  const mean = ['-format', '%[fx:round(mean*w*h)]', 'info:'];
  const { stdout } = await runProgram(desktop, 'convert', [path, ...others, ...count, ...mean]);
  return Number(stdout);
}
