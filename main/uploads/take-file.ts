import type { Stats } from 'node:fs';
import type { Upload } from '../domain/upload';
import type { UploadQueueDeps } from './deps';
import { equalParts } from './equal-parts';
import { throwIfStopped, UploadFailure } from './failure';
import { modifiedAtMs } from './file-check';
import type { SettlingFiles } from './settling-files';
import { hasStamp, type SourceFile } from './source-file';
import { logEvent } from './write-log';

/** A file whose time was no older than this when it was added may have been written just then. */
const FRESH_MS = 15 * 60_000;

interface TakeFileContext {
  id: string;
  deps: UploadQueueDeps;
  settlingFiles: Pick<SettlingFiles, 'look' | 'wasWritten'>;
  stop: AbortSignal;
  /** Discards what was sent, and stores the file as it is now. */
  startOver: () => Promise<void>;
}

/**
 * Makes sure that an upload's file can be sent as it is now, and that what is stored of it is true. Parts
 * of two versions are never mixed. `takesChange`: the user wants the file even if it is another one.
 *
 * Throws Stopped on a stop, and UploadFailure: `file-being-written` while it is, `file-changed` if it is
 * another file than the one that was added, and those of reading.
 */
export async function takeFile(
  file: SourceFile,
  takesChange: boolean,
  { id, deps, settlingFiles, stop, startOver }: TakeFileContext,
): Promise<void> {
  const upload = stored(deps, id);
  const stats = await file.stats();
  // Cards of cameras have files of the same names at the same path: another card may be there now.
  const isKnown = upload.sizeBytes > 0;
  const isOther = isKnown && stats.size !== upload.sizeBytes && upload.problem === 'file-missing';
  if (isOther && !takesChange) throw new UploadFailure('file-changed');
  if (!(await settlingFiles.look(id, upload.path, stats))) {
    throw new UploadFailure('file-being-written');
  }
  throwIfStopped(stop);
  // It had just begun when it was added: only now can be seen what it is.
  if (!isKnown) return startOver();
  if (hasStamp(stats, upload)) return;
  const wasWritten = settlingFiles.wasWritten(id);
  const hasParts = deps.store.parts(id).length > 0;
  const changed = await changedParts(file, upload, deps, stop);
  // Recorders write the header of a finished file anew: then its first part differs, too. Without any part
  // nothing shows that it is the same file, and one that was finished long ago does not grow.
  const isSame = hasParts ? changed.length === 0 : wasFresh(upload);
  if (stats.size === upload.sizeBytes) keepEqualParts(deps, id, stats, changed);
  else if (stats.size > upload.sizeBytes && (wasWritten || isSame)) {
    logEvent(deps, id, { kind: 'grown' });
    await startOver();
  } else if (takesChange) await startOver();
  else throw new UploadFailure('file-changed');
}

function stored({ store }: UploadQueueDeps, id: string): Upload {
  const upload = store.get(id);
  if (!upload) throw new Error('upload is gone');
  return upload;
}

function wasFresh({ addedAtMs, modifiedAtMs: changedAtMs }: Upload): boolean {
  return Math.abs(addedAtMs - changedAtMs) < FRESH_MS;
}

/** Numbers of the stored parts that are not in the file any more, as far as that is known. */
async function changedParts(
  file: SourceFile,
  upload: Upload,
  { store, workers }: UploadQueueDeps,
  stop: AbortSignal,
): Promise<number[]> {
  const { id } = upload;
  const sentParts = store.parts(id);
  if (sentParts.length === 0) return [];
  // It takes as long as reading the file: the window shows that something is done.
  store.update(id, { state: 'sending', problem: null, remoteText: null });
  const kept = await equalParts(upload, store.partRecords(id), file, workers, stop);
  return sentParts.flatMap(({ partNumber }) => (kept.has(partNumber) ? [] : [partNumber]));
}

/** Only what differs is sent again: the plan of the parts is the same for the same size. */
function keepEqualParts(deps: UploadQueueDeps, id: string, stats: Stats, changed: number[]): void {
  const sentCount = deps.store.parts(id).length;
  deps.store.discardParts(id, changed, { modifiedAtMs: modifiedAtMs(stats) });
  if (sentCount === 0) return;
  const keptParts = sentCount - changed.length;
  logEvent(deps, id, { kind: 'compared', keptParts, changedParts: changed.length });
}
