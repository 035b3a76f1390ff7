import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ app: {} }));

import { lockFailure } from '../../../main/desktop/start/single-instance';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is no failure while another instance holds the lock, whose link leads nowhere', () => {
  symlinkSync('host-123', join(folder, 'SingletonLock'));
  expect(lockFailure('linux', folder)).toBeNull();
});

it('says that the folder is missing where the start would end without a word', () => {
  expect(lockFailure('linux', join(folder, 'gone'))).toMatchObject({ kind: 'missing' });
});

it('says so, too, when the folder is a file', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(lockFailure('linux', join(folder, 'file'))).toMatchObject({ kind: 'missing' });
});

it('leaves nothing in a folder that can be written', () => {
  expect(lockFailure('linux', folder)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

it('asks nothing where the lock is no file', () => {
  expect(lockFailure('win32', join(folder, 'gone'))).toBeNull();
});
