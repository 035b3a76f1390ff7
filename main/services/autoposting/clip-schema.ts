import { z } from 'zod';
import type { Candidate } from '../../domain/job';
import {
  amountOf,
  field,
  idOf,
  isObject,
  linkOf,
  nameOf,
  numberOf,
  secondsAsMs,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../lenient';
import { dataOf, failureOf, ids, type List, listOf, unexpected } from './envelope';

const MAX_CANDIDATES = 200;

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

/** Clips of the account: `{clips, pagination}`, or a bare list. Without a total it proves nothing. */
export function parseClips(body: unknown): List<ClipAnswer & { id: string }> {
  const read = (row: unknown) => {
    const clip = clipFrom(row);
    return clip === null || clip.id === null ? null : { ...clip, id: clip.id };
  };
  return listOf(body, ['clips', 'items', 'results'], read, false);
}
