import type { Phase } from '../domain/job';
import { isActive } from '../domain/job';
import { gramsOf, searchTextOf } from './search-text';
import type { Database } from './sql';

/**
 * Every job has a sort key in the history: its start in milliseconds times this, plus a number that
 * tells jobs of the same millisecond apart. Pages are cut by sort keys. These are also the row ids of
 * the search index, which can therefore return matches in order of time without reading the jobs. The
 * tables call them `place`.
 */
export const SORT_KEYS_PER_MS = 1024;

/** The fields of a job by which the history is searched. */
export interface IndexedJob {
  accountId: string;
  phase: Phase;
  gone: boolean;
  startedAtMs: number;
  title: string | null;
  remoteId: string;
  failure: string | null;
}

/** Phases as a person filters by them. */
function filterPhase(job: Pick<IndexedJob, 'phase' | 'gone'>) {
  return isActive(job) ? 'active' : job.gone ? 'unknown' : job.phase;
}

/** The first free key of the millisecond, or of a later one: some services give whole days only. */
function freeSortKey(database: Database, startedAtMs: number): number {
  for (let first = startedAtMs * SORT_KEYS_PER_MS; ; first += SORT_KEYS_PER_MS) {
    const end = first + SORT_KEYS_PER_MS;
    const row = database.get(
      'SELECT max(place) AS last FROM job_search WHERE place >= ? AND place < ?',
      first,
      end,
    );
    const sortKey = row?.last == null ? first : Number(row.last) + 1;
    if (sortKey < end) return sortKey;
  }
}

/** Makes a job searchable, and returns its sort key. */
export function addToHistory(database: Database, job: IndexedJob): number {
  const sortKey = freeSortKey(database, job.startedAtMs);
  const text = searchTextOf(job);
  database.run(
    'INSERT INTO job_search (place, account_id, phase, text) VALUES (?, ?, ?, ?)',
    sortKey,
    job.accountId,
    filterPhase(job),
    text,
  );
  database.run('INSERT INTO job_grams (rowid, grams) VALUES (?, ?)', sortKey, gramsOf(text));
  return sortKey;
}

export function removeFromHistory(database: Database, sortKey: number): void {
  database.run('DELETE FROM job_search WHERE place = ?', sortKey);
  database.run('DELETE FROM job_grams WHERE rowid = ?', sortKey);
}

/**
 * Updates the index for a job that has changed, and returns its sort key. Writes only what differs: a new
 * text has to be indexed again, but a new phase costs almost nothing.
 */
export function updateInHistory(
  database: Database,
  sortKey: number,
  before: IndexedJob,
  after: IndexedJob,
): number {
  if (before.startedAtMs !== after.startedAtMs) {
    removeFromHistory(database, sortKey);
    return addToHistory(database, after);
  }
  if (before.title !== after.title || before.failure !== after.failure) {
    const text = searchTextOf(after);
    database.run('UPDATE job_search SET text = ? WHERE place = ?', text, sortKey);
    database.run('DELETE FROM job_grams WHERE rowid = ?', sortKey);
    database.run('INSERT INTO job_grams (rowid, grams) VALUES (?, ?)', sortKey, gramsOf(text));
  }
  const phase = filterPhase(after);
  if (filterPhase(before) !== phase) {
    database.run('UPDATE job_search SET phase = ? WHERE place = ?', phase, sortKey);
  }
  return sortKey;
}
