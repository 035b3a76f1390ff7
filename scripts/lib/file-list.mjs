import * as fs from 'node:fs/promises';
import { join } from 'node:path';

/** Where the list of a folder's files is kept: beside it, so that a copy of the folder is only that. */
/** @param {string} folder */
export function listFile(folder) {
  return `${folder}.files.json`;
}

/**
 * The sizes of all files in a folder, by their paths in it.
 * @param {string} folder
 * @returns {Promise<Record<string, number>>}
 */
export async function filesOf(folder) {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), (await fs.stat(file)).size]),
  );
  return Object.fromEntries(sizes);
}

/**
 * Compares a folder with the list of its files. A power cut leaves files that are empty or cut, and whoever
 * needs room deletes some.
 * @param {string} folder
 * @returns {Promise<string | undefined>} What is wrong; undefined if nothing is, or there is no list.
 */
export async function damageOf(folder) {
  /** @type {Record<string, number>} */
  let listed;
  try {
    listed = JSON.parse(await fs.readFile(listFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
  for (const [file, sizeBytes] of Object.entries(listed)) {
    const stat = await fs.stat(join(folder, file)).catch(() => undefined);
    if (stat === undefined) return `${file} is missing`;
    if (stat.size !== sizeBytes) return `${file} has ${stat.size} bytes instead of ${sizeBytes}`;
  }
  return undefined;
}
