import { z } from 'zod';
import {
  field,
  idOf,
  idsOf,
  isObject,
  linkOf,
  secondsAsMs,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../tolerant-parsers';
import { dataOf, failureTextOf, ids, type List, listOf, unexpected } from './envelope';

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
    failure: failureTextOf(value),
  };
}

/** Render jobs of one clip. Docs show a bare list of all, so only a larger total means there are more. */
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
 * if that is empty, jobs that already did the same work are named beside it.
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
