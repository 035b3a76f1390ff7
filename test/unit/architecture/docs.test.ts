import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from './source-files';

const root = resolve(import.meta.dirname, '../../..');

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((page) => page !== '' && page !== 'CHANGELOG.md');

/** Files and folders that a page names in code marks, by their path in the project. */
function namedPaths(page: string): string[] {
  const marks = [
    ...read(page).matchAll(/`((?:main|preload|renderer|test|scripts|docs)\/[\w./-]*)`/g),
  ];
  // Capitals stand for a name to be filled in.
  return marks.map((mark) => mark[1] ?? '').filter((path) => !/NAME/.test(path));
}

it.each(pages)('%s names only files that are there', (page) => {
  expect(namedPaths(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

const baseNames = new Set(
  execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .map((file) => basename(file)),
);

it.each(pages)('%s calls no file by a name that none has', (page) => {
  const names = [...read(page).matchAll(/`([\w-]+\.(?:ts|tsx|mjs|json|css))`/g)].map(
    (mark) => mark[1] ?? '',
  );
  expect(names.filter((name) => !baseNames.has(name))).toEqual([]);
});

/** The files of a numbered walk in docs/architecture.md, without those that are only asked on the way. */
function walk(heading: string): string[] {
  const page = read('docs/architecture.md');
  const begin = page.indexOf(`### ${heading}`);
  const section = page.slice(begin, page.indexOf('\n#', begin + 1));
  return [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map((step) => step[1] ?? '');
}

describe.each([
  ["A job's answer becomes a notification", 15],
  ['A dropped file becomes a PUT', 20],
])('the walk “%s”', (heading, most) => {
  it(`passes at most ${most} files, none of them twice`, () => {
    const files = walk(heading);
    expect(files.length).toBeGreaterThan(5);
    expect(files.length).toBeLessThanOrEqual(most);
    expect(new Set(files).size).toBe(files.length);
  });
});
