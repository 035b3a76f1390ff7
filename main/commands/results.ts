import type { DownloadQueue } from '../downloads/queue';
import type { Handlers } from './handlers';

export interface DownloadCommandDeps {
  queue: Pick<DownloadQueue, 'download' | 'cancel' | 'filePath'>;
  /** Shows an existing file in the system's file manager. */
  showFile: (path: string) => void;
}

/** The verbs about downloads of results. */
export function createDownloadCommands({ queue, showFile }: DownloadCommandDeps) {
  return {
    'result.download': ({ jobId }) => ({ started: queue.download(jobId) }),

    async 'result.cancelDownload'({ jobId }) {
      await queue.cancel(jobId);
      return null;
    },

    async 'result.showFile'({ jobId }) {
      const path = await queue.filePath(jobId);
      if (path !== null) showFile(path);
      return { shown: path !== null };
    },
  } satisfies Partial<Handlers>;
}
