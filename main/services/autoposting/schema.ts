import { z } from 'zod';
import type { Brand } from '../../domain/account';
import type { Candidate } from '../../domain/job';
import { ServiceError } from '../../domain/service-error';
import {
  amountOf,
  field,
  idOf,
  idsOf,
  isObject,
  linkOf,
  nameOf,
  numberOf,
  own,
  readRows,
  rowsOf,
  secondsAsMs,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../lenient';
import { remoteTextOf } from '../remote-text';
import { isSafeOrigin } from '../url';
import { failureFields } from './guesses';

// The documentation and the vendor's SDK disagree on most of these shapes, so both are read.

const MAX_CANDIDATES = 200;
const MAX_BRANDS = 1_000;
const MAX_KEY_LENGTH = 1_024;
const MAX_PART_URL_LENGTH = 8_192;

/** Ends a parse: the answer lacks what is needed. */
export function unexpected(): never {
  throw new ServiceError('unexpected-shape');
}

/**
 * What an answer holds: the value of `data`, or the body where there is no envelope. Throws
 * ServiceError `rejected` for `success: false`, which may come with status 200.
 */
export function dataOf(body: unknown): unknown {
  if (own(body, 'success') === false) {
    throw new ServiceError('rejected', { remoteText: remoteTextOf(body) });
  }
  const data = own(body, 'data');
  return data === undefined ? body : data;
}

const ids = { id: field(idOf), _id: field(idOf) };

function failureOf(value: Record<string, unknown>): string | null {
  for (const name of failureFields) {
    const text = remoteTextOf(own(value, name));
    if (text !== null) return text;
  }
  return null;
}

const candidateSchema = z
  .object({
    ...ids,
    candidateId: field(idOf),
    title: field(nameOf),
    name: field(nameOf),
    startMs: field(amountOf),
    endMs: field(amountOf),
    score: field(numberOf),
  })
  .transform((from): Candidate | null => {
    const id = from.id ?? from._id ?? from.candidateId;
    if (id === null) return null;
    return {
      id,
      title: from.title ?? from.name,
      startMs: from.startMs,
      endMs: from.endMs,
      score: from.score === null ? null : Math.min(100, Math.max(0, from.score)),
    };
  });

function candidatesOf(value: unknown): Candidate[] | null {
  if (!Array.isArray(value)) return null;
  return value
    .slice(0, MAX_CANDIDATES)
    .map((row) => candidateSchema.safeParse(row).data ?? null)
    .filter((candidate) => candidate !== null);
}

const clipSchema = z.object({
  ...ids,
  status: field(statusOf),
  title: field(nameOf),
  name: field(nameOf),
  fileName: field(nameOf),
  createdAt: field(timeMsOf),
  updatedAt: field(timeMsOf),
  duration: field(secondsAsMs),
  editRevision: field(amountOf),
  renderedUrl: field(linkOf),
  candidates: field(candidatesOf),
});

/** A clip in our types. Null where the answer does not say. */
export interface ClipAnswer {
  id: string | null;
  status: string;
  title: string | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  durationMs: number | null;
  editRevision: number | null;
  renderedUrl: string | null;
  candidates: Candidate[] | null;
  failure: string | null;
}

function clipFrom(row: unknown): ClipAnswer | null {
  const value = unwrapped(row, 'clip');
  const from = clipSchema.safeParse(value).data;
  if (!from || from.status === null || !isObject(value)) return null;
  return {
    id: from.id ?? from._id,
    status: from.status,
    title: from.title ?? from.name ?? from.fileName,
    createdAtMs: from.createdAt,
    updatedAtMs: from.updatedAt,
    durationMs: from.duration,
    editRevision: from.editRevision,
    renderedUrl: from.renderedUrl,
    candidates: from.candidates,
    failure: failureOf(value),
  };
}

/** One clip: `data` or `data.clip`. */
export function parseClip(body: unknown): ClipAnswer {
  return clipFrom(dataOf(body)) ?? unexpected();
}

/** A list, and whether the answer proves that nothing was left out of it. */
export interface List<T> {
  items: T[];
  complete: boolean;
}

function listOf<T>(
  body: unknown,
  names: string[],
  read: (row: unknown) => T | null,
  completeWithoutTotal: boolean,
): List<T> {
  const data = dataOf(body);
  const found = rowsOf(data, ...names) ?? unexpected();
  const { read: items, whole } = readRows(found.rows, read) ?? unexpected();
  // SDK: `pagination.total` beside the list; docs: `total`, beside the list or the envelope.
  const total =
    amountOf(own(own(data, 'pagination'), 'total')) ??
    amountOf(own(data, 'total')) ??
    amountOf(own(own(body, 'pagination'), 'total')) ??
    amountOf(own(body, 'total'));
  const all = total === null ? completeWithoutTotal : total <= found.rows.length;
  return { items, complete: whole && !found.cut && all };
}

/** Clips of the account: `{clips, pagination}`, or a bare list. Without a total it proves nothing. */
export function parseClips(body: unknown): List<ClipAnswer & { id: string }> {
  const read = (row: unknown) => {
    const clip = clipFrom(row);
    return clip === null || clip.id === null ? null : { ...clip, id: clip.id };
  };
  return listOf(body, ['clips', 'items', 'results'], read, false);
}

const renderSchema = z.object({
  ...ids,
  jobId: field(idOf),
  candidateId: field(idOf),
  status: field(statusOf),
  outputUrl: field(linkOf),
  renderedUrl: field(linkOf),
  createdAt: field(timeMsOf),
  completedAt: field(timeMsOf),
  estimatedDurationSec: field(secondsAsMs),
});

/** A render job in our types. */
export interface RenderAnswer {
  id: string;
  status: string;
  candidateId: string | null;
  resultUrl: string | null;
  createdAtMs: number | null;
  completedAtMs: number | null;
  estimatedDurationMs: number | null;
  failure: string | null;
}

function renderFrom(row: unknown): RenderAnswer | null {
  const value = unwrapped(row, 'job');
  const from = renderSchema.safeParse(value).data;
  const id = from?.id ?? from?._id ?? from?.jobId ?? null;
  if (!from || id === null || from.status === null || !isObject(value)) return null;
  return {
    id,
    status: from.status,
    candidateId: from.candidateId,
    resultUrl: from.outputUrl ?? from.renderedUrl,
    createdAtMs: from.createdAt,
    completedAtMs: from.completedAt,
    estimatedDurationMs: from.estimatedDurationSec,
    failure: failureOf(value),
  };
}

/** Render jobs of one clip. Docs show them all as a bare list: only a larger total says otherwise. */
export function parseRenders(body: unknown): List<RenderAnswer> {
  return listOf(body, ['jobs', 'items', 'results'], renderFrom, true);
}

const startedSchema = z.object({
  jobId: field(idOf),
  id: field(idOf),
  _id: field(idOf),
  status: field(statusOf),
  estimatedDurationSec: field(secondsAsMs),
  jobIds: field(idsOf),
  activeJobIds: field(idsOf),
  reusedJobIds: field(idsOf),
});

/**
 * What a render request started. Docs: `jobId`, `status`, `estimatedDurationSec`. SDK: `jobIds`;
 * where that is empty, the jobs that already did the same work are named beside it.
 */
export function parseStarted(body: unknown): {
  jobIds: string[];
  status: string | null;
  estimatedDurationMs: number | null;
} {
  const from =
    startedSchema.safeParse(unwrapped(dataOf(body), 'job', 'render')).data ?? unexpected();
  const single = from.jobId ?? from.id ?? from._id;
  const named = single === null ? from.jobIds : [single, ...from.jobIds];
  const jobIds = named.length > 0 ? named : [...from.activeJobIds, ...from.reusedJobIds];
  if (jobIds.length === 0) unexpected();
  return {
    jobIds: [...new Set(jobIds)],
    status: from.status,
    estimatedDurationMs: from.estimatedDurationSec,
  };
}

const profileSchema = z.object({ name: field(nameOf), email: field(nameOf) });

/** Who the key belongs to: `data: {id, orgId, name, email, authType}` by the SDK. */
export function parseProfile(body: unknown): { name: string | null; email: string | null } {
  const data = unwrapped(dataOf(body), 'user', 'profile');
  return profileSchema.safeParse(data).data ?? unexpected();
}

const brandSchema = z.object({ ...ids, name: field(nameOf), slug: field(nameOf) });

/** Brands the key can see; SDK: a bare list. */
export function parseBrands(body: unknown): Brand[] {
  const read = (row: unknown): Brand | null => {
    const from = brandSchema.safeParse(unwrapped(row, 'brand')).data;
    const id = from?.id ?? from?._id ?? null;
    return !from || id === null ? null : { id, name: from.name ?? from.slug ?? id };
  };
  return listOf(body, ['brands', 'items', 'results'], read, true).items.slice(0, MAX_BRANDS);
}

const opaque = (max: number) => z.string().min(1).max(max);

const startedUploadSchema = z.object({
  clipId: field(idOf),
  id: field(idOf),
  uploadId: opaque(MAX_KEY_LENGTH),
  key: opaque(MAX_KEY_LENGTH),
});

/** What the service hands out for a new upload; SDK: `clipId`, `uploadId`, `key`. */
export function parseStartedUpload(body: unknown) {
  const data = unwrapped(dataOf(body), 'upload');
  const from = startedUploadSchema.safeParse(data).data ?? unexpected();
  const clipId = from.clipId ?? from.id ?? unexpected();
  return { clipId, uploadId: from.uploadId, key: from.key };
}

const partUrlSchema = z.object({
  partNumber: z.coerce.number().int().min(1).max(10_000),
  url: opaque(MAX_PART_URL_LENGTH).refine((url) => URL.canParse(url) && isSafeOrigin(new URL(url))),
});

/**
 * Addresses for the asked parts, each exactly once and in that order; SDK: `presignedUrls`. An
 * answer that leaves one out, or gives one that may not be sent to, is of no use.
 */
export function parsePartUrls(body: unknown, partNumbers: number[]) {
  const found = rowsOf(dataOf(body), 'presignedUrls', 'urls', 'parts') ?? unexpected();
  const urls = new Map<number, string>();
  for (const row of found.rows) {
    const part = partUrlSchema.safeParse(row).data;
    if (part) urls.set(part.partNumber, part.url);
  }
  return partNumbers.map((partNumber) => ({
    partNumber,
    url: urls.get(partNumber) ?? unexpected(),
  }));
}
