import { z } from 'zod';
import type { ServiceId } from '../../main/domain/account';
import type { JobEvent, JobKind, Phase } from '../../main/domain/job';
import { id, job, service } from './primitives';
import { takes } from './verb';

export interface HistoryJob {
  id: string;
  accountId: string;
  service: ServiceId;
  kind: JobKind;
  remoteId: string;
  title: string | null;
  phase: Phase;
  remoteStatus: string;
  gone: boolean;
  startedAtMs: number;
  endedAtMs: number | null;
  hasResult: boolean;
  failure: string | null;
}

export interface HistoryPage {
  /** The most recently started first. */
  jobs: HistoryJob[];
  /** Hand back as `after` for the next page; null at the end. */
  next: string | null;
  /** All that match, counted up to a bound. */
  matches: { count: number; isMore: boolean };
}

const historyFilter = z.strictObject({
  /** Found anywhere in the title, the remote id or the service's words on a failure. */
  text: z.string().max(200),
  service: service.nullable(),
  accountId: id.nullable(),
  /** `active` is waiting or running; `unknown` includes jobs that went away. */
  phase: z.enum(['active', 'done', 'failed', 'unknown']).nullable(),
  /** Started at or after this time. */
  fromMs: z.number().int().nullable(),
  /** Started before this time. */
  toMs: z.number().int().nullable(),
});

/** Which jobs of the history: all conditions apply together; null and empty text mean any. */
export type HistoryFilter = z.output<typeof historyFilter>;

/** The verbs about all jobs that are kept. */
export const historyVerbs = {
  'history.search': takes(
    z.strictObject({
      filter: historyFilter,
      after: z.string().max(800).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
  ).returns<HistoryPage>(),
  /** Every transition of a job, the oldest first. */
  'history.events': takes(job).returns<JobEvent[]>(),
  /** Asks where to save what matches, and saves it. */
  'history.export': takes(
    z.strictObject({ filter: historyFilter, format: z.enum(['csv', 'json']) }),
  ).returns<{ saved: boolean }>(),
};
