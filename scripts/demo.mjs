// npm run demo              a tour of the real app against the simulator, on a virtual desktop of its own
// npm run demo -- --keep    the app to try out: on your desktop if there is one, else the tour's stays
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, isBuilt } from './lib/build.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError, run, runMain } from './lib/run.mjs';
import { demoPackages, desktopPackages } from './lib/system-packages.mjs';
import { prepareElectron } from './prepare.mjs';

runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--keep');
  if (unknown !== undefined) {
    throw new PlainError(`The demo does not know "${unknown}". It takes --keep, or nothing.`);
  }
  const onOwnDesktop = args.includes('--keep') && hasDisplay();
  if (process.platform !== 'linux' && !onOwnDesktop) {
    throw new PlainError(
      'The tour needs a virtual desktop, and only Linux has one. To try the app on yours:\n\n  npm run demo -- --keep\n',
    );
  }
  const electron = await prepareElectron(onOwnDesktop ? [] : [...desktopPackages, ...demoPackages]);
  if (!(await isBuilt()) && (await build()) !== 0) throw new PlainError('The build failed.');
  const main = join(projectRoot, 'scripts', 'demo', 'main.ts');
  const options = onOwnDesktop ? ['--own-desktop'] : args;
  const { code } = await run(process.execPath, ['--import', tsx(), main, ...options], {
    cwd: projectRoot,
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron.distDir },
  });
  return code;
});

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The loader that lets Node run TypeScript. Not imported: it is not there before the packages are. */
function tsx() {
  return pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
}
