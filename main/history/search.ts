import type { Account } from '../domain/account';
import type {
  HistoryEntry,
  HistoryFilter,
  HistoryJob,
  HistoryPage,
  HistoryQuery,
} from '../domain/history';

export interface HistorySearchDeps {
  store: {
    search(query: HistoryQuery, after: string | null, limit: number): HistoryPage<HistoryEntry>;
    /** All that match, latest started first. */
    each(query: HistoryQuery): Iterable<HistoryEntry[]>;
  };
  accounts: () => Account[];
}

/** Searches all stored jobs. */
export function createHistorySearch({ store, accounts }: HistorySearchDeps) {
  function queryOf({ service, accountId, ...conditions }: HistoryFilter): HistoryQuery {
    if (service === null && accountId === null) return { ...conditions, accountIds: null };
    const chosen = accounts().filter(
      (account) =>
        (service === null || account.service === service) &&
        (accountId === null || account.id === accountId),
    );
    return { ...conditions, accountIds: chosen.map(({ id }) => id) };
  }

  function withServices(): (jobs: HistoryEntry[]) => HistoryJob[] {
    const services = new Map(accounts().map(({ id, service }) => [id, service]));
    return (jobs) => jobs.map((job) => ({ ...job, service: services.get(job.accountId) ?? '' }));
  }

  return {
    /** `after` is the `next` of the page before, null for the first page. Throws for anything else. */
    page(filter: HistoryFilter, after: string | null, limit: number): HistoryPage {
      const found = store.search(queryOf(filter), after, limit);
      return { ...found, jobs: withServices()(found.jobs) };
    },
    /** All that match, latest started first. A batch may be empty. */
    *batches(filter: HistoryFilter): Generator<HistoryJob[]> {
      const jobsOf = withServices();
      for (const jobs of store.each(queryOf(filter))) yield jobsOf(jobs);
    },
  };
}

export type HistorySearch = ReturnType<typeof createHistorySearch>;
