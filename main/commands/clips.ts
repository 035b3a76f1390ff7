import type { ClipRecord } from '../domain/clip-library';
import type { Job } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened, ServiceError, type ServiceProblem } from '../domain/service-error';
import type { AccountHandle } from '../polling/account-handle';
import type { Handlers } from './handlers';
import { serviceRead } from './service-read';

export interface ClipCommandDeps {
  connection: (accountId: string) => ServiceConnection | null;
  watcher: {
    account(
      accountId: string,
    ): Pick<AccountHandle, 'lookUpClip' | 'lookUpRenders' | 'removed'> | null;
  };
  /** Every job of the clip that is kept. */
  jobsOf: (accountId: string, clipId: string) => Job[];
  /** A clip is to stay in sight, however old it is. */
  onOpened: (accountId: string, clipId: string) => void;
  /** The line of a clip, known or not. */
  lineIdOf: (accountId: string, clipId: string) => string;
  openExternal: (url: string) => Promise<boolean>;
  logger: Logger;
}

/**
 * The address of a part of a video, for a player that knows media fragments
 * (https://www.w3.org/TR/media-frags/#naming-time); one that does not plays it from the beginning.
 */
export function partOfVideo(url: string, startMs: number | null, endMs: number | null): string {
  if (startMs === null) return url;
  const seconds = (ms: number) => String(Math.round(ms) / 1000);
  const until = endMs === null || endMs <= startMs ? '' : `,${seconds(endMs)}`;
  return `${url.replace(/#.*$/s, '')}#t=${seconds(startMs)}${until}`;
}

/** The verbs about clips as the service has them: leafing, looking, previewing, deleting. */
export function createClipCommands(deps: ClipCommandDeps) {
  const { connection, watcher, logger } = deps;
  const library = (one: ServiceConnection) => one.clips;

  /** Null when the clip is not there any more, else why that is not known. */
  async function stillThere(accountId: string, clipId: string, problem: ServiceProblem) {
    const read = await serviceRead(connection(accountId), library, (clips) => clips.one(clipId));
    if ('problem' in read && read.problem === 'not-found') return null;
    return { problem, remoteText: null };
  }

  function removed(accountId: string, clipId: string): { removed: true } {
    try {
      watcher.account(accountId)?.removed(deps.jobsOf(accountId, clipId));
    } catch (error) {
      // It is gone at the service: that it could not be written down is no reason to say otherwise.
      logger.error('a deleted clip was not stored', { reason: reason(error) });
      watcher.account(accountId)?.lookUpClip(clipId);
    }
    return { removed: true };
  }

  return {
    'clips.page': ({ accountId, mark }) =>
      serviceRead(connection(accountId), library, (clips) => clips.page(mark)),

    'clip.read': ({ accountId, clipId }) =>
      serviceRead(connection(accountId), library, (clips) => clips.one(clipId)),

    'clip.follow'({ accountId, clipId }) {
      deps.onOpened(accountId, clipId);
      const account = watcher.account(accountId);
      account?.lookUpClip(clipId);
      account?.lookUpRenders(clipId);
      return { lineId: deps.lineIdOf(accountId, clipId) };
    },

    async 'clip.remove'({ accountId, clipId }) {
      const clips = connection(accountId)?.clips;
      if (!clips) return { problem: 'key-missing' as const, remoteText: null };
      try {
        await clips.remove(clipId);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        const { problem, remoteText } = error;
        logger.warn('deleting not confirmed', { problem, status: error.status });
        if (!mayHaveHappened(problem)) return { problem, remoteText };
        const failed = await stillThere(accountId, clipId, problem);
        if (failed) return failed;
      }
      return removed(accountId, clipId);
    },

    async 'clip.preview'({ accountId, clipId, candidateId }) {
      // Read anew: the address may be one that expires.
      const read = await serviceRead(connection(accountId), library, (clips) => clips.one(clipId));
      const url = 'value' in read ? addressOf(read.value, candidateId) : null;
      return { opened: url !== null && (await deps.openExternal(url)) };
    },

    'clip.check': ({ accountId, clipId, candidateId }) =>
      serviceRead(connection(accountId), library, (clips) => clips.check(clipId, candidateId)),
  } satisfies Partial<Handlers>;
}

function addressOf(clip: ClipRecord, candidateId: string | null): string | null {
  if (clip.sourceUrl === null) return null;
  const candidate = clip.candidates?.find(({ id }) => id === candidateId);
  return partOfVideo(clip.sourceUrl, candidate?.startMs ?? null, candidate?.endMs ?? null);
}
