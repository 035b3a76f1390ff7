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
  /** Takes over the jobs in the answer to a start of work, as if a poll had shown them. */
  adopt(observations: JobObservation[]): void;
  /**
   * Follows a clip from the moment the service has its video. It counts as running even before its first
   * lookup, so that the user is notified of its end however soon that comes.
   */
  followClip(clipId: string, title: string): void;
  /** Looks up a clip's own state soon, whatever the plan is. */
  lookUpClip(clipId: string): void;
  /** Looks up all renders of a clip soon, whatever the plan is. */
  lookUpRenders(clipId: string): void;
  /** The user had the service delete these jobs: they are over, and nobody is notified. */
  removed(jobs: Job[]): void;
  /** Changes how closely the account is polled from now on. */
  setPace(pace: PollingPace): void;
  /** When an active job will likely end; null where there is too little to go by. */
  likelyEndMs(job: Job): number | null;
}
