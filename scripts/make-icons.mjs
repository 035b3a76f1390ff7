/**
 * Draws the PNG icons from the SVG ones in `resources/`. Needs rsvg-convert (Debian: librsvg2-bin).
 * The PNGs are kept in the repository, so only a change of an SVG needs this: `node scripts/make-icons.mjs`.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const RESOURCES = join(import.meta.dirname, '..', 'resources');
const STATES = ['idle', 'working', 'attention', 'offline'];

/**
 * @param {string} svg path of the drawing, inside `resources/`
 * @param {string} png path of the picture, inside `resources/`
 * @param {number} sizePx width and height
 */
function draw(svg, png, sizePx) {
  const size = String(sizePx);
  execFileSync(
    'rsvg-convert',
    ['--width', size, '--height', size, '--output', join(RESOURCES, png), join(RESOURCES, svg)],
    { stdio: 'inherit' },
  );
}

draw('icon.svg', 'icon.png', 512);
for (const state of STATES) {
  draw(`tray/${state}.svg`, `tray/${state}.png`, 24);
  draw(`tray/${state}.svg`, `tray/${state}@2x.png`, 48);
  // Windows scales a tray icon itself, down from one size.
  draw(`tray/${state}.svg`, `tray/${state}-windows.png`, 32);
  // macOS paints these in the colour of its menu bar: the name must end in Template.
  // https://www.electronjs.org/docs/latest/api/native-image#template-image-macos
  draw(`tray/${state}-template.svg`, `tray/${state}Template.png`, 16);
  draw(`tray/${state}-template.svg`, `tray/${state}Template@2x.png`, 32);
}
