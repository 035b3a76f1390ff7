import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from './temporary-folder.mjs';

/**
 * Runs npm, the same one that runs us when there is one. Where its cache cannot be written, as in a
 * read-only home folder, it gets another one for this run.
 * @template T
 * @param {string[]} args
 * @param {(npm: { command: string, args: string[] }) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withNpm(args, use) {
  if (args.includes('--cache') || (await isWritable(npmCache()))) return use(npmCommand(args));
  const cache = makeTemporaryFolder();
  try {
    return await use(npmCommand([...args, '--cache', cache]));
  } finally {
    await fs.rm(cache, { recursive: true, force: true });
  }
}

/** @param {string[]} args */
function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return { command: process.execPath, args: [cli, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

/** Empty when there is no home folder. */
function npmCache() {
  if (process.env.npm_config_cache) return process.env.npm_config_cache;
  try {
    return join(homedir(), '.npm');
  } catch {
    return '';
  }
}

/** Whether a folder can be written, or made, as it is the case if its parent can be. @param {string} folder */
async function isWritable(folder) {
  for (let path = folder; path !== ''; path = dirname(path)) {
    try {
      await fs.access(path, constants.W_OK);
      return (await fs.stat(path)).isDirectory();
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') return false;
    }
    if (dirname(path) === path) return false;
  }
  return false;
}
