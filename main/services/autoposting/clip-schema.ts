import { z } from 'zod';
import type { CandidateDetail } from '../../domain/clip-library';
import {
  amountOf,
  field,
  firstOf,
  flagOf,
  idOf,
  isObject,
  linkOf,
  nameOf,
  numberOf,
  own,
  secondsAsMs,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../tolerant-parsers';
import { scoreFields, scoreObjects } from './assumptions';
import { dataOf, failureTextOf, ids, type List, listOf, unexpected } from './envelope';

const MAX_CANDIDATES = 200;
const MAX_SCORES = 20;

const candidateSchema = z.object({
  ...ids,
  candidateId: field(idOf),
  title: field(nameOf),
  name: field(nameOf),
  startMs: field(amountOf),
  endMs: field(amountOf),
  score: field(numberOf),
  status: field(statusOf),
  splitEligible: field(flagOf),
});

/** The named scores, flat or nested, and any others among the nested ones. */
function scoresOf(row: unknown): CandidateDetail['scores'] {
  const scores = new Map<string, number>();
  for (const name of scoreFields) {
    const value = numberOf(own(row, name));
    if (value !== null) scores.set(name, value);
  }
  for (const box of scoreObjects) {
    const inner = own(row, box);
    if (!isObject(inner)) continue;
    for (const key of Object.keys(inner).slice(0, MAX_SCORES)) {
      const name = nameOf(key);
      const value = numberOf(inner[key]);
      if (name !== null && value !== null) scores.set(name, value);
    }
  }
  return [...scores].slice(0, MAX_SCORES).map(([name, value]) => ({ name, value }));
}

function candidateFrom(row: unknown): CandidateDetail | null {
  const from = candidateSchema.safeParse(row).data;
  const id = from?.id ?? from?._id ?? from?.candidateId ?? null;
  if (!from || id === null) return null;
  return {
    id,
    title: from.title ?? from.name,
    startMs: from.startMs,
    endMs: from.endMs,
    score: from.score === null ? null : Math.min(100, Math.max(0, from.score)),
    remoteStatus: from.status,
    scores: scoresOf(row),
    splitEligible: from.splitEligible,
  };
}

function candidatesOf(value: unknown): CandidateDetail[] | null {
  if (!Array.isArray(value)) return null;
  return value
    .slice(0, MAX_CANDIDATES)
    .map(candidateFrom)
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
  url: field(linkOf),
  brandId: field(idOf),
  brandSlug: field(idOf),
  fileSize: field(amountOf),
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
  sourceUrl: string | null;
  brandId: string | null;
  brandSlug: string | null;
  sizeBytes: number | null;
  transcriptionStatus: string | null;
  candidates: CandidateDetail[] | null;
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
    sourceUrl: from.url,
    brandId: from.brandId,
    brandSlug: from.brandSlug,
    sizeBytes: from.fileSize,
    transcriptionStatus: firstOf(own(value, 'transcription'), ['status'], statusOf),
    candidates: from.candidates,
    failure: failureTextOf(value),
  };
}

/** One clip: `data` or `data.clip`. */
export function parseClip(body: unknown): ClipAnswer {
  return clipFrom(dataOf(body)) ?? unexpected();
}

/** Clips of the account: `{clips, pagination}`, or a bare list, which without a total proves nothing. */
export function parseClips(body: unknown): List<ClipAnswer & { id: string }> {
  const read = (row: unknown) => {
    const clip = clipFrom(row);
    return clip === null || clip.id === null ? null : { ...clip, id: clip.id };
  };
  return listOf(body, ['clips', 'items', 'results'], read, false);
}

/** How an answer is paged: by `pagination` with page numbers (SDK), or by `offset` (overview). */
interface Paging {
  totalCount: number | null;
  page: number | null;
  totalPages: number | null;
  offset: number | null;
  limit: number | null;
}

/** What a list says about its paging: in `pagination`, beside the list, or beside the envelope. */
export function parsePaging(body: unknown): Paging {
  const data = dataOf(body);
  const objects = [own(data, 'pagination'), data, own(body, 'pagination'), body];
  const find = (name: string) => {
    for (const object of objects) {
      const value = amountOf(own(object, name));
      if (value !== null && Number.isSafeInteger(value)) return value;
    }
    return null;
  };
  return {
    totalCount: find('total'),
    page: find('page'),
    totalPages: find('totalPages'),
    offset: find('offset'),
    limit: find('limit'),
  };
}
