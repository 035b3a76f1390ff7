import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlainError, plainly, UsageError } from '../../../scripts/lib/plain-error.mjs';
import { numberOf } from '../../bench/numbers';
import { parseOptions as uploadFaults } from '../../faults/uploads/options';
import { parseOptions as watchingFaults } from '../../faults/watching/options';
import { parseOptions as simulator } from '../../simulator/options';

const root = join(import.meta.dirname, '../../..');

function runScript(
  name: string,
  args: string[],
): { code: number | null; out: string; err: string } {
  const script = join(root, 'scripts', `${name}.mjs`);
  // No display: a script that went on would not open a window.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env,
  });
  return { code: status, out: stdout, err: stderr };
}

describe('--help', () => {
  it.each([
    ['bench', []],
    ['contract', []],
    ['demo', []],
    ['demo', ['--keep']],
    ['faults', []],
    ['hooks', []],
    ['make-icons', []],
    ['package', []],
    ['start', []],
    ['test', []],
    ['test', ['e2e']],
  ])('%s %j says what it does, and does nothing', (script, args) => {
    const { code, out, err } = runScript(script, [...args, '--help']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^npm /);
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    ['bench', ['--frobnicate']],
    ['contract', ['--frobnicate']],
    ['demo', ['--frobnicate']],
    ['faults', ['--frobnicate']],
    ['hooks', ['--frobnicate']],
    ['make-icons', ['--frobnicate']],
    ['package', ['--frobnicate']],
    ['test', ['--frobnicate']],
    ['test', ['unit', '--frobnicate']],
    ['test', ['lint', '--frobnicate']],
  ])('%s %j ends in plain words with exit code 2', (script, args) => {
    const { code, err } = runScript(script, args);
    expect(code).toBe(2);
    expect(err).toContain('"--frobnicate"');
    expect(err).not.toMatch(/^ {4}at /m);
  });

  it.each<[string, () => unknown]>([
    ['an option that the upload faults do not know', () => uploadFaults(['--frobnicate'])],
    ['a seed that is no number', () => uploadFaults(['--seed=x'])],
    ['too many kills', () => watchingFaults(['--kills=1000000'])],
    ['an option that the simulator does not know', () => simulator(['--frobnicate'])],
    ['a port without a number', () => simulator(['--port'])],
    ['a clock that there is not', () => simulator(['--clock', 'sundial'])],
    ['a count of jobs that is none', () => numberOf('jobs', '-1')],
  ])('%s ends the same way', (_, parse) => {
    let failure: unknown;
    try {
      parse();
    } catch (error) {
      failure = error;
    }
    expect(plainly(failure)).toMatchObject({ code: 2 });
  });
});

describe('what goes wrong', () => {
  const error = (fields: object) => Object.assign(new Error('raw'), fields);

  it.each([
    [{ code: 'ENOSPC', path: '/a' }, 'The disk is full: /a. Free some space, then start again.'],
    [{ code: 'EROFS', path: '/a' }, 'Nothing can be written: /a: the file system is read-only.'],
    [
      { code: 'ENOENT', syscall: 'spawn tar', path: 'tar' },
      'tar is not installed, or not on the PATH.',
    ],
    [{ code: 'ENOENT', path: '/a' }, 'This is missing: /a'],
  ])('%j on the machine is told without a stack', (fields, text) => {
    expect(plainly(error(fields))).toEqual({ text, code: 1 });
  });

  it('in our own code keeps its stack', () => {
    expect(plainly(new TypeError('x is not a function'))).toBeUndefined();
    expect(plainly('text')).toBeUndefined();
  });

  it('in the command line has an exit code of its own', () => {
    expect(plainly(new UsageError('no'))).toEqual({ text: 'no', code: 2 });
    expect(plainly(new PlainError('no'))).toEqual({ text: 'no', code: 1 });
  });
});
