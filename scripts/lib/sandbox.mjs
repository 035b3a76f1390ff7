import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { run } from './run.mjs';

/**
 * Makes sure that Chromium can start with its sandbox, where it is started with it: as anybody but root.
 * It needs a namespace of its own, which some distributions and most containers refuse to ordinary users, or a
 * helper that belongs to root. https://chromium.googlesource.com/chromium/src/+/main/docs/linux/suid_sandbox_development.md
 * @param {string} distDir The folder of an unpacked Electron.
 */
export async function ensureSandbox(distDir) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  const { code } = await run('unshare', ['--user', '--map-root-user', 'true'], { quiet: true });
  // Without the program it is not known, and Chromium says itself what it lacks.
  if (code === 0 || code === 127) return;
  const helper = join(distDir, 'chrome-sandbox');
  if (belongsToRoot(helper)) return;
  throw new PlainError(
    'Chromium cannot make its sandbox here: this system refuses namespaces to ordinary users. Either give its ' +
      `helper to root, or run this as root, without the sandbox:\n\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\n`,
  );
}

/** @param {string} helper */
function belongsToRoot(helper) {
  const stat = statSync(helper, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4001) === 0o4001;
}
