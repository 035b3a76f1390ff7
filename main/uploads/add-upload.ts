import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type { Upload, UploadProblem } from '../domain/upload';
import { fileFailure, UploadFailure } from './failure';
import { checkFile, type FileFacts } from './file-check';
import { note } from './log';
import type { UploadPorts, UploadStore } from './ports';

/** Where an upload goes. */
export interface UploadTarget {
  accountId: string;
  brandId: string;
}

/** A file that can be uploaded. */
interface AddedFile extends FileFacts {
  /** Without links, so that one file has one path. */
  path: string;
  /** As it was named to us. */
  givenPath: string;
}

async function lookAtFile(givenPath: string): Promise<AddedFile> {
  const facts = await checkFile(givenPath);
  const path = await realpath(givenPath).catch((error: unknown) => {
    throw fileFailure(error);
  });
  return { ...facts, path, givenPath };
}

/** The upload of the same file, unchanged, to the same account that has not ended, or null. */
function knownUpload(store: UploadStore, file: AddedFile, accountId: string): Upload | null {
  const { path, givenPath, sizeBytes, modifiedAtMs } = file;
  // Uploads of earlier versions have their path as it was given.
  const ofFile = [...store.ofPath(path), ...(givenPath === path ? [] : store.ofPath(givenPath))];
  const known = ofFile.find(
    (upload) =>
      upload.accountId === accountId &&
      upload.sizeBytes === sizeBytes &&
      upload.modifiedAtMs === modifiedAtMs &&
      upload.state !== 'sent' &&
      upload.state !== 'cancelled',
  );
  return known ?? null;
}

function newUpload(file: AddedFile, to: UploadTarget, addedAtMs: number): Upload {
  const { givenPath: _given, ...facts } = file;
  return {
    id: randomUUID(),
    ...to,
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

/** Or not added: an upload of this very file has failed, and can be tried again instead. */
type Addition = AddOutcome | { outcome: 'failed-before'; uploadId: string };

/** Looks at a file by its absolute path and enters it, if it is a video that is not listed yet. */
export async function addUpload(
  ports: UploadPorts,
  path: string,
  to: UploadTarget,
): Promise<Addition> {
  const { store, clock, listener } = ports;
  try {
    const file = await lookAtFile(path);
    // From here to the insert nothing waits: of two drops of one file the second sees the first.
    const known = knownUpload(store, file, to.accountId);
    if (known?.state === 'failed' && known.brandId === to.brandId) {
      return { outcome: 'failed-before', uploadId: known.id };
    }
    if (known && known.state !== 'failed') {
      return { outcome: 'refused', problem: 'file-already-added' };
    }
    const upload = newUpload(file, to, clock.now());
    store.together(() => {
      store.insert(upload);
      note(ports, upload.id, { kind: 'added' });
    });
    listener.changed(upload.id);
    return { outcome: 'added', uploadId: upload.id };
  } catch (error) {
    if (error instanceof UploadFailure) return { outcome: 'refused', problem: error.problem };
    throw error;
  }
}
