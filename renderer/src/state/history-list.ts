import type { HistoryFilter, HistoryJob, HistoryPage, RequestOf } from '../../../preload/contract';
import { createObservable, type Observable } from './observable';
import { isSame } from './patches';

/** Jobs of one page, and the most that main gives at once. */
const PAGE_COUNT = 50;
const MAX_JOBS = 200;

interface HistoryListState {
  /** Null until the first answer. */
  jobs: HistoryJob[] | null;
  next: string | null;
  matches: HistoryPage['matches'];
  /** What the last search found, to be announced; the number tells two searches apart. */
  found: { number: number; matches: HistoryPage['matches'] } | null;
  isLoadingMore: boolean;
  hasFailed: boolean;
  /** A newer answer that would move the rows being read; shown when the user asks for it. */
  waiting: HistoryPage | null;
}

const EMPTY: HistoryListState = {
  jobs: null,
  next: null,
  matches: { count: 0, isMore: false },
  found: null,
  isLoadingMore: false,
  hasFailed: false,
  waiting: null,
};

/** The same jobs in the same order, each updated; unchanged ones keep their object. */
function updated(jobs: HistoryJob[], fresh: HistoryJob[]): HistoryJob[] {
  const byId = new Map(fresh.map((job) => [job.id, job]));
  return jobs.map((job) => {
    const now = byId.get(job.id);
    return now === undefined || isSame(job, now) ? job : now;
  });
}

/** Puts a fresh first page in front of what was loaded beyond it. */
function joined(jobs: HistoryJob[], next: string | null, page: HistoryPage) {
  const known = new Map(jobs.map((job) => [job.id, job]));
  const head = page.jobs.map((job) => {
    const before = known.get(job.id);
    return before !== undefined && isSame(before, job) ? before : job;
  });
  const last = page.jobs.at(-1);
  const index = last ? jobs.findIndex((job) => job.id === last.id) : -1;
  if (page.next === null || index < 0 || index === jobs.length - 1) {
    return { jobs: head, next: page.next };
  }
  return { jobs: [...head, ...jobs.slice(index + 1)], next };
}

/**
 * The history as one window shows it. Answers to outdated searches are ignored, and a refresh moves
 * rows only if it may. `search` returns null when it failed.
 */
export function createHistoryList(
  search: (request: RequestOf<'history.search'>) => Promise<HistoryPage | null>,
) {
  const state: Observable<HistoryListState> = createObservable(EMPTY);
  const change = (part: Partial<HistoryListState>) => state.set({ ...state.get(), ...part });
  let filter: HistoryFilter | null = null;
  let turn = 0;
  let isRefreshing = false;

  return {
    state,

    /** Starts over with another filter. The old rows stay until the answer arrives. */
    async find(newFilter: HistoryFilter): Promise<void> {
      filter = newFilter;
      const mine = ++turn;
      const page = await search({ filter, after: null, limit: PAGE_COUNT });
      if (mine !== turn) return;
      if (!page) {
        change({ ...EMPTY, hasFailed: true });
        return;
      }
      const { jobs, next, matches } = page;
      state.set({ ...EMPTY, jobs, next, matches, found: { number: mine, matches } });
    },

    /** Adds the next page, if there is one. */
    async more(): Promise<void> {
      const { next: after, isLoadingMore } = state.get();
      if (!filter || after === null || isLoadingMore) return;
      const mine = turn;
      change({ isLoadingMore: true });
      const page = await search({ filter, after, limit: PAGE_COUNT });
      if (mine !== turn) return;
      const { jobs, next } = state.get();
      // A refresh may have replaced the end of the list meanwhile; this page would no longer follow it.
      const fits = page !== null && next === after && jobs !== null;
      change({
        isLoadingMore: false,
        ...(fits ? { jobs: [...jobs, ...page.jobs], next: page.next } : {}),
      });
    },

    /**
     * Reads again what is shown. Rows are updated in place; they come and go at once only if
     * `mayMove` allows it.
     */
    async refresh(newFilter: HistoryFilter, mayMove: () => boolean): Promise<void> {
      const shownCount = state.get().jobs?.length;
      if (shownCount === undefined || isRefreshing) return;
      const mine = turn;
      isRefreshing = true;
      const limit = Math.min(MAX_JOBS, Math.max(PAGE_COUNT, shownCount));
      const page = await search({ filter: newFilter, after: null, limit });
      isRefreshing = false;
      const { jobs, next } = state.get();
      if (mine !== turn || !page || !jobs) return;
      filter = newFilter;
      const after = joined(jobs, next, page);
      const inPlace = updated(jobs, page.jobs);
      const isInOrder =
        after.jobs.length === jobs.length &&
        after.jobs.every((job, index) => job.id === jobs[index]?.id);
      if (isInOrder || mayMove()) change({ ...after, matches: page.matches, waiting: null });
      else change({ jobs: inPlace, matches: page.matches, waiting: page });
    },

    /** Shows the answer that a refresh has held back. */
    showWaiting(): void {
      const { jobs, next, waiting } = state.get();
      if (jobs && waiting) change({ ...joined(jobs, next, waiting), waiting: null });
    },
  };
}

export type HistoryList = ReturnType<typeof createHistoryList>;
