/**
 * @typedef {'override' | 'pinned' | 'download' | 'registry' | 'none'} ElectronSource
 * override: the folder in ELECTRON_OVERRIDE_DIST_PATH; pinned: the version in package.json, already
 * in node_modules; download: the same, to be downloaded; registry: the older one inside an npm package.
 */

/** A failed download is not tried again for this long: it would cost its timeout at every start. */
export const downloadRetryMs = 24 * 60 * 60 * 1000;

/**
 * Which Electron to use, before anything is downloaded. Called again with `lastDownloadFailureMs`
 * when a download failed.
 * @param {object} facts
 * @param {string | undefined} facts.overrideDir
 * @param {boolean} facts.pinnedInstalled
 * @param {string} facts.nodeVersion Such as `20.20.2`.
 * @param {string} facts.minimumNode What the pinned Electron's installer asks for, such as `>= 22.12.0`.
 * @param {number | undefined} facts.lastDownloadFailureMs Milliseconds since the epoch.
 * @param {number} facts.nowMs Milliseconds since the epoch.
 * @param {NodeJS.Platform} facts.platform
 * @param {string} facts.arch
 * @returns {ElectronSource}
 */
export function chooseElectron(facts) {
  if (facts.overrideDir) return 'override';
  if (facts.pinnedInstalled) return 'pinned';
  const failedLately =
    facts.lastDownloadFailureMs !== undefined &&
    facts.nowMs - facts.lastDownloadFailureMs < downloadRetryMs;
  if (!failedLately && nodeSatisfies(facts.nodeVersion, facts.minimumNode)) return 'download';
  return facts.platform === 'linux' && facts.arch === 'x64' ? 'registry' : 'none';
}

/**
 * Whether a Node version is at least the one in a range such as `>= 22.12.0`. Any other kind of
 * range counts as satisfied: the installer then speaks for itself.
 * @param {string} version
 * @param {string} range
 */
export function nodeSatisfies(version, range) {
  const wanted = /^>=\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(range.trim());
  if (!wanted) return true;
  const have = version.split('.').map(Number);
  for (const [index, text] of wanted.slice(1).entries()) {
    const difference = (have[index] ?? 0) - Number(text ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
