import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lock, whileLocked } from '../../../scripts/lib/lock.mjs';
import { eventually } from '../../eventually';

const module = pathToFileURL(join(import.meta.dirname, '../../../scripts/lib/lock.mjs')).href;

let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-lock-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Other {
  pid: number;
  /** Resolves when it has printed this line. */
  printed(line: string): Promise<void>;
  lines: string[];
  write(line: string): void;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A process of its own that takes the lock, prints `held`, and lets go when it is told to. */
function other(options: object = {}): Other {
  const all = JSON.stringify({ folder, of: 'out/', what: 'the other', ...options });
  const code = `
    import { lock } from ${JSON.stringify(module)};
    const held = await lock(${all});
    console.log('held');
    process.stdin.on('data', (text) => {
      if (String(text).startsWith('share')) held.share();
      else { held.release(); process.exit(); }
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CLIPTRAY_LOCKS: '' },
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  return {
    pid: child.pid ?? 0,
    lines,
    async printed(line) {
      while (!lines.some((one) => one.includes(line))) await once(reader, 'line');
    },
    write: (line) => void child.stdin.write(`${line}\n`),
    async kill(signal) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}

const claim = (options: object = {}) =>
  lock({ folder, of: 'out/', mode: 'exclusive', what: 'npm run build', ...options });

describe('a build beside a running test', () => {
  it('waits, says for whom, and goes on when the test is over', async () => {
    const test = other({ mode: 'shared', what: 'npm test' });
    await test.printed('held');
    const said: string[] = [];
    const building = claim({ say: (line: string) => said.push(line) });
    await eventually(() => expect(said).toHaveLength(1));
    expect(said[0]).toContain(`npm test (process ${test.pid}, since `);
    test.write('end');
    (await building).release();
  });

  it('goes on when the test was killed, and leaves nothing of it', async () => {
    const test = other({ mode: 'shared' });
    await test.printed('held');
    const building = claim({ say: () => {} });
    await test.kill('SIGKILL');
    (await building).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused at once beside an app that somebody uses', async () => {
    const app = other({ mode: 'shared', what: 'npm start', endless: true });
    await app.printed('held');
    await expect(claim()).rejects.toThrow(`in use by npm start (process ${app.pid}`);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

it('tests run beside each other, and beside a build that has become a test', async () => {
  const build = other({ mode: 'exclusive' });
  await build.printed('held');
  const test = other({ mode: 'shared', what: 'npm test' });
  await test.printed('Waiting for out/');
  build.write('share');
  await test.printed('held');
});

it('a test that comes after a waiting build waits too, so that the build gets its turn', async () => {
  const first = other({ mode: 'shared' });
  await first.printed('held');
  const build = other({ mode: 'exclusive', what: 'npm run build' });
  await build.printed('Waiting');
  const second = other({ mode: 'shared' });
  await second.printed(`npm run build (process ${build.pid}`);
  first.write('end');
  await build.printed('held');
  expect(second.lines).not.toContain('held');
  build.write('end');
  await second.printed('held');
});

it('many processes at once hold it one after the other', async () => {
  const code = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setImmediate as turn } from 'node:timers/promises';
    import { lock } from ${JSON.stringify(module)};
    const count = ${JSON.stringify(join(folder, '../', `${folder.split('/').at(-1)}-count`))};
    for (let times = 0; times < 5; times += 1) {
      const held = await lock({ folder: ${JSON.stringify(folder)}, of: 'x', mode: 'exclusive', what: 'y', say() {} });
      const before = Number(readFileSync(count, 'utf8'));
      for (let turns = 0; turns < 20; turns += 1) await turn();
      writeFileSync(count, String(before + 1));
      held.release();
    }`;
  const count = `${folder}-count`;
  writeFileSync(count, '0');
  const processes = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: 'inherit',
      env: { ...process.env, CLIPTRAY_LOCKS: '' },
    }),
  );
  children.push(...processes);
  await Promise.all(processes.map((child) => once(child, 'exit')));
  expect(readFileSync(count, 'utf8')).toBe('20');
  rmSync(count);
}, 60_000);

describe('a claim that nobody holds', () => {
  const made = { folder: '', mode: 'exclusive', what: 'x', endless: false, sinceMs: 0, turn: 1 };

  it.each([
    ['a number that another process has now', { pid: process.pid, start: 'earlier' }],
    ['a process that is gone', { pid: 2 ** 22 - 1, start: 'x' }],
  ])('%s', async (_, whose) => {
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ ...made, folder, ...whose }));
    (await claim()).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('one that came with a copy of the checkout', async () => {
    const test = other({ mode: 'shared' });
    await test.printed('held');
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(copy, file), readFileSync(join(folder, file)));
    (await claim({ folder: copy })).release();
  });

  it('one whose process was stopped while it wrote', async () => {
    writeFileSync(join(folder, 'cut.json'), '{"pid":');
    writeFileSync(join(folder, '4194303-0a.json.new'), '');
    (await claim()).release();
  });
});

it('what a holder starts holds the lock too, but may not change what its holder uses', async () => {
  const held = await claim({ mode: 'shared' });
  await whileLocked({ folder, of: 'out/', mode: 'shared', what: 'inside' }, async () => {});
  await expect(claim()).rejects.toThrow('under what started it');
  held.release();
  (await claim()).release();
});
