import { describe, expect, test } from 'vitest';
import {
  chooseElectron,
  downloadRetryMs,
  nodeSatisfies,
} from '../../../scripts/lib/electron-choice.mjs';

const nowMs = Date.parse('2026-01-02T03:04:05Z');

/** A fresh clone on a new machine. */
const fresh: Parameters<typeof chooseElectron>[0] = {
  overrideDir: undefined,
  pinnedInstalled: false,
  nodeVersion: '22.12.0',
  minimumNode: '>= 22.12.0',
  lastDownloadFailureMs: undefined,
  nowMs,
  platform: 'linux',
  arch: 'x64',
};

describe('which Electron is used', () => {
  test('a folder that someone named is used whatever else is there', () => {
    expect(chooseElectron({ ...fresh, overrideDir: '/dist', pinnedInstalled: true })).toBe(
      'override',
    );
  });

  test('the pinned version is used as soon as it is installed, even on an old Node', () => {
    expect(chooseElectron({ ...fresh, pinnedInstalled: true, nodeVersion: '20.20.2' })).toBe(
      'pinned',
    );
  });

  test('a new machine gets the pinned version, not an older one', () => {
    expect(chooseElectron(fresh)).toBe('download');
  });

  test('an old Node, on which the installer cannot run, does not stop the tests', () => {
    expect(chooseElectron({ ...fresh, nodeVersion: '20.20.2' })).toBe('registry');
  });

  test('a failed download does not cost its timeout again at every start', () => {
    const soon = { ...fresh, lastDownloadFailureMs: nowMs - downloadRetryMs + 1 };
    expect(chooseElectron(soon)).toBe('registry');
  });

  test('a download that failed a day ago is tried again', () => {
    const later = { ...fresh, lastDownloadFailureMs: nowMs - downloadRetryMs };
    expect(chooseElectron(later)).toBe('download');
  });

  test('a machine that the older one does not fit is told so instead of failing later', () => {
    const failed = { ...fresh, lastDownloadFailureMs: nowMs };
    expect(chooseElectron({ ...failed, platform: 'darwin' })).toBe('none');
    expect(chooseElectron({ ...failed, arch: 'arm64' })).toBe('none');
  });
});

describe('whether a Node is new enough', () => {
  test.each([
    ['22.12.0', '>= 22.12.0', true],
    ['22.11.9', '>=22.12.0', false],
    ['24.0.0', '>=22.12', true],
    ['9.11.2', '>=20.19', false],
    ['20.19.0', '>=20.19', true],
    ['18.0.0', '^18 || ^20', true],
  ])('Node %s for "%s": %s', (version, range, expected) => {
    expect(nodeSatisfies(version, range)).toBe(expected);
  });
});
