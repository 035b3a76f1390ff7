import { z } from 'zod';
import type { HistoryFilter, HistoryPage } from '../../main/domain/history';
import type { JobEvent } from '../../main/domain/job';
import { id, job, service } from './primitives';
import { takes } from './verb';

export type { HistoryFilter, HistoryJob, HistoryPage } from '../../main/domain/history';

const historyFilter = z.strictObject({
  text: z.string().max(200),
  service: service.nullable(),
  accountId: id.nullable(),
  phase: z.enum(['active', 'done', 'failed', 'unknown']).nullable(),
  fromMs: z.number().int().nullable(),
  toMs: z.number().int().nullable(),
}) satisfies z.ZodType<HistoryFilter>;

/** The verbs about the history, which holds every job on record. */
export const historyVerbs = {
  'history.search': takes(
    z.strictObject({
      filter: historyFilter,
      after: z.string().max(800).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
  ).returns<HistoryPage>(),
  /** Every transition of a job, oldest first. */
  'history.events': takes(job).returns<JobEvent[]>(),
  /** Asks where to save the jobs that match, and saves them. */
  'history.export': takes(
    z.strictObject({ filter: historyFilter, format: z.enum(['csv', 'json']) }),
  ).returns<{ saved: boolean }>(),
};
