import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { read, sourceFiles } from './source-files';

const root = resolve(import.meta.dirname, '../../..');

/** The verbs that a file declares or handles, by their keys. */
function verbsIn(file: string): string[] {
  if (!existsSync(join(root, file))) return [];
  return [...read(file).matchAll(/^ +(?:async )?'(\w+\.\w+)'[(:]/gm)].map((key) => key[1] ?? '');
}

const subjects = sourceFiles('preload/contract')
  .filter((file) => verbsIn(file).length > 0)
  .map((file) => basename(file));

it('verbs are found in the contract', () => {
  expect(subjects.flatMap((file) => verbsIn(`preload/contract/${file}`)).length).toBeGreaterThan(
    50,
  );
});

it.each(subjects)(
  'main/commands/%s handles what the contract’s file of that name declares',
  (file) => {
    const declared = verbsIn(`preload/contract/${file}`);
    expect(verbsIn(`main/commands/${file}`).sort()).toEqual(declared.sort());
  },
);
