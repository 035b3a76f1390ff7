import type { Phase } from '../domain/job';
import { isActive } from '../domain/job';
import type { Database } from './database';
import { gramsOf, searchTextOf } from './search-text';

/**
 * Every job has a place in the history: its begin in milliseconds, with room for as many jobs that
 * began in the same one. Places are what pages are cut by, and the row ids of the search index, which
 * can therefore give its matches in the order of time without looking at the jobs.
 */
export const PLACES_PER_MS = 1024;

/** What the history is searched by. */
export interface HistoryEntry {
  accountId: string;
  phase: Phase;
  gone: boolean;
  startedAtMs: number;
  title: string | null;
  remoteId: string;
  failure: string | null;
}

/** Phases as a person filters by them. */
export function searchedPhase(job: Pick<HistoryEntry, 'phase' | 'gone'>) {
  return isActive(job) ? 'active' : job.gone ? 'unknown' : job.phase;
}

/** The first free place of the millisecond, or of one after it: a service may tell days only. */
function freePlace(database: Database, startedAtMs: number): number {
  for (let first = startedAtMs * PLACES_PER_MS; ; first += PLACES_PER_MS) {
    const end = first + PLACES_PER_MS;
    const row = database.get(
      'SELECT max(place) AS last FROM job_search WHERE place >= ? AND place < ?',
      first,
      end,
    );
    const place = row?.last == null ? first : Number(row.last) + 1;
    if (place < end) return place;
  }
}

/** Makes the job findable and gives its place. */
export function addToHistory(database: Database, entry: HistoryEntry): number {
  const place = freePlace(database, entry.startedAtMs);
  const text = searchTextOf(entry);
  database.run(
    'INSERT INTO job_search (place, account_id, phase, text) VALUES (?, ?, ?, ?)',
    place,
    entry.accountId,
    searchedPhase(entry),
    text,
  );
  database.run('INSERT INTO job_grams (rowid, grams) VALUES (?, ?)', place, gramsOf(text));
  return place;
}

/**
 * Keeps a job findable that has changed, and gives its place. Only what is different is written: the
 * search index is made anew for a changed text, and costs nothing when just the phase changes.
 */
export function changeInHistory(
  database: Database,
  place: number,
  before: HistoryEntry,
  after: HistoryEntry,
): number {
  if (before.startedAtMs !== after.startedAtMs) {
    database.run('DELETE FROM job_search WHERE place = ?', place);
    database.run('DELETE FROM job_grams WHERE rowid = ?', place);
    return addToHistory(database, after);
  }
  if (before.title !== after.title || before.failure !== after.failure) {
    const text = searchTextOf(after);
    database.run('UPDATE job_search SET text = ? WHERE place = ?', text, place);
    database.run('DELETE FROM job_grams WHERE rowid = ?', place);
    database.run('INSERT INTO job_grams (rowid, grams) VALUES (?, ?)', place, gramsOf(text));
  }
  const phase = searchedPhase(after);
  if (searchedPhase(before) !== phase) {
    database.run('UPDATE job_search SET phase = ? WHERE place = ?', phase, place);
  }
  return place;
}
