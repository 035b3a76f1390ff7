// npm run icons: draws the PNG icons from the SVG ones in resources/. The PNGs are kept in the
// repository, so only a change of an SVG needs this.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { allow, run, runMain } from './lib/run.mjs';
import { ensureSystemPackages, iconPackages } from './lib/system-packages.mjs';
import { makeTemporaryFolder } from './lib/temporary-folder.mjs';

const usage = `npm run icons

Draws the PNG icons in resources/ again from their SVGs, with rsvg-convert. It takes no options.`;

const states = ['idle', 'working', 'attention', 'offline'];

/**
 * The pictures: the drawing and the picture by their paths in `resources/`, and the width and height.
 * @type {[svg: string, png: string, sizePx: number][]}
 */
const icons = [['icon.svg', 'icon.png', 512], ...states.flatMap((state) => iconsOf(state))];

/** @param {string} state @returns {[string, string, number][]} */
function iconsOf(state) {
  return [
    [`tray/${state}.svg`, `tray/${state}.png`, 24],
    [`tray/${state}.svg`, `tray/${state}@2x.png`, 48],
    // Windows scales a tray icon itself, down from one size.
    [`tray/${state}.svg`, `tray/${state}-windows.png`, 32],
    // macOS paints these in the colour of its menu bar: the name must end in Template.
    // https://www.electronjs.org/docs/latest/api/native-image#template-image-macos
    [`tray/${state}-template.svg`, `tray/${state}Template.png`, 16],
    [`tray/${state}-template.svg`, `tray/${state}Template@2x.png`, 32],
  ];
}

runMain(usage, async (args) => {
  allow('npm run icons', args);
  await ensureSystemPackages(iconPackages);
  const resources = join(projectRoot, 'resources');
  const drawn = makeTemporaryFolder();
  try {
    for (const [svg, png, sizePx] of icons) {
      const size = String(sizePx);
      const to = join(drawn, png);
      await mkdir(dirname(to), { recursive: true });
      const drawing = ['--width', size, '--height', size, '--output', to, join(resources, svg)];
      const { code, output } = await run('rsvg-convert', drawing, { quiet: true });
      if (code !== 0) {
        throw new PlainError(`${svg} could not be drawn: ${output.trim()}\nNo icon was changed.`);
      }
    }
    // All or none: a drawing that is wrong must not leave half of the icons old.
    for (const [, png] of icons) await copyFile(join(drawn, png), join(resources, png));
  } finally {
    await rm(drawn, { recursive: true, force: true });
  }
  console.log(`${icons.length} icons drawn.`);
});
