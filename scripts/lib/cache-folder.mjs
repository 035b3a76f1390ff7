import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { PlainError, plainly } from './plain-error.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

/**
 * Where what is kept between runs may be, the best place first. It may be deleted at any time. In the
 * user's cache, all checkouts share it; that may be read-only, full, or not there at all.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function cacheFolders(env = process.env) {
  const own = join(projectRoot, 'node_modules', '.cache', 'cliptray');
  const base = baseFolder(env);
  return base === undefined ? [own] : [join(base, 'cliptray'), own];
}

/** @param {NodeJS.ProcessEnv} env */
function baseFolder(env) {
  // The specification of XDG_CACHE_HOME says to ignore a path that is not absolute.
  if (env.XDG_CACHE_HOME?.startsWith('/')) return env.XDG_CACHE_HOME;
  try {
    return join(homedir(), '.cache');
  } catch {
    // A user without a home folder, as in some containers.
    return undefined;
  }
}

/**
 * The first of these folders that can be written and has room. Makes it if it is missing.
 * @param {string[]} folders
 * @param {number} roomBytes
 * @returns {Promise<string>} Throws a {@link PlainError} that says what is wrong with each.
 */
export async function writableFolder(folders, roomBytes = 0) {
  /** @type {string[]} */
  const problems = [];
  for (const folder of folders) {
    const problem = await problemOf(folder, roomBytes);
    if (problem === undefined) {
      if (problems.length > 0) console.log(`${problems.join('\n')}\nUsing ${folder} instead.`);
      return folder;
    }
    problems.push(problem);
  }
  throw new PlainError(
    `${problems.join('\n')}\n\nSet XDG_CACHE_HOME to a folder that can be written and has room, then start again.`,
  );
}

/** @param {string} folder @param {number} roomBytes @returns {Promise<string | undefined>} */
async function problemOf(folder, roomBytes) {
  try {
    await fs.mkdir(folder, { recursive: true });
    // Permissions do not tell everything: a file system may be read-only or full.
    const probe = makeTemporaryFolder(folder);
    try {
      await fs.writeFile(join(probe, 'probe'), 'x');
    } finally {
      await fs.rm(probe, { recursive: true, force: true });
    }
    const { bavail, bsize } = await fs.statfs(folder);
    if (bavail * bsize >= roomBytes) return undefined;
    const mib = (/** @type {number} */ bytes) => `${Math.floor(bytes / 2 ** 20)} MB`;
    return `${folder} has ${mib(bavail * bsize)} left, and ${mib(roomBytes)} are needed.`;
  } catch (error) {
    // What Node says of a folder that cannot be made on a read-only file system.
    if (/** @type {any} */ (error).code === 'ENOENT') return `${folder} cannot be made.`;
    return plainly(error)?.text ?? String(error);
  }
}
