import { setImmediate } from 'node:timers/promises';
import type { HistoryFilter } from '../../preload/contract';
import type { Account } from '../domain/account';
import { type ExportedJob, historyFormats, localIso } from '../history/export-text';
import type { HistoryQuery, HistoryRepository, KeptJob } from '../storage/history';
import type { Handlers } from './handlers';

export interface HistoryCommandDeps {
  history: Pick<HistoryRepository, 'search' | 'events' | 'each'>;
  accounts: () => Account[];
  nowMs: () => number;
  /**
   * Asks the user where to, and saves piece by piece; false when the user changed their mind or that
   * place does not take it.
   */
  saveText: (proposedName: string, text: AsyncIterable<string>) => Promise<boolean>;
}

/** The verbs about all jobs that are kept. */
export function createHistoryCommands({ history, accounts, nowMs, saveText }: HistoryCommandDeps) {
  const known = () => new Map(accounts().map((account) => [account.id, account]));

  function queryOf({ service, accountId, ...filter }: HistoryFilter): HistoryQuery {
    const chosen = accounts().filter(
      (account) =>
        (service === null || account.service === service) &&
        (accountId === null || account.id === accountId),
    );
    const isAny = service === null && accountId === null;
    return { ...filter, accountIds: isAny ? null : chosen.map(({ id }) => id) };
  }

  function exported(job: KeptJob, byId: ReadonlyMap<string, Account>): ExportedJob {
    const account = byId.get(job.accountId);
    return { ...job, service: account?.service ?? '', accountName: account?.name ?? '' };
  }

  async function* textOf(filter: HistoryFilter, format: 'csv' | 'json'): AsyncGenerator<string> {
    const { begin, batch, end } = historyFormats[format];
    const byId = known();
    yield begin;
    let isFirst = true;
    for (const jobs of history.each(queryOf(filter))) {
      yield batch(
        jobs.map((job) => exported(job, byId)),
        isFirst,
      );
      isFirst = false;
      // A long history must not keep the tray and the windows waiting.
      await setImmediate();
    }
    yield end;
  }

  return {
    'history.search'({ filter, after, limit }) {
      const byId = known();
      const { jobs, next, matches } = history.search(queryOf(filter), after, limit);
      return {
        jobs: jobs.map((job) => ({ ...job, service: byId.get(job.accountId)?.service ?? '' })),
        next,
        matches,
      };
    },
    'history.events': ({ jobId }) => history.events(jobId),
    async 'history.export'({ filter, format }) {
      const day = localIso(nowMs()).slice(0, 10);
      const name = `Cliptray history ${day}.${format}`;
      return { saved: await saveText(name, textOf(filter, format)) };
    },
  } satisfies Partial<Handlers>;
}
