import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prepareForCrash } from '../../../main/desktop/start/crash-recovery';
import type { Restart } from '../../../main/domain/environment';
import { silentLogger } from '../../builders/logger';

let userData: string;
vi.mock('electron', () => ({
  app: { getPath: () => userData, getVersion: () => '1.0.0' },
}));
vi.mock('../../../main/desktop/start/crash-watch', () => ({ watchForCrash() {} }));
vi.mock('../../../main/desktop/start/login-item', () => ({ startCommand: () => ['cliptray'] }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-recovery-'));
});
afterEach(() => rm(folder, { recursive: true }));

function start(afterCrash: boolean): Restart[] {
  const told: Restart[] = [];
  prepareForCrash({
    platform: 'linux',
    afterCrash,
    logger: { ...silentLogger, file: join(folder, 'cliptray.log') },
    restarted: (restart) => told.push(restart),
  });
  return told;
}

it('a start after a crash leads the user to its report', async () => {
  userData = folder;
  expect(start(true)).toMatchObject([{ hasReport: true }]);
  expect(await readdir(join(folder, 'crash-reports'))).toHaveLength(1);
});

it('a report that could not be written is not promised', async () => {
  userData = join(folder, 'a-file');
  await writeFile(userData, '');
  expect(start(true)).toMatchObject([{ hasReport: false }]);
});

it('a start that was asked for is not told as one after a crash', () => {
  userData = folder;
  expect(start(false)).toEqual([]);
});
