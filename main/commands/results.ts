import type { DownloadQueue } from '../downloads/queue';
import type { JobRepository } from '../storage/jobs';
import type { Handlers } from './handlers';

export interface ResultCommandDeps {
  jobs: Pick<JobRepository, 'get' | 'markSeen'>;
  openExternal: (url: string) => Promise<boolean>;
  /** Rejects where the system does not take it. */
  copy: (text: string) => Promise<void>;
  downloads: Pick<DownloadQueue, 'download' | 'cancel' | 'filePath'>;
  /** Shows an existing file in the system's file manager. */
  showFile: (path: string) => void;
}

/** The verbs about results: open, copy the link, download. */
export function createResultCommands(deps: ResultCommandDeps) {
  const { jobs, downloads } = deps;
  return {
    async 'result.open'({ jobId }) {
      const url = jobs.get(jobId)?.resultUrl;
      if (!url) return { opened: false };
      const opened = await deps.openExternal(url);
      if (opened) jobs.markSeen([jobId]);
      return { opened };
    },

    async 'result.copyLink'({ jobId }) {
      const url = jobs.get(jobId)?.resultUrl;
      if (!url) return { copied: false };
      return {
        copied: await deps.copy(url).then(
          () => true,
          () => false,
        ),
      };
    },

    'result.download': ({ jobId }) => ({ started: downloads.download(jobId) }),

    async 'result.cancelDownload'({ jobId }) {
      await downloads.cancel(jobId);
      return null;
    },

    async 'result.showFile'({ jobId }) {
      const path = await downloads.filePath(jobId);
      if (path !== null) deps.showFile(path);
      return { shown: path !== null };
    },
  } satisfies Partial<Handlers>;
}
