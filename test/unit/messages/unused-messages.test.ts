import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../../preload/messages/en';

const root = resolve(import.meta.dirname, '../../..');
const FOLDERS = ['main', 'preload', 'renderer', 'scripts'];

/** All source of the app and its scripts, except for the catalogue. */
const source = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs)$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
).join('\n');

/**
 * Keys such as `problem.${problem}.help`, as patterns: an inserted value is one word of the key.
 */
const patterns = [...new Set(source.match(/`[a-zA-Z]+\.[^`\n]*\$\{[^`\n]*`/g))].map((template) => {
  const literals = template.slice(1, -1).split(/\$\{[^}]*\}/);
  const escaped = literals.map((text) => text.replaceAll(/[^\w]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^.]+')}$`);
});

it('every message is used by the app or a script', () => {
  const unused = Object.keys(en).filter(
    (key) => !source.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});
