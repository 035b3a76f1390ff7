import { z } from 'zod';
import type { StartRequest } from '../domain/execution';
import type { Database } from './database';

const request: z.ZodType<StartRequest> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('transcript'),
    itemId: z.string(),
    lang: z.string().nullable(),
    embed: z.boolean(),
    text: z.null(),
  }),
  z.object({
    kind: z.literal('source'),
    reporterId: z.string(),
    source: z.string(),
    workflowId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('collection'),
    reporterId: z.string(),
    collectionId: z.string(),
    workflowId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('schedule'), reporterId: z.string(), scheduleId: z.string() }),
]);

/** What was asked for when executions were started here, by the id of their job. */
export function executionStartRepository(database: Database) {
  return {
    /** Keeps it with a job that is stored; does nothing for one that is not. */
    saveStart(jobId: string, start: StartRequest): void {
      // A text of the user's own is theirs, may be long, and is not needed again.
      const kept = start.kind === 'transcript' ? { ...start, text: null } : start;
      database.run(
        `INSERT INTO run_starts (job_id, request_json) SELECT id, ? FROM jobs WHERE id = ?
         ON CONFLICT (job_id) DO UPDATE SET request_json = excluded.request_json`,
        JSON.stringify(kept),
        jobId,
      );
    },
    /** Null for a job that was not started here. */
    start(jobId: string): StartRequest | null {
      const row = database.get('SELECT request_json FROM run_starts WHERE job_id = ?', jobId);
      if (!row) return null;
      return request.safeParse(JSON.parse(String(row.request_json))).data ?? null;
    },
    /** Remote ids of every execution of the account that is known. */
    executionIds: (accountId: string): Set<string> =>
      new Set(
        database
          .all(`SELECT remote_id FROM jobs WHERE account_id = ? AND kind = 'execution'`, accountId)
          .map((row) => String(row.remote_id)),
      ),
  };
}

export type ExecutionStartRepository = ReturnType<typeof executionStartRepository>;
