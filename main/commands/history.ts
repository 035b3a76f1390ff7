import type { JobEvent } from '../domain/job';
import type { HistoryExport } from '../history/export';
import type { HistorySearch } from '../history/search';
import type { Handlers } from './handlers';

export interface HistoryCommandDeps {
  search: Pick<HistorySearch, 'page'>;
  exporter: HistoryExport;
  /** Every transition of a job, oldest first. */
  events: (jobId: string) => JobEvent[];
  /**
   * Asks the user where to save, and saves piece by piece; false when the user changed their mind or
   * the file could not be written.
   */
  saveText: (proposedName: string, text: AsyncIterable<string>) => Promise<boolean>;
}

/** The verbs about all jobs that are stored. */
export function createHistoryCommands({ search, exporter, events, saveText }: HistoryCommandDeps) {
  return {
    'history.search': ({ filter, after, limit }) => search.page(filter, after, limit),
    'history.events': ({ jobId }) => events(jobId),
    'history.export': async ({ filter, format }) => ({
      saved: await saveText(exporter.fileName(format), exporter.text(filter, format)),
    }),
  } satisfies Partial<Handlers>;
}
