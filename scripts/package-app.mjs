import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tool, withBuild } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { makeTemporaryFolder } from './lib/temporary-folder.mjs';
import { prepareElectron } from './prepare.mjs';

/**
 * Builds the app if it must be, and packages it, unpacked, on the Electron that is at hand.
 * @param {string} outputFolder Gets a folder such as `linux-unpacked`.
 * @param {{ what: string, quiet?: boolean }} options `what` is the command, for whoever has to wait for it;
 *   `quiet` drops what the packager prints.
 * @returns {Promise<number>} The packager's exit code.
 */
export async function packageApp(outputFolder, { what, quiet = false }) {
  const electron = await prepareElectron();
  return withBuild({ what }, async () => {
    const folder = makeTemporaryFolder();
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
  });
}
