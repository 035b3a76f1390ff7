import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import { type Downloaded, type DownloadProgress, FolderError } from '../domain/download';
import { resultFileName } from '../domain/file-name';
import { isPassing, ServiceError } from '../domain/service-error';
import type { DownloadClient, ResumePoint } from '../http/download-client';

/** More than any result; an endless answer must not fill the disk. */
const MAX_RESULT_BYTES = 64 * 1024 ** 3;
const MAX_MARK_LENGTH = 300;
const MAX_SAME_NAMES = 1_000;
const PROGRESS_GAP_MS = 250;
const RETRY: BackoffPolicy = { firstMs: 1_000, maxMs: 30_000 };
/** Tries in a row that bring no byte. */
const MAX_EMPTY_TRIES = 5;

export interface ResumableDownloadDeps {
  client: DownloadClient;
  nowMs: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Waits; ends early, without an error, when the signal fires. */
  wait: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

export interface ResumableDownloadRequest {
  /** The same for every try of the same result: what is there of it is found again by it. */
  id: string;
  url: string;
  /** An existing folder. */
  folder: string;
  /** What to call the file; null leaves it to the host. */
  title: string | null;
  onProgress: (progress: DownloadProgress) => void;
  signal: AbortSignal;
}

/** The two files of a result that is not whole yet. */
function draftOf({ folder, id }: Pick<ResumableDownloadRequest, 'folder' | 'id'>) {
  const name = `cliptray-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
  return { part: join(folder, `${name}.part`), mark: join(folder, `${name}.mark`) };
}

/** Removes what there is of a result that is not wanted any more. */
export async function discardDraft(request: Pick<ResumableDownloadRequest, 'folder' | 'id'>) {
  const draft = draftOf(request);
  await Promise.all([rm(draft.part, { force: true }), rm(draft.mark, { force: true })]);
}

/**
 * Fetches a result into a folder: to a `.part` file, which gets its name once it is whole. Goes on
 * where it was broken off, also after a restart of the app, and only within the same version of the
 * file. Only reads at the host, so a break is simply tried again. An existing file is never written
 * over. Throws ServiceError or FolderError; what has arrived stays for the next try.
 */
export async function resumableDownload(
  deps: ResumableDownloadDeps,
  request: ResumableDownloadRequest,
): Promise<Downloaded> {
  const draft = draftOf(request);
  const file = await onDisk(openDraft(draft.part));
  try {
    const fetched = await fetchAll(deps, request, { file, markPath: draft.mark });
    await onDisk(file.sync());
    await onDisk(file.close());
    const path = await onDisk(place(draft.part, request.folder, fetched.name));
    await rm(draft.mark, { force: true });
    return { path, sizeBytes: fetched.sizeBytes, sha256Hex: fetched.sha256Hex };
  } finally {
    await file.close().catch(() => {});
  }
}

/** Turns an error of the file system into one that a person can act on. */
async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FolderError) throw error;
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new FolderError('folder-missing');
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        throw new FolderError('folder-closed');
      case 'ENOSPC':
      case 'EDQUOT':
      case 'EFBIG':
        throw new FolderError('disk-full');
      default:
        throw new FolderError('disk-failed');
    }
  }
}

async function openDraft(path: string): Promise<FileHandle> {
  const found = await lstat(path).catch(() => null);
  // A link laid there would have the result written to wherever it leads.
  if (found !== null && !found.isFile()) throw new FolderError('folder-closed');
  return open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
}

interface Draft {
  file: FileHandle;
  markPath: string;
}

interface Received {
  bytes: number;
  hash: Hash;
  mark: string | null;
}

/** What an earlier try has left, with the sum of its bytes; nothing where its version is unknown. */
async function leftBefore({ file, markPath }: Draft): Promise<Received> {
  const nothing = { bytes: 0, hash: createHash('sha256'), mark: null };
  const mark = await readFile(markPath, 'utf8').catch(() => '');
  if (mark === '' || mark.length > MAX_MARK_LENGTH || /[\r\n]/.test(mark)) return nothing;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of file.createReadStream({ autoClose: false, start: 0 })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return bytes === 0 ? nothing : { bytes, hash, mark };
}

async function fetchAll(
  deps: ResumableDownloadDeps,
  request: ResumableDownloadRequest,
  draft: Draft,
) {
  const { url, signal, title } = request;
  let received = await onDisk(leftBefore(draft));
  let emptyTries = 0;
  for (;;) {
    const before = received.bytes;
    try {
      const answer = await deps.client.open(url, resumePoint(received), signal);
      if (answer.fromByte === 0 || answer.fromByte !== received.bytes) {
        received = { bytes: 0, hash: createHash('sha256'), mark: answer.mark };
        await onDisk(draft.file.truncate(0));
        await onDisk(writeFile(draft.markPath, answer.mark ?? '', { mode: 0o600 }));
      }
      await pour(answer.body, received, answer.totalBytes, { deps, request, draft });
      const { totalBytes, disposition } = answer;
      // Fewer bytes than promised without an error: a host that closed early.
      if (totalBytes !== null && received.bytes < totalBytes) throw new ServiceError('unreachable');
      const name = resultFileName({ title, disposition, url });
      return { name, sizeBytes: received.bytes, sha256Hex: received.hash.digest('hex') };
    } catch (error) {
      if (!(error instanceof ServiceError) || !isPassing(error.problem)) throw error;
      emptyTries = received.bytes > before ? 0 : emptyTries + 1;
      if (emptyTries >= MAX_EMPTY_TRIES) throw error;
      const ownWaitMs = backoffMs(RETRY, emptyTries + 1, deps.random());
      const askedMs = error.retryAtMs === null ? 0 : error.retryAtMs - deps.nowMs();
      // Asked to come back much later: the caller says so, and what is here stays.
      if (askedMs > RETRY.maxMs * 2) throw error;
      await deps.wait(Math.max(ownWaitMs, askedMs), signal);
      if (signal.aborted) throw new ServiceError('cancelled');
    }
  }
}

function resumePoint({ bytes, mark }: Received): ResumePoint | null {
  return bytes > 0 && mark !== null ? { fromByte: bytes, mark } : null;
}

/** Writes a body behind what is there. Throws `too-large` for more than was promised. */
async function pour(
  body: AsyncIterable<Uint8Array>,
  received: Received,
  totalBytes: number | null,
  {
    deps,
    request,
    draft,
  }: { deps: ResumableDownloadDeps; request: ResumableDownloadRequest; draft: Draft },
): Promise<void> {
  const limitBytes = Math.min(MAX_RESULT_BYTES, totalBytes ?? MAX_RESULT_BYTES);
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const tell = () => request.onProgress({ receivedBytes: received.bytes, totalBytes });
  for await (const piece of body) {
    if (received.bytes + piece.byteLength > limitBytes) throw new ServiceError('too-large');
    let written = 0;
    while (written < piece.byteLength) {
      const { bytesWritten } = await onDisk(
        draft.file.write(piece, written, piece.byteLength - written, received.bytes + written),
      );
      written += bytesWritten;
    }
    received.hash.update(piece);
    received.bytes += piece.byteLength;
    if (deps.nowMs() - toldAtMs >= PROGRESS_GAP_MS) {
      toldAtMs = deps.nowMs();
      tell();
    }
  }
  tell();
}

/** Gives the whole file its name, or that name with a number where it is taken. */
async function place(part: string, folder: string, name: string): Promise<string> {
  const dot = name.lastIndexOf('.');
  for (let number = 1; number <= MAX_SAME_NAMES; number += 1) {
    const path = join(
      folder,
      number === 1 ? name : `${name.slice(0, dot)} (${number})${name.slice(dot)}`,
    );
    try {
      // Reserves the name: a rename alone would replace what somebody put there meanwhile.
      await (await open(path, 'wx')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    try {
      await rename(part, path);
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
  throw new FolderError('disk-failed');
}
