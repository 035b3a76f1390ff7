import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesOf, isFolder, MAX_DEPTH } from '../../../main/uploads/folders';

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

it('a folder nested too deeply is named, and everything above it is found', async () => {
  const levels = Array.from({ length: MAX_DEPTH }, () => 'd');
  file('a.mp4', join(...levels, 'b.mp4'));
  expect((await filesOf(folder)).refused).toEqual([]);
  file(join(...levels, 'deeper', 'c.mp4'));
  const { files, refused } = await filesOf(folder);
  expect(files.map((path) => basename(path))).toEqual(['a.mp4', 'b.mp4']);
  expect(refused).toEqual([{ fileName: 'deeper', problem: 'folder-too-deep' }]);
});

/** A name as the bytes of ISO 8859-1, as an old archive or a camera leaves them. */
const latin1 = (name: string) =>
  Buffer.concat([Buffer.from(join(folder, '/')), Buffer.from(name, 'latin1')]);

// Elsewhere the system refuses such names.
it.runIf(process.platform === 'linux')(
  'names that are not UTF-8 are told apart from the others, which are found',
  async () => {
    file('a.mp4', 'z.mp4');
    writeFileSync(latin1('fête.mp4'), 'x');
    mkdirSync(latin1('été'));
    const { files, nameless, refused } = await filesOf(folder);
    expect(files.map((path) => basename(path))).toEqual(['a.mp4', 'z.mp4']);
    expect(nameless).toEqual([{ path: latin1('fête.mp4'), fileName: 'f\ufffdte.mp4' }]);
    expect(refused).toEqual([{ fileName: '\ufffdt\ufffd', problem: 'file-name-unreadable' }]);
  },
);

it.skipIf(process.platform === 'win32')(
  'names that are unusual but text are found as they are: composed or not, long, with line breaks',
  async () => {
    const names = ['e\u0301.mp4', '\u00e9.mp4', 'two\nlines.mp4', 'a\u202e4pm.mp4', '\ufffd.mp4'];
    const longest = `${'é'.repeat(125)}v.mp4`;
    expect(Buffer.byteLength(longest)).toBe(255);
    // APFS takes both forms of a letter for one name.
    const own = process.platform === 'darwin' ? names.slice(1) : names;
    file(...own, longest);
    expect((await found()).sort()).toEqual([...own, longest].sort());
  },
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
    const { files, refused } = await filesOf(folder);
    expect(files.length).toBe(1);
    expect(refused).toEqual([{ fileName: 'closed', problem: 'file-unreadable' }]);
    await expect(filesOf(join(folder, 'closed'))).rejects.toThrow('file-unreadable');
  });
  chmodSync(join(folder, 'closed'), 0o700);
});
