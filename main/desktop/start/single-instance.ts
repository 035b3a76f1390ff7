import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { problemOfCode, StorageError } from '../../domain/storage-error';

/**
 * Takes the lock that only one instance of the app can hold. False when another instance holds it;
 * that one is then told of this start, and does what it asks for. Throws StorageError if the lock cannot
 * be made, since nothing can be written in the folder of the app's data.
 */
export function takeSingleInstanceLock(): boolean {
  if (app.requestSingleInstanceLock()) return true;
  const failure = lockFailure(process.platform, app.getPath('userData'));
  if (failure !== null) throw failure;
  return false;
}

/**
 * Why the lock could not be made in that folder; null if another instance holds it. On Linux the lock is a
 * link there, and Electron does not say why it could not take it: with a read-only disk a start would end
 * without a word.
 */
export function lockFailure(platform: NodeJS.Platform, dataFolder: string): StorageError | null {
  if (platform !== 'linux') return null;
  try {
    if (lstatSync(join(dataFolder, 'SingletonLock'), { throwIfNoEntry: false })) return null;
    rmSync(mkdtempSync(join(dataFolder, 'lock-')), { recursive: true });
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return new StorageError(problemOfCode(code), message, { code: code ?? null });
  }
}
