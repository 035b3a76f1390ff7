import type { EventSource, Job, JobEvent, Phase } from '../domain/job';
import type { ChangeFeed } from '../events';
import type { Database, Row } from './database';
import { historyDeletion } from './history-deletion';
import { PLACES_PER_MS } from './history-index';
import { foldedText, gramQueryOf } from './search-text';

/** Matches are counted up to here; beyond, nobody wants to know how many more. */
export const MOST_COUNTED = 1000;
/** Jobs that are rather looked at one by one than met along the time. */
const FEW = 4000;
/** Rows of one step of `each`. */
const BATCH = 500;

/** A job as the history shows it. */
export type KeptJob = Pick<
  Job,
  | 'id'
  | 'accountId'
  | 'kind'
  | 'remoteId'
  | 'title'
  | 'phase'
  | 'remoteStatus'
  | 'gone'
  | 'endedAtMs'
  | 'failure'
> & { startedAtMs: number; hasResult: boolean };

type StoredJob = Omit<KeptJob, 'gone' | 'hasResult'> & { gone: number; hasResult: number };

// Every name in full: json_each has columns of its own.
const KEPT_JOB = `json_object(
  'id', jobs.id, 'accountId', jobs.account_id, 'kind', jobs.kind, 'remoteId', jobs.remote_id,
  'title', jobs.title, 'phase', jobs.phase, 'remoteStatus', jobs.remote_status,
  'gone', jobs.gone, 'endedAtMs', jobs.ended_at_ms, 'failure', jobs.failure,
  'startedAtMs', coalesce(jobs.created_at_ms, jobs.first_seen_at_ms),
  'hasResult', jobs.result_url IS NOT NULL)`;

/** All conditions hold together; null and empty text mean any. */
export interface HistoryQuery {
  text: string;
  /** Of these accounts only; null for all. */
  accountIds: string[] | null;
  phase: 'active' | 'done' | 'failed' | 'unknown' | null;
  fromMs: number | null;
  toMs: number | null;
}

export interface FoundJobs {
  /** Latest begun first. */
  jobs: KeptJob[];
  next: string | null;
  matches: { count: number; isMore: boolean };
}

/** Where the places of a page are looked for: those before one of them. */
interface Range {
  fromPlace: number;
  beforePlace: number;
}

/** Where a page goes on, with the count of the first one: `next` is opaque to others. */
interface Cursor {
  place: number;
  matches: FoundJobs['matches'];
}

function toText({ place, matches }: Cursor): string {
  return `${place}.${matches.count}.${matches.isMore ? 1 : 0}`;
}

function fromText(text: string): Cursor {
  const parts = /^(\d{1,16})\.(\d{1,7})\.([01])$/.exec(text);
  if (!parts) throw new Error('not a page of the history');
  const matches = { count: Number(parts[2]), isMore: parts[3] === '1' };
  return { place: Number(parts[1]), matches };
}

function eventOf(row: Row): JobEvent {
  return {
    jobId: String(row.job_id),
    atMs: Number(row.at_ms),
    source: String(row.source) as EventSource,
    type: String(row.type) as JobEvent['type'],
    fromPhase: row.from_phase === null ? null : (String(row.from_phase) as Phase),
    toPhase: String(row.to_phase) as Phase,
    remoteStatus: String(row.remote_status),
  };
}

/** All jobs that are kept, searchable, and what happened to each of them. */
export function historyRepository(database: Database, feed: ChangeFeed) {
  /** What may hold the text, by the index, latest first; more than FEW are cut off. */
  function placesOfText(text: string, { fromPlace, beforePlace }: Range): number[] {
    const row = database.get(
      `SELECT json_group_array(rowid) AS places FROM (
         SELECT rowid FROM job_grams WHERE job_grams MATCH ? AND rowid >= ? AND rowid < ?
         ORDER BY rowid DESC LIMIT ${FEW + 1})`,
      gramQueryOf(text),
      fromPlace,
      beforePlace,
    );
    return JSON.parse(String(row?.places)) as number[];
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
   * Places of matches, latest first. What leaves few jobs leads: the index of texts, a phase or an
   * account. Where none does, a page fills soon along the time; a `+` keeps SQLite from taking
   * another way. The places come in one row, since many cost the binding more than SQL.
   */
  function placesBefore(query: HistoryQuery, before: number, limit: number): number[] {
    const { accountIds, phase, fromMs, toMs } = query;
    if (accountIds?.length === 0) return [];
    const range = {
      fromPlace: (fromMs ?? 0) * PLACES_PER_MS,
      beforePlace: Math.min(before, (toMs ?? Number.MAX_SAFE_INTEGER) * PLACES_PER_MS),
    };
    const text = foldedText(query.text);
    const candidates = text === '' ? null : placesOfText(text, range);
    const ofText = candidates !== null && candidates.length <= FEW ? candidates : null;
    // Too many to be looked at; nothing later than the first of them holds the text.
    if (ofText === null && candidates?.[0]) range.beforePlace = candidates[0] + 1;
    const values: (string | number)[] = [range.fromPlace, range.beforePlace];
    let leads = ofText !== null;
    let sql = '';
    const add = (column: 'phase' | 'account_id', value: string) => {
      const isLeading = !leads && isFew(column, value);
      leads ||= isLeading;
      sql += ` AND ${isLeading ? '' : '+'}${column} = ?`;
      values.push(value);
    };
    if (phase !== null) add('phase', phase);
    if (accountIds?.length === 1) add('account_id', accountIds[0] ?? '');
    else if (accountIds !== null) {
      sql += ' AND +account_id IN (SELECT value FROM json_each(?))';
      values.push(JSON.stringify(accountIds));
    }
    // Last, since it costs the most.
    if (text !== '') {
      sql += ` AND text LIKE ? ESCAPE '!'`;
      values.push(`%${text.replaceAll(/[!%_]/g, '!$&')}%`);
    }
    const places =
      ofText === null
        ? `job_search WHERE place >= ? AND place < ?${sql} ORDER BY place DESC`
        : `json_each(?) AS found CROSS JOIN job_search ON place = found.value
           WHERE place >= ? AND place < ?${sql} ORDER BY found.key`;
    const row = database.get(
      `SELECT json_group_array(place) AS places FROM (SELECT place FROM ${places} LIMIT ?)`,
      ...(ofText === null ? [] : [JSON.stringify(ofText)]),
      ...values,
      limit,
    );
    return JSON.parse(String(row?.places)) as number[];
  }

  function jobsAt(places: number[]): KeptJob[] {
    const row = database.get(
      `SELECT json_group_array(${KEPT_JOB} ORDER BY wanted.key) AS list
       FROM json_each(?) AS wanted JOIN jobs ON jobs.place = wanted.value`,
      JSON.stringify(places),
    );
    return (JSON.parse(String(row?.list)) as StoredJob[]).map((job) => ({
      ...job,
      gone: job.gone === 1,
      hasResult: job.hasResult === 1,
    }));
  }

  return {
    /**
     * One page of what matches. `after` is the `next` of the page before, null for the first one;
     * only the first one counts. Throws on an `after` that is none.
     */
    search(query: HistoryQuery, after: string | null, limit: number): FoundJobs {
      const cursor = after === null ? null : fromText(after);
      const wanted = cursor ? limit + 1 : Math.max(limit, MOST_COUNTED) + 1;
      const before = cursor?.place ?? Number.MAX_SAFE_INTEGER;
      const places = placesBefore(query, before, wanted);
      const matches = cursor?.matches ?? {
        count: Math.min(places.length, MOST_COUNTED),
        isMore: places.length > MOST_COUNTED,
      };
      const page = places.slice(0, limit);
      const last = page.at(-1);
      const isMore = places.length > limit && last !== undefined;
      return {
        jobs: jobsAt(page),
        next: isMore ? toText({ place: last, matches }) : null,
        matches,
      };
    },
    /** Every transition of a job, in the order in which they were learned. */
    events: (jobId: string): JobEvent[] =>
      database.all('SELECT * FROM job_events WHERE job_id = ? ORDER BY id', jobId).map(eventOf),
    /** All that match, latest begun first, in batches: a long history is never held as a whole. */
    *each(query: HistoryQuery): Generator<KeptJob[]> {
      let before = Number.MAX_SAFE_INTEGER;
      for (;;) {
        const places = placesBefore(query, before, BATCH);
        const last = places.at(-1);
        if (last === undefined) return;
        yield jobsAt(places);
        before = last;
      }
    },
    ...historyDeletion(database, feed),
  };
}

export type HistoryRepository = ReturnType<typeof historyRepository>;
