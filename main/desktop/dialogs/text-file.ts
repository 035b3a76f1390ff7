import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MAX_NAME_LENGTH = 100;

/** Names that Windows gives to devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that every file system takes and that stays in its folder. The proposed one comes from the
 * name of a video, which may be anything.
 */
export function safeFileName(proposed: string): string {
  const clean = proposed
    .replace(/\p{C}+/gu, ' ')
    .replace(/[\\/:*?"<>|]+/g, '-')
    // No hidden files, no parent folder, and nothing at the end that Windows drops.
    .replace(/^[\s.-]+|[\s.]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 10 ? clean.slice(dot) : '';
  const stem = [...clean.slice(0, clean.length - ending.length)];
  const name = stem.slice(0, MAX_NAME_LENGTH - ending.length).join('') + ending;
  if (name === '') return 'cliptray.txt';
  return DEVICE.test(name) ? `_${name}` : name;
}

/**
 * Writes a text so that a file of that name is either the old one or whole. A long one comes in pieces
 * and is never held as a whole. Throws where the folder does not take it, and what the pieces throw;
 * then nothing is left behind.
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
