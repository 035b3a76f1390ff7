import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import {
  type DownloadClient,
  type DownloadedFile,
  type DownloadProgress,
  FolderError,
  type ResumePoint,
} from '../domain/download';
import { fileNameWithin, MAX_NAME_BYTES, resultFileName } from '../domain/file-name';
import { isPassing, ServiceError } from '../domain/service-error';

/** More than any result: an endless body must not fill the disk. */
const MAX_RESULT_BYTES = 64 * 1024 ** 3;
const MAX_VALIDATOR_LENGTH = 300;
const MAX_SAME_NAMES = 1_000;
/** Progress is reported at most this often. */
const PROGRESS_GAP_MS = 250;
const RETRY: BackoffPolicy = { firstMs: 1_000, maxMs: 30_000 };
/** How many attempts in a row may bring no byte. */
const MAX_EMPTY_ATTEMPTS = 5;

interface ResumableDownloadDeps {
  client: Pick<DownloadClient, 'open'>;
  nowMs: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Waits; ends early, without an error, when the signal fires. */
  wait: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

interface ResumableDownloadRequest {
  /** The same for every attempt to download a result: its partial files are found by this id. */
  id: string;
  url: string;
  /** An existing folder. */
  folder: string;
  /** Name for the file; null uses the host's. */
  title: string | null;
  onProgress: (progress: DownloadProgress) => void;
  signal: AbortSignal;
}

/** The two files of an incomplete result: its bytes, and the validator of their version. */
function partialFiles({ folder, id }: Pick<ResumableDownloadRequest, 'folder' | 'id'>) {
  const name = `cliptray-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
  return {
    partPath: join(folder, `${name}.part`),
    validatorPath: join(folder, `${name}.mark`),
  };
}

/** Deletes the partial files of a result that is no longer wanted. */
export async function discardPartialFiles(
  request: Pick<ResumableDownloadRequest, 'folder' | 'id'>,
): Promise<void> {
  const { partPath, validatorPath } = partialFiles(request);
  await Promise.all([rm(partPath, { force: true }), rm(validatorPath, { force: true })]);
}

/**
 * Downloads a result into a folder: to a `.part` file, which is renamed once it is complete. Resumes
 * where an earlier attempt broke off, even after a restart of the app, but only within the same version
 * of the file. A download changes nothing at the host, so a broken connection is simply retried. Never
 * overwrites an existing file. Throws ServiceError or FolderError; what has arrived stays for the next
 * attempt.
 */
export async function resumableDownload(
  deps: ResumableDownloadDeps,
  request: ResumableDownloadRequest,
): Promise<DownloadedFile> {
  const { partPath, validatorPath } = partialFiles(request);
  const file = await onDisk(openPartFile(partPath));
  try {
    const fetched = await fetchAll(deps, request, { file, validatorPath });
    await onDisk(file.sync());
    await onDisk(file.close());
    const path = await onDisk(giveName(partPath, request.folder, fetched.name));
    await rm(validatorPath, { force: true });
    return { path, sizeBytes: fetched.sizeBytes, sha256Hex: fetched.sha256Hex };
  } finally {
    await file.close().catch(() => {});
  }
}

/** Turns a file system error into a problem that a person can act on. */
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

async function openPartFile(path: string): Promise<FileHandle> {
  const found = await lstat(path).catch(() => null);
  // Through a symbolic link the result would be written to wherever the link leads.
  if (found !== null && !found.isFile()) throw new FolderError('folder-closed');
  return open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
}

interface PartialFiles {
  file: FileHandle;
  validatorPath: string;
}

interface Received {
  bytes: number;
  hash: Hash;
  validator: string | null;
}

/** What earlier attempts have received, and its hash; nothing if its version is unknown. */
async function receivedBefore({ file, validatorPath }: PartialFiles): Promise<Received> {
  const nothing = { bytes: 0, hash: createHash('sha256'), validator: null };
  const validator = await readFile(validatorPath, 'utf8').catch(() => '');
  if (validator === '' || validator.length > MAX_VALIDATOR_LENGTH || /[\r\n]/.test(validator)) {
    return nothing;
  }
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of file.createReadStream({ autoClose: false, start: 0 })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return bytes === 0 ? nothing : { bytes, hash, validator };
}

interface CompleteDownload {
  name: string;
  sizeBytes: number;
  sha256Hex: string;
}

async function fetchAll(
  deps: ResumableDownloadDeps,
  request: ResumableDownloadRequest,
  files: PartialFiles,
): Promise<CompleteDownload> {
  const received = await onDisk(receivedBefore(files));
  let emptyAttempts = 0;
  for (;;) {
    const before = received.bytes;
    try {
      return await fetchRest(deps, request, files, received);
    } catch (error) {
      if (!(error instanceof ServiceError) || !isPassing(error.problem)) throw error;
      emptyAttempts = received.bytes > before ? 0 : emptyAttempts + 1;
      await waitToRetry(deps, error, emptyAttempts, request.signal);
    }
  }
}

/** One attempt to fetch what is missing. Throws ServiceError or FolderError. */
async function fetchRest(
  deps: ResumableDownloadDeps,
  request: ResumableDownloadRequest,
  files: PartialFiles,
  received: Received,
): Promise<CompleteDownload> {
  const { url, signal, title } = request;
  const response = await deps.client.open(url, resumePoint(received), signal);
  if (response.fromByte === 0 || response.fromByte !== received.bytes) {
    received.bytes = 0;
    received.hash = createHash('sha256');
    received.validator = response.validator;
    await onDisk(files.file.truncate(0));
    await onDisk(writeFile(files.validatorPath, response.validator ?? '', { mode: 0o600 }));
  }
  await appendBody(response.body, received, response.totalBytes, { deps, request, files });
  const { totalBytes, disposition } = response;
  // Fewer bytes than promised, without an error: the host closed the connection early.
  if (totalBytes !== null && received.bytes < totalBytes) throw new ServiceError('unreachable');
  const name = resultFileName({ title, disposition, url });
  return { name, sizeBytes: received.bytes, sha256Hex: received.hash.digest('hex') };
}

/** Waits before the next attempt. Throws `error` when there is to be none, `cancelled` on abort. */
async function waitToRetry(
  deps: ResumableDownloadDeps,
  error: ServiceError,
  emptyAttempts: number,
  signal: AbortSignal,
): Promise<void> {
  if (emptyAttempts >= MAX_EMPTY_ATTEMPTS) throw error;
  const ownWaitMs = backoffMs(RETRY, emptyAttempts + 1, deps.random());
  const hostWaitMs = error.retryAtMs === null ? 0 : error.retryAtMs - deps.nowMs();
  // A much longer wait is for the caller to show; what has arrived stays.
  if (hostWaitMs > RETRY.maxMs * 2) throw error;
  await deps.wait(Math.max(ownWaitMs, hostWaitMs), signal);
  if (signal.aborted) throw new ServiceError('cancelled');
}

function resumePoint({ bytes, validator }: Received): ResumePoint | null {
  return bytes > 0 && validator !== null ? { fromByte: bytes, validator } : null;
}

/** Appends a response's body to the partial file. Throws `too-large` for more than was announced. */
async function appendBody(
  body: AsyncIterable<Uint8Array>,
  received: Received,
  totalBytes: number | null,
  {
    deps,
    request,
    files,
  }: { deps: ResumableDownloadDeps; request: ResumableDownloadRequest; files: PartialFiles },
): Promise<void> {
  const limitBytes = Math.min(MAX_RESULT_BYTES, totalBytes ?? MAX_RESULT_BYTES);
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  const report = () => request.onProgress({ receivedBytes: received.bytes, totalBytes });
  for await (const piece of body) {
    if (received.bytes + piece.byteLength > limitBytes) throw new ServiceError('too-large');
    let written = 0;
    while (written < piece.byteLength) {
      const { bytesWritten } = await onDisk(
        files.file.write(piece, written, piece.byteLength - written, received.bytes + written),
      );
      written += bytesWritten;
    }
    received.hash.update(piece);
    received.bytes += piece.byteLength;
    // Also after the clock was set back.
    if (Math.abs(deps.nowMs() - reportedAtMs) >= PROGRESS_GAP_MS) {
      reportedAtMs = deps.nowMs();
      report();
    }
  }
  report();
}

/**
 * Gives the complete file its name, with a number if that name is taken, and shortened if it is too long
 * for the folder's file system. Returns its path.
 */
async function giveName(part: string, folder: string, name: string): Promise<string> {
  let limit = 0;
  let number = 1;
  while (number <= MAX_SAME_NAMES && limit < MAX_NAME_BYTES.length) {
    const counter = number === 1 ? '' : ` (${number})`;
    const path = join(folder, fileNameWithin(name, MAX_NAME_BYTES[limit] ?? 0, counter));
    try {
      // Reserves the name: a rename alone would replace a file created there in the meantime.
      await (await open(path, 'wx')).close();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') number += 1;
      else if (code === 'ENAMETOOLONG') limit += 1;
      else throw error;
      continue;
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
