import type { RenderOutcome } from '../../preload/contract';
import type { JobObservation } from '../domain/job';
import type { Line } from '../domain/line';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened, ServiceError } from '../domain/service-error';
import type { JobRepository } from '../storage/jobs';
import type { Watcher } from '../watch/watcher';
import type { Handlers } from './handlers';

export interface JobParts {
  jobs: JobRepository;
  watcher: Watcher;
  connection: (accountId: string) => ServiceConnection | null;
  line: (lineId: string) => Line | null;
  openExternal: (url: string) => Promise<boolean>;
  copy: (text: string) => void;
  publish: () => void;
  logger: Logger;
}

/** The verbs about jobs: open, copy, look at, render. */
export function createJobCommands(parts: JobParts) {
  const { jobs, watcher, logger, publish } = parts;

  function markSeen(jobIds: string[]): void {
    jobs.markSeen(jobIds);
    publish();
  }

  async function render(
    connection: ServiceConnection,
    accountId: string,
    clipId: string,
    candidateId: string | null,
  ): Promise<RenderOutcome> {
    const clip = jobs.get(`${accountId}/processing/${clipId}`)?.clip ?? null;
    if (!connection.render) return { outcome: 'refused', problem: 'rejected', remoteText: null };
    let started: JobObservation[];
    try {
      const editRevision = clip?.editRevision ?? null;
      started = await connection.render({ clipId, candidateId, editRevision });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      logger.warn('render not confirmed', { problem: error.problem, status: error.status });
      // A render costs credit: it is not sent again. The clip's jobs tell whether it began.
      watcher.lookAtRenders(accountId, clipId);
      if (mayHaveHappened(error.problem)) return { outcome: 'unsure', problem: error.problem };
      // The clip was edited meanwhile: the next try must carry its new revision.
      if (error.problem === 'conflict') watcher.lookAtClip(accountId, clipId);
      return { outcome: 'refused', problem: error.problem, remoteText: error.remoteText };
    }
    try {
      watcher.adopt(accountId, started);
    } catch (error) {
      // It runs and is paid for: that it could not be written down must not invite a second one.
      logger.error('a started render was not stored', { reason: reason(error) });
      watcher.lookAtRenders(accountId, clipId);
    }
    return { outcome: 'started' };
  }

  return {
    async 'job.open'({ jobId }) {
      const url = jobs.get(jobId)?.resultUrl;
      if (!url) return { opened: false };
      const opened = await parts.openExternal(url);
      if (opened) markSeen([jobId]);
      return { opened };
    },

    'job.copyLink'({ jobId }) {
      const url = jobs.get(jobId)?.resultUrl;
      if (!url) return { copied: false };
      parts.copy(url);
      return { copied: true };
    },

    'line.look'({ lineId }) {
      const line = parts.line(lineId);
      if (!line) return null;
      markSeen(line.jobIds);
      // An old clip is listed without its candidates; they are read when somebody looks at it.
      if (
        line.kind === 'clip' &&
        line.clipId &&
        line.stage === 'ready' &&
        !line.candidates.length
      ) {
        watcher.lookAtClip(line.accountId, line.clipId);
        watcher.lookAtRenders(line.accountId, line.clipId);
      }
      return null;
    },

    async 'render.submit'({ accountId, clipId, candidateId }): Promise<RenderOutcome> {
      const connection = parts.connection(accountId);
      if (!connection) return { outcome: 'refused', problem: 'key-missing', remoteText: null };
      return render(connection, accountId, clipId, candidateId);
    },
  } satisfies Partial<Handlers>;
}
