import { z } from 'zod';
import type { StartBaseline, StartRequest } from '../domain/execution';
import { jsonColumn, type RowParsers } from './row-parser';
import type { Database } from './sql';

const startRequest: z.ZodType<StartRequest> = z.discriminatedUnion('kind', [
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

const startBaseline: z.ZodType<StartBaseline> = z.object({
  sinceMs: z.number(),
  knownIds: z.array(z.string()).transform((ids) => new Set(ids)),
  isPartial: z.boolean(),
});

/** The request as it is stored: the user's own text is private, may be long, and is not needed again. */
const stored = (request: StartRequest): string =>
  JSON.stringify(request.kind === 'transcript' ? { ...request, text: null } : request);

/** What was requested when executions were started here, by the id of their job. */
export function executionStartRepository(database: Database, parsers: RowParsers) {
  const starts = parsers.create(
    'run_starts',
    ['job_id'],
    z.object({ request_json: jsonColumn(startRequest) }),
  );
  const searches = parsers.create(
    'start_searches',
    ['id'],
    z.object({
      id: z.number(),
      request_json: jsonColumn(startRequest),
      baseline_json: jsonColumn(startBaseline),
    }),
  );
  // Only this column, so that an execution counts as known even if the others do not parse.
  const executions = parsers.create('jobs', ['id'], z.object({ remote_id: z.string() }));
  return {
    /** Stores it with its job; does nothing if the job is not stored. */
    saveStart(jobId: string, start: StartRequest): void {
      database.run(
        `INSERT INTO run_starts (job_id, request_json) SELECT id, ? FROM jobs WHERE id = ?
         ON CONFLICT (job_id) DO UPDATE SET request_json = excluded.request_json`,
        stored(start),
        jobId,
      );
    },
    /** Null for a job that was not started here. */
    start: (jobId: string): StartRequest | null =>
      starts.parse(database.get('SELECT * FROM run_starts WHERE job_id = ?', jobId))
        ?.request_json ?? null,
    /** Stores what is searched for, until `removeSearch`; returns its id. */
    saveSearch(accountId: string, request: StartRequest, baseline: StartBaseline): number {
      const row = database.get(
        `INSERT INTO start_searches (account_id, request_json, baseline_json) VALUES (?, ?, ?)
         RETURNING id`,
        accountId,
        stored(request),
        JSON.stringify({ ...baseline, knownIds: [...baseline.knownIds] }),
      );
      return Number(row?.id);
    },
    removeSearch: (id: number): void =>
      void database.run('DELETE FROM start_searches WHERE id = ?', id),
    hasSearch: (id: number): boolean =>
      database.get('SELECT 1 FROM start_searches WHERE id = ?', id) !== undefined,
    searches: (accountId: string) =>
      searches
        .all(
          database.all('SELECT * FROM start_searches WHERE account_id = ? ORDER BY id', accountId),
        )
        .map((row) => ({ id: row.id, request: row.request_json, baseline: row.baseline_json })),
    /** Remote ids of all known executions of the account. */
    executionIds: (accountId: string): Set<string> =>
      new Set(
        executions
          .all(
            database.all(
              `SELECT id, remote_id FROM jobs WHERE account_id = ? AND kind = 'execution'`,
              accountId,
            ),
          )
          .map((row) => row.remote_id),
      ),
  };
}
