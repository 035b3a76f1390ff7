import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';
import { nodeSatisfies } from './lib/electron-choice.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { ensureSandbox } from './lib/sandbox.mjs';
import { electronPackages, ensureSystemPackages } from './lib/system-packages.mjs';

/** @import { SystemPackage } from './lib/system-packages.mjs' */

/** Makes sure of Node and the npm packages: enough for all that starts no Electron. */
export async function preparePackages() {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  if (!nodeSatisfies(process.versions.node, manifest.engines.node)) {
    throw new PlainError(
      `This needs Node ${manifest.engines.node}; here is Node ${process.versions.node}.`,
    );
  }
  await ensureNpmPackages();
}

/**
 * Makes sure of all that running the app needs, and says which Electron it is.
 * @param {SystemPackage[]} [extra] Packages of the system beside those that Electron needs.
 */
export async function prepareElectron(extra = []) {
  await preparePackages();
  await ensureSystemPackages([...electronPackages, ...extra]);
  const electron = await ensureElectron();
  await ensureSandbox(electron.distDir);
  console.log(electron.description);
  return electron;
}
