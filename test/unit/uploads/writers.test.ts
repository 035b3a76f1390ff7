import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Writers } from '../../../main/uploads/writers';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-writers-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  rmSync(folder, { recursive: true });
});

function file(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
}

/** Another program that holds the file open, until the test ends. */
async function program(path: string, redirection: string): Promise<void> {
  const child = spawn('sh', ['-c', `exec 9${redirection} "$0"; echo open; read line`, path]);
  children.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
}

describe.runIf(process.platform === 'linux')('programs that have a file open', () => {
  it.each([
    ['writing', '>>', true],
    ['writing and reading', '<>', true],
    ['reading', '<', false],
  ])('are seen when they are %s', async (_, redirection, expected) => {
    const path = file('rec — ação\n1.mp4');
    const writers = new Writers();
    await program(path, redirection);
    expect(await writers.has(path)).toBe(expected);
    expect(await writers.has(file('other.mp4'))).toBe(false);
  });

  it('count as long as they have it open, and no longer', async () => {
    const path = file('a.mp4');
    const writers = new Writers();
    const fd = openSync(path, 'a');
    expect(await writers.has(path)).toBe(true);
    expect(await writers.has(path)).toBe(true);
    closeSync(fd);
    expect(await writers.has(path)).toBe(false);
  });

  it('are all found in one walk, for hundreds of files that are asked for together', async () => {
    const writers = new Writers();
    const paths = Array.from({ length: 300 }, (_, index) => file(`${index}.mp4`));
    const fd = openSync(paths[150] ?? '', 'r+');
    let longestMs = 0;
    let lastMs = performance.now();
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }, 1);
    const found = await Promise.all(paths.map((path) => writers.has(path)));
    clearInterval(timer);
    closeSync(fd);
    expect(found.map((has, index) => (has ? index : -1)).filter((index) => index >= 0)).toEqual([
      150,
    ]);
    console.log(`the event loop was held up for at most ${longestMs.toFixed(1)} ms`);
  });
});

describe('where the system does not tell', () => {
  it('nobody is seen, and nothing fails', async () => {
    expect(await new Writers(null).has(file('a.mp4'))).toBe(false);
    expect(await new Writers(join(folder, 'no-proc')).has(file('a.mp4'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'processes of others, and of the past, are left out',
    async () => {
      const path = file('a.mp4');
      const proc = join(folder, 'proc');
      // One of another user, one whose flags cannot be read, and one that writes.
      mkdirSync(join(proc, '1'), { recursive: true });
      for (const id of ['2', '3']) {
        mkdirSync(join(proc, id, 'fd'), { recursive: true });
        symlinkSync(path, join(proc, id, 'fd', '7'));
      }
      mkdirSync(join(proc, 'self'));
      const writers = new Writers(proc);
      expect(await writers.has(path)).toBe(false);
      mkdirSync(join(proc, '3', 'fdinfo'));
      writeFileSync(join(proc, '3', 'fdinfo', '7'), 'pos:\t0\nflags:\t0102001\nmnt_id:\t29\n');
      expect(await writers.has(path)).toBe(true);
    },
  );
});
