// npm run demo              a tour of the real app against the simulator, on a virtual desktop of its own
// npm run demo -- --keep    the app to try out: on your desktop if there is one, else the tour's stays
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBuild } from './lib/build.mjs';
import { checkoutLock } from './lib/checkout-locks.mjs';
import { whileLocked } from './lib/lock.mjs';
import { projectRoot } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { allow, run, runMain } from './lib/run.mjs';
import { demoPackages, desktopPackages } from './lib/system-packages.mjs';
import { prepareElectron } from './prepare.mjs';

const usage = `npm run demo [-- --keep]

A tour of the real app against a simulator of both services, on a virtual desktop of its own, in two
minutes. Nothing leaves this computer. Pictures and a report are left in demo-output/.
  --keep   leaves the app to you: on your desktop if there is one, else on the tour's`;

runMain(usage, async (args) => {
  allow('npm run demo', args, ['--keep']);
  const keep = args.includes('--keep');
  const onOwnDesktop = keep && hasDisplay();
  if (process.platform !== 'linux' && !onOwnDesktop) {
    throw new PlainError(
      'The tour needs a virtual desktop, and only Linux has one. To try the app on yours:\n\n  npm run demo -- --keep\n',
    );
  }
  const electron = await prepareElectron(onOwnDesktop ? [] : [...desktopPackages, ...demoPackages]);
  const main = join(projectRoot, 'scripts', 'demo', 'main.ts');
  const options = onOwnDesktop ? ['--own-desktop'] : args;
  const what = ['npm run demo', ...(keep ? ['-- --keep'] : [])].join(' ');
  const play = () =>
    withBuild({ what, endless: keep }, async () => {
      const { code } = await run(process.execPath, ['--import', tsx(), main, ...options], {
        cwd: projectRoot,
        env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron.distDir },
      });
      return code;
    });
  if (onOwnDesktop) return play();
  const pictures = { mode: /** @type {const} */ ('exclusive'), what, endless: keep };
  return whileLocked(checkoutLock('demo-output/', pictures), play);
});

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The loader that lets Node run TypeScript. Not imported: it is not there before the packages are. */
function tsx() {
  return pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
}
