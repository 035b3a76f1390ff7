import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { JobObservation } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import type { WatchStatus } from '../domain/watch-status';
import { AccountWatch, type WatchStore } from './account-watch';

export interface WatcherParts {
  store: WatchStore;
  clock: Clock;
  random: () => number;
  logger: Logger;
  rateLimits: (accountId: string) => RateLimits | null;
  /** Jobs were committed; `news` when the user is to be told of something. */
  onJobs: (news: boolean) => void;
  onStatus: (accountId: string) => void;
}

function arrivedClip(clipId: string, title: string): JobObservation {
  return {
    kind: 'processing',
    remoteId: clipId,
    clipId,
    title,
    phase: 'running',
    // The word the service itself answers to a completed upload.
    remoteStatus: 'processing',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}

/** The one scheduler: every account's watch, and what concerns all of them. */
export function createWatcher(parts: WatcherParts) {
  const watches = new Map<string, AccountWatch>();
  let paused = false;

  return {
    /** Begins to watch an account, at once. Starting it again takes over a changed key or header. */
    start(account: Account, service: ServiceModule, connection: ServiceConnection): void {
      watches.get(account.id)?.stop();
      const watch = new AccountWatch({
        account,
        service,
        connection,
        store: parts.store,
        clock: parts.clock,
        random: parts.random,
        logger: parts.logger,
        rateLimits: () => parts.rateLimits(account.id),
        onJobs: parts.onJobs,
        onStatus: () => parts.onStatus(account.id),
      });
      watches.set(account.id, watch);
      if (paused) watch.setPaused(true);
      else watch.pollNow();
    },
    stop(accountId: string): void {
      watches.get(accountId)?.stop();
      watches.delete(accountId);
    },
    stopAll(): void {
      for (const watch of watches.values()) watch.stop();
      watches.clear();
    },
    setPaused(value: boolean): void {
      paused = value;
      for (const watch of watches.values()) watch.setPaused(value);
    },
    /** After a wake or the return of the network: what is under way is dropped and begun anew. */
    restart(): void {
      for (const watch of watches.values()) watch.restart();
    },
    /** When the user asks; of one account, or of all. */
    pollNow(accountId?: string): void {
      for (const [id, watch] of watches) {
        if (accountId === undefined || id === accountId) watch.pollNow();
      }
    },
    /** Takes over the jobs that a start of work answered. */
    adopt: (accountId: string, observations: JobObservation[]): void =>
      watches.get(accountId)?.adopt(observations),
    /**
     * Follows a clip from the moment its upload has arrived: it counts as running before the service
     * was asked, so that its end is news however quickly it comes.
     */
    followUpload(accountId: string, clipId: string, title: string): void {
      const watch = watches.get(accountId);
      watch?.adopt([arrivedClip(clipId, title)]);
      watch?.look({ kind: 'processing', remoteId: clipId, clipId });
    },
    /** Reads a clip's own state soon. */
    lookAtClip(accountId: string, clipId: string): void {
      watches.get(accountId)?.look({ kind: 'processing', remoteId: clipId, clipId });
    },
    /** Reads all renders of a clip soon. */
    lookAtRenders(accountId: string, clipId: string): void {
      watches.get(accountId)?.look({ kind: 'render', remoteId: '', clipId });
    },
    status: (accountId: string): WatchStatus | null => watches.get(accountId)?.status ?? null,
  };
}

export type Watcher = ReturnType<typeof createWatcher>;
