import type { RenderOutcome } from '../../preload/contract';
import type { RenderAnswer } from '../domain/clip-library';
import { jobId as idOfJob } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import type { AccountHandle } from '../polling/account-handle';
import type { JobRepository } from '../storage/jobs';
import type { Handlers } from './handlers';

export interface RenderCommandDeps {
  jobs: Pick<JobRepository, 'get'>;
  polling: {
    account(
      accountId: string,
    ): Pick<AccountHandle, 'adopt' | 'lookUpClip' | 'lookUpRenders'> | null;
  };
  connection: (accountId: string) => ServiceConnection | null;
  logger: Logger;
}

/** The verb about renders. */
export function createRenderCommands(deps: RenderCommandDeps) {
  const { jobs, polling, logger } = deps;

  /** What became of one render. Takes over the jobs of one that has started. */
  function settle(accountId: string, clipId: string, one: RenderAnswer): RenderOutcome {
    const account = polling.account(accountId);
    if (one.result === 'not-sent') return { outcome: 'not-sent' };
    if (one.result === 'started') {
      try {
        account?.adopt(one.jobs);
      } catch (error) {
        // It runs and is paid for: failing to record it must not invite a second render.
        logger.error('a started render was not stored', { reason: reason(error) });
        account?.lookUpRenders(clipId);
      }
      return { outcome: 'started' };
    }
    const { problem, remoteText } = one;
    logger.warn('render not confirmed', { problem });
    // A render costs credit, so it is not sent again. The clip's jobs show whether it began.
    account?.lookUpRenders(clipId);
    if (one.result === 'unsure') return { outcome: 'unsure', problem };
    // The clip was edited in the meantime: the next try must carry its new revision.
    if (problem === 'conflict') account?.lookUpClip(clipId);
    return { outcome: 'refused', problem, remoteText };
  }

  return {
    async 'render.submit'({ accountId, clipId, editRevision, candidateIds, template, captions }) {
      const clips = deps.connection(accountId)?.clips;
      if (!clips) {
        const refused = { outcome: 'refused' as const, problem: 'key-missing' as const };
        return candidateIds.map(() => ({ ...refused, remoteText: null }));
      }
      const known = jobs.get(idOfJob(accountId, 'processing', clipId));
      const outcomes = await clips.renderAll(
        candidateIds.map((candidateId) => ({
          clipId,
          candidateId,
          editRevision: editRevision ?? known?.clip?.editRevision ?? null,
          ...(template === null ? {} : { template }),
          ...(captions === null ? {} : { captions }),
        })),
      );
      // If no list shows the clip any more, only its renders would be known.
      if (!known) polling.account(accountId)?.lookUpClip(clipId);
      return outcomes.map((one) => settle(accountId, clipId, one));
    },
  } satisfies Partial<Handlers>;
}
