import type { ServiceId } from './account';
import type { Job } from './job';

/** A stored job as the history shows it. */
export interface HistoryEntry
  extends Pick<
    Job,
    | 'id'
    | 'accountId'
    | 'kind'
    | 'remoteId'
    | 'title'
    | 'phase'
    | 'remoteStatus'
    | 'gone'
    | 'endedAtMs'
    | 'failure'
  > {
  startedAtMs: number;
  hasResult: boolean;
}

/** The same with its account's service; empty if the account is not known. */
export interface HistoryJob extends HistoryEntry {
  service: ServiceId;
}

/** All conditions hold together; null and empty text mean any. */
interface HistoryConditions {
  /** Searched for in the title, the remote id and the service's words on a failure. */
  text: string;
  /** `active` is waiting or running; `unknown` includes jobs that went away. */
  phase: 'active' | 'done' | 'failed' | 'unknown' | null;
  /** Started at or after, and before, these times. */
  fromMs: number | null;
  toMs: number | null;
}

/** Which jobs of the history to show, as a person filters them. */
export interface HistoryFilter extends HistoryConditions {
  service: ServiceId | null;
  accountId: string | null;
}

/** Which jobs of the history to read from storage. */
export interface HistoryQuery extends HistoryConditions {
  /** Of these accounts only; null for all. */
  accountIds: string[] | null;
}

export interface HistoryPage<T extends HistoryEntry = HistoryJob> {
  /** Latest started first. */
  jobs: T[];
  /** To be passed as `after` for the next page; null at the end. */
  next: string | null;
  /** How many match, counted up to a limit. */
  matches: { count: number; isMore: boolean };
}
