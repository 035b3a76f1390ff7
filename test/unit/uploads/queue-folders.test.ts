import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesOf, isFolder, MAX_DEPTH, MAX_FILES } from '../../../main/uploads/folders';

/** Two thousand files are written: usually a moment, but seconds on a busy disk. */
const MANY_FILES_TIMEOUT_MS = 30_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(...names: string[]): void {
  const paths = names.map((name) => join(folder, name));
  for (const parent of new Set(paths.map(dirname))) mkdirSync(parent, { recursive: true });
  for (const path of paths) writeFileSync(path, 'x');
}

const found = async () =>
  (await filesOf(folder)).files.map((path) => relative(folder, path).replaceAll('\\', '/'));

it('files are found in all subfolders, with numbers in numerical order', async () => {
  file('part 10.mp4', 'part 2.mp4', 'Part 1/b.mp4', 'Part 1/a.mp4', 'part 3.mp4');
  expect(await found()).toEqual([
    'Part 1/a.mp4',
    'Part 1/b.mp4',
    'part 2.mp4',
    'part 3.mp4',
    'part 10.mp4',
  ]);
});

it('what is hidden is left out', async () => {
  file('a.mp4', '.b.mp4', '.Trash/c.mp4', 'd/.e/f.mp4');
  expect(await found()).toEqual(['a.mp4']);
});

it('a link to the folder itself causes no endless loop, and no link leads out of the folder', async () => {
  file('deep/a.mp4');
  symlinkSync(folder, join(folder, 'deep', 'again'));
  symlinkSync(tmpdir(), join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'deep', 'a.mp4'), join(folder, 'link.mp4'));
  expect(await found()).toEqual(['deep/a.mp4', 'link.mp4']);
  expect(await isFolder(join(folder, 'elsewhere'))).toBe(true);
  expect(await isFolder(join(folder, 'link.mp4'))).toBe(false);
  expect(await isFolder(join(folder, 'nowhere'))).toBe(false);
});

it(
  'a folder with too many files or levels is refused as a whole',
  async () => {
    file(...Array.from({ length: MAX_FILES }, (_, index) => `${index}.mp4`));
    expect((await filesOf(folder)).files.length).toBe(MAX_FILES);
    file('one-more.mp4');
    await expect(filesOf(folder)).rejects.toThrow('folder-too-large');

    const nest = join(folder, 'nest');
    mkdirSync(join(nest, ...Array.from({ length: MAX_DEPTH }, () => 'd')), { recursive: true });
    expect((await filesOf(nest)).files).toEqual([]);
    mkdirSync(join(nest, ...Array.from({ length: MAX_DEPTH + 1 }, () => 'd')), { recursive: true });
    await expect(filesOf(nest)).rejects.toThrow('folder-too-large');
  },
  MANY_FILES_TIMEOUT_MS,
);

it('a missing folder is reported', async () => {
  await expect(filesOf(join(folder, 'nowhere'))).rejects.toThrow('file-missing');
});

/** Root may read everything, so as root the work is done as another user. */
async function withoutRights<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

// Windows has no such permissions.
it.skipIf(process.platform === 'win32')('a folder that may not be read is named', async () => {
  file('open/a.mp4', 'closed/b.mp4');
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'closed'), 0);
  await withoutRights(async () => {
    const { files, unreadable } = await filesOf(folder);
    expect([files.length, unreadable]).toEqual([1, ['closed']]);
    await expect(filesOf(join(folder, 'closed'))).rejects.toThrow('file-unreadable');
  });
  chmodSync(join(folder, 'closed'), 0o700);
});
