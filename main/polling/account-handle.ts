import type { Job, JobObservation } from '../domain/job';
import type { PollingPace } from '../domain/polling-pace';
import type { PollingStatus } from '../domain/polling-status';

/** What the rest of the app can do with the polling of one account. */
export interface AccountHandle {
  readonly status: PollingStatus;
  /** Polls everything as soon as the minimum interval, the budget and a `Retry-After` allow. */
  pollNow(): void;
  /** Something may have changed at the service. Like `pollNow`, but it does not shorten a backoff. */
  hint(): void;
  /** Takes over the jobs that the start of some work answered, as if a poll had shown them. */
  adopt(observations: JobObservation[]): void;
  /**
   * Follows a clip from the moment the service has its video. It counts as running before its
   * first lookup, so that the user is notified of its end however soon that comes.
   */
  followClip(clipId: string, title: string): void;
  /** Looks up a clip's own state soon, whatever was planned. */
  lookUpClip(clipId: string): void;
  /** Looks up all renders of a clip soon, whatever was planned. */
  lookUpRenders(clipId: string): void;
  /** The user had the service delete these jobs: they are over, and nobody is notified. */
  removed(jobs: Job[]): void;
  /** Takes over how closely the account is to be polled from now on. */
  setPace(pace: PollingPace): void;
  /** When an active job will likely end; null where there is no ground for a figure. */
  likelyEndMs(job: Job): number | null;
}
