import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Upload, UploadProblem } from '../domain/upload';
import { hasVideoExtension } from '../domain/video-extensions';
import type { UploadQueueDeps, UploadStore } from './deps';
import { fileFailure, UploadFailure } from './failure';
import { checkFile, type FileFacts, modifiedAtMs, NO_VIDEO } from './file-check';
import { MIN_PART_BYTES } from './part-size';
import { logEvent } from './write-log';

/** Where an upload goes. */
export interface UploadTarget {
  accountId: string;
  brandId: string;
}

/** A file that can be uploaded. */
interface CheckedFile extends FileFacts {
  /** With all links resolved, so that a file has only one path. */
  path: string;
  /** The path as it was given. */
  givenPath: string;
}

/**
 * What is stored of a recording or a copy that has just begun: nothing in it shows what it will be, but its
 * name says video, and somebody is writing it. What it is, is decided when it is finished; until then it
 * has no size. Throws the given failure for any other file.
 */
async function factsOfBegun(
  path: string,
  failure: unknown,
  writers: UploadQueueDeps['writers'],
): Promise<FileFacts> {
  const isNone = failure instanceof UploadFailure && NO_VIDEO.includes(failure.problem);
  if (!isNone || !hasVideoExtension(path)) throw failure;
  const [stats, real] = await Promise.all([stat(path), realpath(path)]).catch((error: unknown) => {
    throw fileFailure(error);
  });
  if (!stats.isFile() || !(await writers.has(real))) throw failure;
  return {
    ...{ fileName: basename(path), mimeType: 'video/mp4', sizeBytes: 0 },
    ...{ modifiedAtMs: modifiedAtMs(stats), partSizeBytes: MIN_PART_BYTES },
  };
}

async function inspectFile(
  givenPath: string,
  writers: UploadQueueDeps['writers'],
): Promise<CheckedFile> {
  const facts = await checkFile(givenPath).catch((error: unknown) =>
    factsOfBegun(givenPath, error, writers),
  );
  const real = await realpath(givenPath, { encoding: 'buffer' }).catch((error: unknown) => {
    throw fileFailure(error);
  });
  // A link may lead to a name that is not text; then only the link can be opened by its path.
  return { ...facts, path: isUtf8(real) ? real.toString() : givenPath, givenPath };
}

/**
 * An unfinished upload of the same file to the same account, or null. Its time proves nothing, and a file
 * that has grown is the same one: an upload takes the file as it is when it begins. Whether the content
 * is still the one whose parts were sent is worked out then, too.
 */
function existingUpload(store: UploadStore, file: CheckedFile, accountId: string): Upload | null {
  const { path, givenPath, sizeBytes } = file;
  // Earlier versions of the app stored the path as it was given.
  const ofFile = [...store.ofPath(path), ...(givenPath === path ? [] : store.ofPath(givenPath))];
  const existing = ofFile.find(
    (upload) =>
      upload.accountId === accountId &&
      (upload.sizeBytes <= sizeBytes || upload.problem === 'file-changed') &&
      upload.state !== 'sent' &&
      upload.state !== 'cancelled',
  );
  return existing ?? null;
}

function newUpload(file: CheckedFile, target: UploadTarget, addedAtMs: number): Upload {
  const { givenPath: _given, ...facts } = file;
  return {
    id: randomUUID(),
    ...target,
    ...facts,
    remote: null,
    clipId: null,
    state: 'queued',
    problem: null,
    remoteText: null,
    addedAtMs,
    endedAtMs: null,
    restsSinceMs: null,
    sha256Hex: null,
  };
}

export type AddOutcome =
  | { outcome: 'added'; uploadId: string }
  | { outcome: 'refused'; problem: UploadProblem };

/** `failed-before`: nothing was added, since a failed upload of this very file can be retried instead. */
type Addition = AddOutcome | { outcome: 'failed-before'; uploadId: string };

/** Checks the file at an absolute path, and stores an upload of it if it is a video not listed yet. */
export async function addUpload(
  deps: UploadQueueDeps,
  path: string,
  target: UploadTarget,
): Promise<Addition> {
  const { store, clock } = deps;
  try {
    const file = await inspectFile(path, deps.writers);
    // Nothing is awaited from here to the insert, so that if a file is dropped twice, the second drop
    // sees the first.
    const existing = existingUpload(store, file, target.accountId);
    if (existing?.state === 'failed' && existing.brandId === target.brandId) {
      return { outcome: 'failed-before', uploadId: existing.id };
    }
    if (existing && existing.state !== 'failed') {
      return { outcome: 'refused', problem: 'file-already-added' };
    }
    const upload = newUpload(file, target, clock.nowMs());
    store.together(() => {
      store.insert(upload);
      logEvent(deps, upload.id, { kind: 'added' });
    });
    return { outcome: 'added', uploadId: upload.id };
  } catch (error) {
    if (error instanceof UploadFailure) return { outcome: 'refused', problem: error.problem };
    throw error;
  }
}
