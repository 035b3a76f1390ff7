import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { npmCommand, PlainError, run } from './run.mjs';

/**
 * Installs what package-lock.json lists. Costs nothing when it is installed already. Throws when
 * npm fails.
 */
export async function ensureNpmPackages() {
  const lock = await fs.readFile(join(projectRoot, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  // Inside node_modules, so that it disappears with that folder.
  const marker = join(projectRoot, 'node_modules', '.cliptray-lock');
  const installed = await fs.readFile(marker, 'utf8').catch(() => '');
  if (installed === wanted) return;
  console.log('Installing npm packages.');
  const npm = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const { code } = await run(npm.command, npm.args, { cwd: projectRoot });
  if (code !== 0) throw new PlainError('"npm ci" failed; the reason is above.');
  await fs.writeFile(marker, wanted);
}
