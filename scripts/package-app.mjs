import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt, tool } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run } from './lib/run.mjs';
import { prepareElectron } from './prepare.mjs';

/**
 * Builds the app if it must be, and packages it, unpacked, on the Electron that is at hand.
 * @param {string} outputFolder Gets a folder such as `linux-unpacked`.
 * @param {{ quiet?: boolean }} [options] `quiet` drops what the packager prints.
 * @returns {Promise<number>} The packager's exit code.
 */
export async function packageApp(outputFolder, { quiet = false } = {}) {
  const electron = await prepareElectron();
  if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
  const folder = await mkdtemp(join(tmpdir(), 'cliptray-electron-'));
  try {
    await cp(electron.distDir, folder, { recursive: true });
    // The program that runs `electron FOLDER`; in a packaged app it would be one more way in.
    await rm(join(folder, 'resources', 'default_app.asar'), { force: true });
    const version = (await readFile(join(folder, 'version'), 'utf8')).trim().replace(/^v/, '');
    const settings = [
      `-c.electronDist=${folder}`,
      `-c.electronVersion=${version}`,
      `-c.directories.output=${outputFolder}`,
    ];
    const args = ['--dir', '--publish', 'never', ...settings];
    return (await run(tool('electron-builder'), args, { cwd: projectRoot, quiet })).code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
