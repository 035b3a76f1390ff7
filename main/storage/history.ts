import { z } from 'zod';
import type { HistoryEntry, HistoryPage, HistoryQuery } from '../domain/history';
import { EVENT_SOURCES, JOB_EVENT_TYPES, JOB_KINDS, type JobEvent, PHASES } from '../domain/job';
import type { ChangeFeed } from '../events';
import { historyDeletion } from './history-deletion';
import { SORT_KEYS_PER_MS } from './history-index';
import { flagColumn, type RowParsers } from './row-parser';
import { foldedText, gramQueryOf } from './search-text';
import type { Database, Row } from './sql';

/** Matches are counted up to this number: nobody needs an exact count beyond it. */
const MAX_COUNTED = 1000;
/** Up to this many candidates, checking each is faster than scanning all jobs by time. */
const FEW = 4000;
/** Rows of one batch of `each`. */
const BATCH = 500;

const historyEntry: z.ZodType<HistoryEntry> = z.object({
  id: z.string(),
  accountId: z.string(),
  kind: z.enum(JOB_KINDS),
  remoteId: z.string(),
  title: z.string().nullable(),
  phase: z.enum(PHASES),
  remoteStatus: z.string(),
  gone: flagColumn,
  endedAtMs: z.number().nullable(),
  failure: z.string().nullable(),
  startedAtMs: z.number(),
  hasResult: flagColumn,
});

// With full column names, since json_each has columns of its own.
const HISTORY_ENTRY = `json_object(
  'id', jobs.id, 'accountId', jobs.account_id, 'kind', jobs.kind, 'remoteId', jobs.remote_id,
  'title', jobs.title, 'phase', jobs.phase, 'remoteStatus', jobs.remote_status,
  'gone', jobs.gone, 'endedAtMs', jobs.ended_at_ms, 'failure', jobs.failure,
  'startedAtMs', coalesce(jobs.created_at_ms, jobs.first_seen_at_ms),
  'hasResult', jobs.result_url IS NOT NULL)`;

const eventRow = z
  .object({
    job_id: z.string(),
    at_ms: z.number(),
    source: z.enum(EVENT_SOURCES),
    type: z.enum(JOB_EVENT_TYPES),
    from_phase: z.enum(PHASES).nullable(),
    to_phase: z.enum(PHASES),
    remote_status: z.string(),
  })
  .transform(
    (row): JobEvent => ({
      jobId: row.job_id,
      atMs: row.at_ms,
      source: row.source,
      type: row.type,
      fromPhase: row.from_phase,
      toPhase: row.to_phase,
      remoteStatus: row.remote_status,
    }),
  );

/** Sort keys from `from` up to, but not including, `before`. */
interface Range {
  from: number;
  before: number;
}

/** Where the next page begins, with the count from the first page. `next` is opaque to callers. */
interface Cursor {
  sortKey: number;
  matches: HistoryPage['matches'];
}

function toText({ sortKey, matches }: Cursor): string {
  return `${sortKey}.${matches.count}.${matches.isMore ? 1 : 0}`;
}

function fromText(text: string): Cursor {
  const parts = /^(\d{1,16})\.(\d{1,7})\.([01])$/.exec(text);
  if (!parts) throw new Error('not a page of the history');
  const matches = { count: Number(parts[2]), isMore: parts[3] === '1' };
  return { sortKey: Number(parts[1]), matches };
}

/** All stored jobs, searchable, and the events of each. */
export function historyRepository(database: Database, feed: ChangeFeed, parsers: RowParsers) {
  const entries = parsers.create('jobs', ['id'], historyEntry);
  const events = parsers.create('job_events', ['id'], eventRow);

  /** Sort keys, from the index, of jobs that may contain the text; latest first, at most FEW + 1. */
  function sortKeysOfText(text: string, { from, before }: Range): number[] {
    const row = database.get(
      `SELECT json_group_array(rowid) AS list FROM (
         SELECT rowid FROM job_grams WHERE job_grams MATCH ? AND rowid >= ? AND rowid < ?
         ORDER BY rowid DESC LIMIT ${FEW + 1})`,
      gramQueryOf(text),
      from,
      before,
    );
    return JSON.parse(String(row?.list)) as number[];
  }

  function isFew(column: 'phase' | 'account_id', value: string): boolean {
    const row = database.get(
      `SELECT count(*) AS many FROM
         (SELECT 1 FROM job_search WHERE ${column} = ? LIMIT ${FEW + 1})`,
      value,
    );
    return Number(row?.many) <= FEW;
  }

  /**
   * Sort keys of matches, latest first. A condition that few jobs meet drives the query: the text index,
   * a phase or an account. Without such a condition, a scan by time soon fills a page; a `+` keeps SQLite
   * from choosing another index. All keys come in one row, since the binding takes longer to read many
   * rows than SQLite does to find them.
   */
  function sortKeysBefore(query: HistoryQuery, last: number, limit: number): number[] {
    const { accountIds, phase, fromMs, toMs } = query;
    if (accountIds?.length === 0) return [];
    const range = {
      from: (fromMs ?? 0) * SORT_KEYS_PER_MS,
      before: Math.min(last, (toMs ?? Number.MAX_SAFE_INTEGER) * SORT_KEYS_PER_MS),
    };
    const text = foldedText(query.text);
    const candidates = text === '' ? null : sortKeysOfText(text, range);
    const ofText = candidates !== null && candidates.length <= FEW ? candidates : null;
    // Too many to check each, but no job later than the first of them contains the text.
    if (ofText === null && candidates?.[0]) range.before = candidates[0] + 1;
    const values: (string | number)[] = [range.from, range.before];
    let isDriven = ofText !== null;
    let sql = '';
    const add = (column: 'phase' | 'account_id', value: string) => {
      const drives = !isDriven && isFew(column, value);
      isDriven ||= drives;
      sql += ` AND ${drives ? '' : '+'}${column} = ?`;
      values.push(value);
    };
    if (phase !== null) add('phase', phase);
    if (accountIds?.length === 1) add('account_id', accountIds[0] ?? '');
    else if (accountIds !== null) {
      sql += ' AND +account_id IN (SELECT value FROM json_each(?))';
      values.push(JSON.stringify(accountIds));
    }
    // Last, since it is the most expensive.
    if (text !== '') {
      sql += ` AND text LIKE ? ESCAPE '!'`;
      values.push(`%${text.replaceAll(/[!%_]/g, '!$&')}%`);
    }
    const source =
      ofText === null
        ? `job_search WHERE place >= ? AND place < ?${sql} ORDER BY place DESC`
        : `json_each(?) AS found CROSS JOIN job_search ON place = found.value
           WHERE place >= ? AND place < ?${sql} ORDER BY found.key`;
    const row = database.get(
      `SELECT json_group_array(place) AS list FROM (SELECT place FROM ${source} LIMIT ?)`,
      ...(ofText === null ? [] : [JSON.stringify(ofText)]),
      ...values,
      limit,
    );
    return JSON.parse(String(row?.list)) as number[];
  }

  function jobsAt(sortKeys: number[]): HistoryEntry[] {
    const row = database.get(
      `SELECT json_group_array(${HISTORY_ENTRY} ORDER BY wanted.key) AS list
       FROM json_each(?) AS wanted JOIN jobs ON jobs.place = wanted.value`,
      JSON.stringify(sortKeys),
    );
    return entries.all(JSON.parse(String(row?.list)) as Row[]);
  }

  return {
    /**
     * One page of matches. `after` is the `next` of the page before, null for the first page, which alone
     * counts the matches. Jobs that do not parse are counted but not shown. Throws if `after` is not a
     * `next`.
     */
    search(query: HistoryQuery, after: string | null, limit: number): HistoryPage<HistoryEntry> {
      const cursor = after === null ? null : fromText(after);
      const wanted = cursor ? limit + 1 : Math.max(limit, MAX_COUNTED) + 1;
      const before = cursor?.sortKey ?? Number.MAX_SAFE_INTEGER;
      const sortKeys = sortKeysBefore(query, before, wanted);
      const matches = cursor?.matches ?? {
        count: Math.min(sortKeys.length, MAX_COUNTED),
        isMore: sortKeys.length > MAX_COUNTED,
      };
      const page = sortKeys.slice(0, limit);
      const last = page.at(-1);
      const isMore = sortKeys.length > limit && last !== undefined;
      return {
        jobs: jobsAt(page),
        next: isMore ? toText({ sortKey: last, matches }) : null,
        matches,
      };
    },
    /** Every transition of a job, in the order in which it was learned. */
    events: (jobId: string): JobEvent[] =>
      events.all(database.all('SELECT * FROM job_events WHERE job_id = ? ORDER BY id', jobId)),
    /**
     * All matches, latest started first, in batches, so that a long history is never in memory as a
     * whole. A batch may be empty.
     */
    *each(query: HistoryQuery): Generator<HistoryEntry[]> {
      let before = Number.MAX_SAFE_INTEGER;
      for (;;) {
        const sortKeys = sortKeysBefore(query, before, BATCH);
        const last = sortKeys.at(-1);
        if (last === undefined) return;
        yield jobsAt(sortKeys);
        before = last;
      }
    },
    ...historyDeletion(database, feed, parsers),
  };
}
