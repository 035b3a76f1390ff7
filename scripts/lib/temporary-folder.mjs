import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, startOf } from './processes.mjs';

/** Prefix, then the process that made it: its number and its start. Short, since sockets are inside. */
const name = /^cliptray-([0-9a-z]+)-([0-9a-z]*)-[0-9A-Za-z]{6}$/;

/** Those that this process made. @type {Set<string>} */
const own = new Set();

process.once('exit', () => {
  for (const folder of own) remove(folder);
});

/**
 * Makes a folder for files that nobody needs once this process has ended. Whoever makes it removes it, at
 * the latest it is removed when this process ends; what processes left behind that were killed is removed
 * here, by the next one.
 * @param {string} [parent]
 * @returns {string}
 */
export function makeTemporaryFolder(parent = tmpdir()) {
  removeAbandonedFolders(parent);
  const owner = `${process.pid.toString(36)}-${startOf(process.pid) ?? ''}`;
  const folder = mkdtempSync(join(parent, `cliptray-${owner}-`));
  own.add(folder);
  return folder;
}

/** Removes the temporary folders of processes that have ended. @param {string} parent */
export function removeAbandonedFolders(parent) {
  for (const entry of readdirSync(parent)) {
    const [, pid, start] = name.exec(entry) ?? [];
    if (pid === undefined || isAlive(Number.parseInt(pid, 36), start ?? '')) continue;
    remove(join(parent, entry));
  }
}

/** @param {string} folder */
function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Of another user, or still being written by what that process had started.
  }
}
