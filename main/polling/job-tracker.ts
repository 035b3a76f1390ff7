import type { EventSource, Job, JobObservation, JobRef, Snapshot } from '../domain/job';
import { isActive, isTerminal, jobId } from '../domain/job';
import { reason } from '../domain/logger';
import type { ServiceError } from '../domain/service-error';
import { AnswerTimes, LIST } from './answer-times';
import { ArrivalRate } from './arrival-rate';
import { DurationSampler, type SampledAnswer } from './duration-sampler';
import { startedAtMs } from './job-duration';
import type { PolledAccount } from './job-transition';
import { pushedOffList } from './left-list';
import { LookupQueue, lookupKey } from './lookup-queue';
import type { Lookup, RequestState, TrackedJob } from './poll-plan';
import type { AccountPollingDeps, PollingChanges } from './polling-deps';
import { type Reconciled, reconcile, reconcileGone, reconcileRemoved } from './reconcile';

/** The clocks of a service and this machine may differ by this much. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** If the list of ended jobs shows none of those needed, it is not tried again for this long. */
const ENDED_LIST_RETRY_MS = 6 * 60 * 60_000;

/**
 * One account's active jobs, in memory, and the state that decides which requests to send about them.
 * What an answer means is committed to the store first and then taken over here, along with what it
 * reveals about durations and the arrival rate.
 */
export class JobTracker {
  readonly #deps: AccountPollingDeps;
  readonly #active = new Map<string, Job>();
  readonly #answers = new AnswerTimes();
  readonly #queue = new LookupQueue();
  readonly #sampler = new DurationSampler();
  readonly #arrivalRate: ArrivalRate;
  /** Active jobs that newer ones have pushed off an incomplete list. */
  #pushedOff = new Set<string>();
  #endedListFromMs = 0;
  #hasNotifications = false;

  constructor(deps: AccountPollingDeps) {
    const { account, store } = deps;
    this.#deps = deps;
    this.#arrivalRate = new ArrivalRate(store.arrivals(account.id));
    for (const job of store.active(account.id)) this.#active.set(job.id, job);
  }

  /** A job with what is known of its duration. */
  tracked(job: Job): TrackedJob {
    const { account, durations } = this.#deps;
    return {
      job,
      distribution: durations.distributionOf(account.service, job.kind, job.estimatedDurationMs),
      startedAtMs: startedAtMs(job, this.#sampler.startOf(job.id)),
      isListed: this.#isOfList(job) && job.leftListAtMs === null && !this.#pushedOff.has(job.id),
    };
  }

  /** Everything that the next requests depend on; `priceMs` is what a request must be worth. */
  requestState(priceMs: number, nowMs: number): RequestState {
    const { account, service, durations } = this.#deps;
    const [listedKind = 'execution'] = service.listShows;
    return {
      activeCount: this.#active.size,
      active: this.#trackedJobs(),
      lastAnswerAtMs: (key) => this.#answers.lastFresh(key),
      queue: this.#queue,
      idleIntervalMs: service.idleIntervalMs,
      arrivalRate: {
        distribution: durations.distributionOf(account.service, listedKind, null),
        perMs: this.#arrivalRate.perMs(nowMs),
      },
      priceMs,
    };
  }

  /** Makes all answers stale and ends all backoffs of lookups: every request is sent again. */
  markStale(): void {
    this.answersAreStale();
    this.#queue.clearBackoffs();
  }

  /** Makes all answers stale: every request is sent again, but not before its backoff. */
  answersAreStale(): void {
    this.#answers.markStale(this.#nowMs());
  }

  /** The wall clock was set by `stepMs`: times that are stored in memory are moved with it. */
  clockSet(stepMs: number): void {
    this.#answers.clockSet(stepMs);
    this.#queue.clockSet(stepMs);
    this.#sampler.clockSet(stepMs);
    this.#endedListFromMs += stepMs;
  }

  /** Drops what is remembered about lookups that are no longer planned, once there are many. */
  prune(planned: readonly Lookup[]): void {
    this.#answers.prune(planned);
  }

  /** Queues a lookup, which is retried until it has been answered. */
  queueLookup(job: JobRef): void {
    this.#queue.add(job, this.#nowMs());
  }

  /** Takes over jobs that were started or uploaded here. */
  adopt(observations: JobObservation[], source: 'start' | 'upload'): void {
    this.#apply({ observations, covers: null }, source, null);
  }

  /** The user had the service delete these jobs: no lookup is needed any more. */
  removed(jobs: Job[]): void {
    for (const job of jobs) this.#queue.remove(lookupKey(job));
    const nowMs = this.#nowMs();
    const results = jobs.map((job) => reconcileRemoved(this.#active.get(job.id) ?? job, nowMs));
    this.#commitAll(results);
  }

  /** Commits what the list means. Queues the lookups that it calls for, and returns them. */
  listAnswered(snapshot: Snapshot): JobRef[] {
    const lookups = this.#apply(snapshot, 'list', this.#answers.last(LIST));
    this.#pushedOff = this.#pushedOffBy(snapshot);
    for (const job of lookups) this.queueLookup(job);
    this.#answers.set(LIST, this.#nowMs());
    return lookups;
  }

  /** Whether the list of ended jobs may replace several lookups. */
  mayListEnded(nowMs: number): boolean {
    return nowMs >= this.#endedListFromMs;
  }

  /**
   * Commits the ends that the list of ended jobs shows, as far as `needed` has them. Jobs that it does not
   * show stay queued.
   */
  endedListAnswered(observations: JobObservation[], needed: JobRef[]): void {
    const keys = new Set(needed.map(lookupKey));
    const ended = observations.filter((one) => keys.has(lookupKey(one)) && isTerminal(one.phase));
    if (ended.length === 0) this.#endedListFromMs = this.#nowMs() + ENDED_LIST_RETRY_MS;
    this.#apply({ observations: ended, covers: null }, 'list', null);
    for (const job of ended) this.#queue.remove(lookupKey(job));
  }

  /** Commits what the answer to a lookup means. */
  lookupAnswered(job: JobRef, snapshot: Snapshot): void {
    const key = lookupKey(job);
    const lookups = this.#apply(snapshot, 'read', this.#answers.last(key));
    const isMissing = (lookup: JobRef) => lookup.kind === 'render' && lookup.remoteId !== '';
    // Renders that are missing in the list of their own clip are gone.
    this.#gone(lookups.filter(isMissing));
    // The others were rendered elsewhere, or have another kind now.
    for (const lookup of lookups) {
      if (!isMissing(lookup) && lookupKey(lookup) !== key) this.queueLookup(lookup);
    }
    this.#lookupDone(key);
  }

  /** The service does not know the job that was looked up. */
  lookupNotFound(job: JobRef): void {
    const key = lookupKey(job);
    const active = [...this.#active.values()].filter((other) => lookupKey(other) === key);
    const isAmong = active.some(({ remoteId }) => remoteId === job.remoteId);
    this.#gone(job.remoteId && !isAmong ? [job, ...active] : active);
    this.#lookupDone(key);
  }

  /** A single lookup failed, and backs off. True for the first failure in a row. */
  lookupFailed(job: JobRef, error: ServiceError): boolean {
    return this.#queue.failed(job, error, this.#nowMs(), this.#deps.random());
  }

  /** Whether notifications have been written to the outbox since the last call. */
  takeHasNotifications(): boolean {
    const has = this.#hasNotifications;
    this.#hasNotifications = false;
    return has;
  }

  /** Stores the counts of the arrival rate that have not been stored yet. Never throws. */
  saveArrivals(): void {
    const { account, store, logger } = this.#deps;
    const counts = this.#arrivalRate.takeUnsaved();
    try {
      if (counts.length > 0) store.saveArrivals(account.id, counts);
    } catch (error) {
      // A statistic: it must neither undo what an answer meant nor keep the app from quitting.
      logger.warn('arrivals not stored', { account: account.id, reason: reason(error) });
    }
  }

  #nowMs(): number {
    return this.#deps.clock.nowMs();
  }

  *#trackedJobs(): Generator<TrackedJob> {
    for (const job of this.#active.values()) yield this.tracked(job);
  }

  #isOfList(job: Job): boolean {
    return this.#deps.service.listShows.includes(job.kind);
  }

  /** The jobs that were pushed off this list; none if it shows everything that is active. */
  #pushedOffBy({ observations, covers }: Snapshot): Set<string> {
    if (covers !== null) return new Set();
    const { id } = this.#deps.account;
    const shownIds = new Set(observations.map((one) => jobId(id, one.kind, one.remoteId)));
    return pushedOffList(
      shownIds,
      [...this.#active.values()].filter((job) => this.#isOfList(job)),
    );
  }

  get #polledAccount(): PolledAccount {
    const { id, service, addedAtMs } = this.#deps.account;
    const deletedBeforeMs = this.#deps.store.deletedBeforeMs();
    return { id, service, polledSinceMs: addedAtMs, deletedBeforeMs };
  }

  /**
   * Commits what the snapshot means, and returns the jobs that are to be looked up. `lastAnswerMs` is
   * when the same request was answered before, null for the first time.
   */
  #apply(snapshot: Snapshot, source: EventSource, lastAnswerMs: number | null): JobRef[] {
    const { account, store } = this.#deps;
    const answer: SampledAnswer = { source, lastAnswerMs, nowMs: this.#nowMs() };
    const known = new Map(this.#active);
    const seen = new Map<string, JobObservation>();
    const observations = snapshot.observations.filter((one) => {
      const id = jobId(account.id, one.kind, one.remoteId);
      const job = known.get(id) ?? store.get(id);
      // It would look new, and what a later version wrote would be lost.
      if (!job && store.isUnreadable(id)) return false;
      if (job) known.set(id, job);
      seen.set(id, one);
      return true;
    });
    const readable = { ...snapshot, observations };
    const result = reconcile(this.#polledAccount, known, readable, source, answer.nowMs);
    const durations = result.jobs.flatMap((job) => {
      const before = known.get(job.id);
      if (!before) this.#sampler.noteStart(job, answer);
      return this.#sampler.sample(account.service, job, before, seen.get(job.id), answer.nowMs);
    });
    this.#commit({ ...result, durations });
    for (const id of seen.keys()) {
      if (this.#active.has(id)) this.#sampler.noteActive(id, answer.nowMs);
    }
    if (source === 'list' && lastAnswerMs !== null) {
      const found = result.jobs.filter((job) => !known.has(job.id));
      this.#countArrivals(found, lastAnswerMs, answer.nowMs);
    }
    return result.lookups;
  }

  #lookupDone(key: string): void {
    this.#queue.remove(key);
    this.#answers.set(key, this.#nowMs());
  }

  /** The service no longer knows these jobs. */
  #gone(jobs: JobRef[]): void {
    const { account, store } = this.#deps;
    const results = jobs.flatMap(({ kind, remoteId }) => {
      const id = jobId(account.id, kind, remoteId);
      const job = this.#active.get(id) ?? store.get(id);
      return job ? [reconcileGone(this.#polledAccount, job, this.#nowMs())] : [];
    });
    this.#commitAll(results);
  }

  #commitAll(results: Reconciled[]): void {
    this.#commit({
      jobs: results.flatMap(({ jobs }) => jobs),
      events: results.flatMap(({ events }) => events),
      notifications: results.flatMap(({ notifications }) => notifications),
      durations: [],
    });
  }

  #commit({ jobs, events, notifications, durations }: PollingChanges): void {
    this.#deps.store.commit({ jobs, events, notifications, durations });
    for (const sample of durations) this.#deps.durations.add(sample);
    for (const job of jobs) {
      if (isActive(job)) this.#active.set(job.id, job);
      else {
        this.#active.delete(job.id);
        this.#sampler.drop(job.id);
      }
    }
    if (notifications.length > 0) this.#hasNotifications = true;
  }

  /** Counts work that the list shows for the first time and that was not started here. */
  #countArrivals(found: Job[], lastAnswerMs: number, nowMs: number): void {
    const isNew = (job: Job) =>
      isActive(job) || (job.createdAtMs ?? 0) > lastAnswerMs - CLOCK_SLACK_MS;
    const arrived = found.filter(isNew).length;
    if (this.#arrivalRate.count(arrived, lastAnswerMs, nowMs)) this.saveArrivals();
  }
}
