import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../preload/messages/languages';

const root = resolve(import.meta.dirname, '../../../preload/messages');

/** The keys of each JSON file of a language, in the order of the file. */
function readFiles(tag: string): Record<string, string[]> {
  const folder = join(root, tag.toLowerCase());
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>),
    ]),
  );
}

const ENGLISH = readFiles('en');

describe.each(LANGUAGES)('the JSON files in $tag', ({ tag, messages }) => {
  const files = readFiles(tag);

  it('are the English ones, with the same keys in the same order', () => {
    expect(Object.keys(files)).toEqual(Object.keys(ENGLISH));
    for (const [name, keys] of Object.entries(files)) {
      expect.soft(keys, name).toEqual(ENGLISH[name]);
    }
  });

  it('are all part of the catalogue, and no key is in two of them', () => {
    expect(Object.values(files).flat().sort()).toEqual(Object.keys(messages).sort());
  });
});

it('the first word of a key is used in one file only, so it tells where the message is', () => {
  const filesOf = new Map<string, Set<string>>();
  for (const [name, keys] of Object.entries(ENGLISH)) {
    for (const key of keys) {
      const prefix = key.split('.')[0] ?? key;
      filesOf.set(prefix, (filesOf.get(prefix) ?? new Set()).add(name));
    }
  }
  const shared = [...filesOf].filter(([, names]) => names.size > 1);
  expect(shared.map(([prefix, names]) => `${prefix}: ${[...names].join(', ')}`)).toEqual([]);
});
