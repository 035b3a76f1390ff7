import type { Translator } from '../../../preload/messages';
import { reason } from '../../domain/logger';
import { StorageError, storageProblemOf } from '../../domain/storage-error';

interface StartupFailureFacts {
  /** Folder of the user's data. */
  folder: string;
  /** Path of the log file. */
  log: string;
  /** This version of the app. */
  version: string;
}

function storageText(error: StorageError, facts: StartupFailureFacts, t: Translator): string {
  const { folder } = facts;
  const { kind, copy, during } = error;
  if (during === 'backup' && kind === 'full') return t.text('storage.start.copy', { folder });
  if (kind === 'damaged') {
    return copy === null
      ? t.text('storage.start.damaged', { folder })
      : t.text('storage.start.damagedWithCopy', { folder, copy });
  }
  if (kind === 'newer') {
    const version = error.writtenBy ?? 'unknown';
    return t.text('storage.start.newer', { version, own: facts.version, folder });
  }
  if (kind === 'failing') return t.text('storage.start.failing', { folder, reason: reason(error) });
  if (kind !== 'other') return t.text(`storage.start.${kind}`, { folder });
  if (copy !== null) return t.text('storage.start.migration', { copy, reason: reason(error) });
  return t.text('storage.start.other', { ...facts, reason: reason(error) });
}

/**
 * Why the app cannot start, what is kept, and what to do. Nobody is told to move the data away, which
 * would lose accounts and uploads, unless it really cannot be read any more.
 */
export function startupFailureText(
  error: unknown,
  facts: StartupFailureFacts,
  t: Translator,
): string {
  if (error instanceof StorageError) return storageText(error, facts, t);
  return t.text('storage.start.other', { ...facts, reason: reason(error) });
}

/** Whether the app can start without being touched once the user has mended what this says. */
export function canRetryStart(error: unknown): error is StorageError {
  const problem = storageProblemOf(error);
  return problem !== null && problem !== 'damaged';
}
