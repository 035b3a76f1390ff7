import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutLock } from './checkout-locks.mjs';
import { whileLocked } from './lock.mjs';
import { withNpm } from './npm.mjs';
import { projectRoot } from './paths.mjs';
import { PlainError } from './plain-error.mjs';
import { run } from './run.mjs';

/**
 * Installs what package-lock.json lists. Costs nothing when it is installed already. Throws when
 * npm fails.
 */
export async function ensureNpmPackages() {
  const lock = await fs.readFile(join(projectRoot, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  // Inside node_modules, so that it disappears with that folder.
  const marker = join(projectRoot, 'node_modules', '.cliptray-lock');
  const isInstalled = async () => (await fs.readFile(marker, 'utf8').catch(() => '')) === wanted;
  if (await isInstalled()) return;
  // npm takes the old packages away first, and whatever runs in this checkout needs them.
  await whileLocked(
    checkoutLock('the checkout', { mode: 'exclusive', what: 'npm ci' }),
    async () => {
      if (await isInstalled()) return;
      console.log('Installing npm packages.');
      const code = await withNpm(
        ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
        async ({ command, args }) => (await run(command, args, { cwd: projectRoot })).code,
      );
      if (code !== 0) throw new PlainError('"npm ci" failed; the reason is above.');
      await fs.writeFile(marker, wanted);
    },
  );
}
