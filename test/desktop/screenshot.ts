import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runProgram } from './programs';
import type { VirtualDesktop } from './virtual-desktop';

/** Writes a picture of the whole desktop to a PNG file. */
export async function screenshot(desktop: VirtualDesktop, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const result = await runProgram(desktop, 'import', ['-window', 'root', path]);
  if (result.code !== 0) throw new Error(`import failed: ${result.stderr}`);
}
