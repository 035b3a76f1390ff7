import type { ClipRecord } from '../domain/clip-library';
import { type ClipLine, clipLineId } from '../domain/clip-line';
import type { Job } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import { mediaFragmentUrl } from '../domain/media-fragment';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened, type ServiceProblem } from '../domain/service-error';
import { asServiceError } from '../domain/service-failure';
import { serviceRead } from '../domain/service-read';
import type { AccountHandle } from '../polling/account-handle';
import type { Handlers } from './handlers';

export interface ClipCommandDeps {
  connection: (accountId: string) => ServiceConnection | null;
  polling: {
    account(
      accountId: string,
    ): Pick<AccountHandle, 'lookUpClip' | 'lookUpRenders' | 'removed'> | null;
  };
  /** Every stored job of the clip. */
  jobsOfClip: (accountId: string, clipId: string) => Job[];
  openedClips: { add(accountId: string, clipId: string): void };
  /** The line that shows the job. */
  lineOf: (jobId: string) => ClipLine | null;
  openExternal: (url: string) => Promise<boolean>;
  logger: Logger;
}

/** The verbs about clips as the service has them: list, read, open, preview, delete. */
export function createClipCommands(deps: ClipCommandDeps) {
  const { connection, polling, logger } = deps;
  const library = (one: ServiceConnection) => one.clips;

  /** After an unclear answer to a deletion: null when the clip is gone, else the problem to show. */
  async function problemUnlessGone(accountId: string, clipId: string, problem: ServiceProblem) {
    const read = await serviceRead(connection(accountId), library, (clips) => clips.one(clipId));
    if ('problem' in read && read.problem === 'not-found') return null;
    return { problem, remoteText: null };
  }

  function removed(accountId: string, clipId: string): { removed: true } {
    try {
      polling.account(accountId)?.removed(deps.jobsOfClip(accountId, clipId));
    } catch (error) {
      // The service has deleted it, even if that could not be recorded here.
      logger.error('a deleted clip was not stored', { reason: reason(error) });
      polling.account(accountId)?.lookUpClip(clipId);
    }
    return { removed: true };
  }

  return {
    'clips.page': ({ accountId, cursor }) =>
      serviceRead(connection(accountId), library, (clips) => clips.page(cursor)),

    'clip.read': ({ accountId, clipId }) =>
      serviceRead(connection(accountId), library, (clips) => clips.one(clipId)),

    'clip.open'({ accountId, clipId }) {
      deps.openedClips.add(accountId, clipId);
      const account = polling.account(accountId);
      account?.lookUpClip(clipId);
      account?.lookUpRenders(clipId);
      const [known] = deps.jobsOfClip(accountId, clipId);
      const line = known ? deps.lineOf(known.id) : null;
      return { lineId: line?.id ?? clipLineId(accountId, clipId) };
    },

    async 'clip.remove'({ accountId, clipId }) {
      const clips = connection(accountId)?.clips;
      if (!clips) return { problem: 'key-missing' as const, remoteText: null };
      try {
        await clips.remove(clipId);
      } catch (error) {
        const { problem, remoteText, status } = asServiceError(error);
        logger.warn('deleting not confirmed', { problem, status });
        if (!mayHaveHappened(problem)) return { problem, remoteText };
        const failed = await problemUnlessGone(accountId, clipId, problem);
        if (failed) return failed;
      }
      return removed(accountId, clipId);
    },

    async 'clip.preview'({ accountId, clipId, candidateId }) {
      // Read again, since the URL may expire.
      const read = await serviceRead(connection(accountId), library, (clips) => clips.one(clipId));
      const url = 'value' in read ? previewUrl(read.value, candidateId) : null;
      return { opened: url !== null && (await deps.openExternal(url)) };
    },

    'clip.check': ({ accountId, clipId, candidateId }) =>
      serviceRead(connection(accountId), library, (clips) => clips.check(clipId, candidateId)),
  } satisfies Partial<Handlers>;
}

/** URL at which the clip's video plays from the candidate's beginning. */
function previewUrl(clip: ClipRecord, candidateId: string | null): string | null {
  if (clip.sourceUrl === null) return null;
  const candidate = clip.candidates?.find(({ id }) => id === candidateId);
  return mediaFragmentUrl(clip.sourceUrl, candidate?.startMs ?? null, candidate?.endMs ?? null);
}
