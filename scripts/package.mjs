// npm run package: an unpacked app in dist/, on the Electron that is at hand.
import { join } from 'node:path';
import { checkoutLock } from './lib/checkout-locks.mjs';
import { whileLocked } from './lib/lock.mjs';
import { projectRoot } from './lib/paths.mjs';
import { allow, runMain } from './lib/run.mjs';
import { packageApp } from './package-app.mjs';

const usage = `npm run package

Makes an unpacked app for this system in dist/, on the Electron that is at hand: see "Which Electron runs" in
docs/development.md. It takes no options.`;

runMain(usage, async (args) => {
  allow('npm run package', args);
  const what = 'npm run package';
  const output = { mode: /** @type {const} */ ('exclusive'), what };
  return whileLocked(checkoutLock('dist/', output), () =>
    packageApp(join(projectRoot, 'dist'), { what }),
  );
});
