import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTextFile } from '../../../main/desktop/dialogs/text-file';
import { safeFileName } from '../../../main/domain/file-name';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliptray-text-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the name proposed for a saved text', () => {
  it.each([
    ['My talk.log.txt', 'My talk.log.txt'],
    ['../../.ssh/authorized_keys', 'ssh-authorized_keys'],
    ['C:\\evil?.txt', 'C-evil-.txt'],
    ['gp\u202etxt.exe\u0000', 'gp txt.exe'],
    ['..', 'cliptray.txt'],
    ['', 'cliptray.txt'],
    ['con.txt', '_con.txt'],
    ['name. ', 'name'],
  ])('of %j is %j', (proposed, name) => {
    expect(safeFileName(proposed, 'cliptray.txt')).toBe(name);
  });

  it('is cut so that its extension stays and no character is halved', () => {
    const name = safeFileName(`${'🎬'.repeat(300)}.txt`, 'cliptray.txt');
    expect(name).toMatch(/^(🎬)+\.txt$/u);
    // An encrypted home folder (eCryptfs) takes no longer name.
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(143);
    expect(Buffer.byteLength(name)).toBeGreaterThan(135);
  });
});

describe('a saved text', () => {
  it('replaces the old one and leaves nothing else behind', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'old');
    await writeTextFile(path, 'new ü');
    expect(await readFile(path, 'utf8')).toBe('new ü');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('leaves the old one as it was when it cannot be written', async () => {
    // A folder of that name cannot be replaced by a file.
    await expect(writeTextFile(folder, 'new')).rejects.toThrow();
    await expect(writeTextFile(join(folder, 'missing', 'a.txt'), 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
