import type { Account } from '../domain/account';
import type { ArrivalCount, DurationCount, DurationSample } from '../domain/duration-statistics';
import type { EventSource, Job, JobKind, JobObservation, JobRef, Snapshot } from '../domain/job';
import { isActive, isTerminal, jobId } from '../domain/job';
import type { ArrivalRate } from './arrival-rate';
import { type DurationModel, durationSample } from './duration-model';
import { type Between, durationMs, startedAtMs } from './duration-rule';
import type { TrackedJob } from './poll-plan';
import { lookupKey } from './poll-plan';
import {
  type Reconciled,
  reconcile,
  reconcileGone,
  reconcileRemoved,
  type WatchedAccount,
} from './reconcile';

/** The store as the watcher needs it. */
export interface PollingStore {
  active(accountId: string): Job[];
  get(jobId: string): Job | null;
  /** Writes all of it together or nothing. */
  commit(changes: PollingChanges): void;
  /** What was over before this time has been forgotten: it is no news when a list shows it. */
  forgottenBeforeMs(): number;
  durations(): DurationCount[];
  arrivals(accountId: string): ArrivalCount[];
  saveArrivals(accountId: string, counts: ArrivalCount[]): void;
}

/** What one answer changed. */
export type PollingChanges = Pick<Reconciled, 'jobs' | 'events' | 'notifications'> & {
  durations: DurationSample[];
};

export interface JobTrackerDeps {
  account: Account;
  /** Kinds of job that the list shows. */
  listShows: readonly JobKind[];
  store: PollingStore;
  durations: DurationModel;
  arrivals: ArrivalRate;
  nowMs: () => number;
}

/** Created this long before the look that should have shown it: clocks differ. */
const CLOCK_DOUBT_MS = 5 * 60_000;

/** A beginning that lies between looks further apart is not known. */
const LONGEST_BEGINNING_MS = 15 * 60_000;

/** What a commit left to be done. */
export interface Applied {
  /** Jobs that need a read of their own. */
  lookups: JobRef[];
  hasNews: boolean;
  hasChanges: boolean;
}

/**
 * One account's active jobs, in memory: what an answer means for them is committed to the store
 * first and taken over here, and what it teaches goes to the learned durations and arrivals.
 */
export class JobTracker {
  readonly #deps: JobTrackerDeps;
  readonly #active = new Map<string, Job>();
  /** When jobs began that we saw beginning. */
  readonly #began = new Map<string, Between>();
  /** Active jobs that a list of less than all did not show: newer ones have pushed them off it. */
  #offList = new Set<string>();
  /** When active jobs were last seen to be so. */
  readonly #aliveAtMs = new Map<string, number>();

  constructor(deps: JobTrackerDeps) {
    this.#deps = deps;
    for (const job of deps.store.active(deps.account.id)) this.#active.set(job.id, job);
  }

  get activeCount(): number {
    return this.#active.size;
  }

  /** Every active job with what is known of its duration. */
  *followed(): Generator<TrackedJob> {
    for (const job of this.#active.values()) yield this.follow(job);
  }

  /** A job with what is known of its duration. */
  follow(job: Job): TrackedJob {
    const { account, durations } = this.#deps;
    return {
      job,
      law: durations.distributionOf(account.service, job.kind, job.estimatedDurationMs),
      startedAtMs: startedAtMs(job, this.#began.get(job.id) ?? null),
      isListed: this.#isOfList(job) && job.leftListAtMs === null && !this.#offList.has(job.id),
    };
  }

  /**
   * Commits what the snapshot means. `lastLookMs` is when the same question was answered before,
   * null for the first time.
   */
  apply(snapshot: Snapshot, source: EventSource, lastLookMs: number | null): Applied {
    const { account, store } = this.#deps;
    const nowMs = this.#deps.nowMs();
    const known = new Map(this.#active);
    const seen = new Map<string, JobObservation>();
    for (const one of snapshot.observations) {
      const id = jobId(account.id, one.kind, one.remoteId);
      seen.set(id, one);
      const job = known.has(id) ? null : store.get(id);
      if (job) known.set(id, job);
    }
    const result = reconcile(this.#watched, known, snapshot, source, nowMs);
    this.#noteBeginnings(result.jobs, known, source, lastLookMs, nowMs);
    const durations = result.jobs.flatMap((job) =>
      this.#sample(job, known.get(job.id), seen.get(job.id), nowMs),
    );
    const applied = this.#commit(result, durations);
    for (const id of seen.keys()) if (this.#active.has(id)) this.#aliveAtMs.set(id, nowMs);
    if (source === 'list' && lastLookMs !== null) {
      this.#countArrivals(result.jobs, known, lastLookMs, nowMs);
    }
    return applied;
  }

  /** The service does not know these jobs any more. */
  gone(jobs: JobRef[]): Applied {
    const { account, store, nowMs } = this.#deps;
    const all: Reconciled = { jobs: [], events: [], notifications: [], lookups: [] };
    for (const { kind, remoteId } of jobs) {
      const id = jobId(account.id, kind, remoteId);
      const known = this.#active.get(id) ?? store.get(id);
      if (!known) continue;
      const result = reconcileGone(this.#watched, known, nowMs());
      all.jobs.push(...result.jobs);
      all.events.push(...result.events);
      all.notifications.push(...result.notifications);
    }
    return this.#commit(all, []);
  }

  /** The user had the service delete these jobs. */
  removed(jobs: Job[]): Applied {
    const nowMs = this.#deps.nowMs();
    const all: Reconciled = { jobs: [], events: [], notifications: [], lookups: [] };
    for (const job of jobs) {
      const result = reconcileRemoved(this.#active.get(job.id) ?? job, nowMs);
      all.jobs.push(...result.jobs);
      all.events.push(...result.events);
    }
    return this.#commit(all, []);
  }

  /** The active jobs that a read answers for. */
  readBy(key: string): Job[] {
    return [...this.#active.values()].filter((job) => lookupKey(job) === key);
  }

  /** Takes note of what a list did not show without saying that it is over. */
  noteList({ observations, covers }: Snapshot): void {
    this.#offList = new Set();
    if (covers !== null) return;
    const { id } = this.#deps.account;
    const shown = new Set(observations.map((one) => jobId(id, one.kind, one.remoteId)));
    for (const job of this.#active.values()) {
      if (this.#isOfList(job) && !shown.has(job.id)) this.#offList.add(job.id);
    }
  }

  #isOfList(job: Job): boolean {
    return this.#deps.listShows.includes(job.kind);
  }

  /** Writes what has been learned of arrivals and is not written yet. */
  saveArrivals(): void {
    const counts = this.#deps.arrivals.takeUnsaved();
    if (counts.length > 0) this.#deps.store.saveArrivals(this.#deps.account.id, counts);
  }

  get #watched(): WatchedAccount {
    const { id, service, addedAtMs } = this.#deps.account;
    const forgottenBeforeMs = this.#deps.store.forgottenBeforeMs();
    return { id, service, watchedSinceMs: addedAtMs, forgottenBeforeMs };
  }

  #commit(result: Reconciled, durations: DurationSample[]): Applied {
    const { jobs, events, notifications, lookups } = result;
    this.#deps.store.commit({ jobs, events, notifications, durations });
    for (const sample of durations) this.#deps.durations.add(sample);
    for (const job of jobs) {
      if (isActive(job)) this.#active.set(job.id, job);
      else {
        this.#active.delete(job.id);
        this.#began.delete(job.id);
        this.#aliveAtMs.delete(job.id);
      }
    }
    return { lookups, hasNews: notifications.length > 0, hasChanges: jobs.length > 0 };
  }

  #noteBeginnings(
    jobs: Job[],
    known: ReadonlyMap<string, Job>,
    source: EventSource,
    lastLookMs: number | null,
    nowMs: number,
  ): void {
    const isOurs = source === 'start' || source === 'upload';
    const isClose = lastLookMs !== null && nowMs - lastLookMs < LONGEST_BEGINNING_MS;
    for (const job of jobs) {
      if (!isActive(job) || known.has(job.id)) continue;
      if (isOurs) this.#began.set(job.id, { fromMs: nowMs, untilMs: nowMs });
      else if (job.phase === 'waiting' && source === 'list' && isClose) {
        this.#began.set(job.id, { fromMs: Math.min(lastLookMs, nowMs), untilMs: nowMs });
      }
    }
  }

  #sample(
    job: Job,
    before: Job | undefined,
    seen: JobObservation | undefined,
    nowMs: number,
  ): DurationSample[] {
    if (!isTerminal(job.phase) || (before && !isActive(before))) return [];
    const lastAliveMs = this.#aliveAtMs.get(job.id) ?? 0;
    const tookMs = durationMs(
      { createdAtMs: job.createdAtMs, serviceEndMs: seen?.endedAtMs ?? null },
      this.#began.get(job.id) ?? null,
      { fromMs: Math.min(lastAliveMs, nowMs), untilMs: nowMs },
    );
    return tookMs === null ? [] : [durationSample(this.#deps.account.service, job, tookMs)];
  }

  /** Work that the list shows for the first time and that did not begin here. */
  #countArrivals(
    jobs: Job[],
    known: ReadonlyMap<string, Job>,
    lastLookMs: number,
    nowMs: number,
  ): void {
    const isNew = (job: Job) =>
      !known.has(job.id) && (isActive(job) || (job.createdAtMs ?? 0) > lastLookMs - CLOCK_DOUBT_MS);
    const arrived = jobs.filter(isNew).length;
    if (this.#deps.arrivals.count(arrived, lastLookMs, nowMs)) this.saveArrivals();
  }
}
