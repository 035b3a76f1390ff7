import { setImmediate } from 'node:timers/promises';
import type { Account } from '../domain/account';
import type { HistoryFilter } from '../domain/history';
import { historyFormats, localIso } from './export-formats';
import type { HistorySearch } from './search';

export interface HistoryExportDeps {
  search: Pick<HistorySearch, 'batches'>;
  accounts: () => Account[];
  nowMs: () => number;
}

/** Writes what a filter matches as the text of a file, piece by piece. */
export function createHistoryExport({ search, accounts, nowMs }: HistoryExportDeps) {
  return {
    /** The proposed name of the file. */
    fileName: (format: keyof typeof historyFormats): string =>
      `Cliptray history ${localIso(nowMs()).slice(0, 10)}.${format}`,
    async *text(
      filter: HistoryFilter,
      format: keyof typeof historyFormats,
    ): AsyncGenerator<string> {
      const { begin, batch, end } = historyFormats[format];
      const names = new Map(accounts().map(({ id, name }) => [id, name]));
      yield begin;
      let isFirst = true;
      for (const jobs of search.batches(filter)) {
        const named = jobs.map((job) => ({ ...job, accountName: names.get(job.accountId) ?? '' }));
        yield batch(named, isFirst);
        isFirst &&= jobs.length === 0;
        // A long history must not block the tray and the windows.
        await setImmediate();
      }
      yield end;
    },
  };
}

export type HistoryExport = ReturnType<typeof createHistoryExport>;
