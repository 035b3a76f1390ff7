import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a text so that a file of that name is either the old one or complete. A long text comes in
 * pieces and is never in memory as a whole. Throws when it cannot be written, and whatever the pieces
 * throw; then nothing is left behind.
 */
export async function writeTextFile(
  path: string,
  text: string | AsyncIterable<string>,
): Promise<void> {
  const draft = join(dirname(path), `.cliptray-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx');
    try {
      await writeFile(file, text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
