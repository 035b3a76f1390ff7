import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { EventSource, Job, JobObservation, JobRef, Snapshot } from '../domain/job';
import { isTerminal } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { ArrivalRate } from './arrival-rate';
import type { DurationModel } from './duration-model';
import { type Applied, JobTracker, type PollingStore } from './job-tracker';
import { concernsAccount, LookupQueue, lookUpAll } from './lookup-queue';
import { FLOOR_MS, LIST, lookupKey, type PollPlan, planPoll, type TrackedJob } from './poll-plan';
import { requestsAllowed } from './rate-limit-wait';
import { BUDGET_FREE, type RequestBudget } from './request-budget';

/** Requests in one poll; the rest are due again at the next. */
const REQUESTS_PER_POLL = 40;
/** Looks at what has ended are forgotten once there are more of them than this. */
const OLD_LOOKS = 50;
/** A list that did not show the ended jobs it was asked for is not asked for them again so soon. */
const NO_ENDED_MS = 6 * 60 * 60_000;

export interface PollRoundDeps {
  account: Account;
  service: ServiceModule;
  connection: ServiceConnection;
  store: PollingStore;
  durations: DurationModel;
  budget: RequestBudget;
  clock: Clock;
  random: () => number;
  rateLimits: () => RateLimits | null;
  logger: Logger;
  /** What an answer meant was committed. */
  onApplied: (applied: Applied) => void;
}

/** What one account asks: which requests are due, what each poll sends, and what answers become. */
export class PollRound {
  readonly #deps: PollRoundDeps;
  readonly #jobs: JobTracker;
  readonly #arrivals: ArrivalRate;
  readonly #reads = new LookupQueue();
  readonly #lastLookAtMs = new Map<string, number>();
  /** Looks from before this time do not count: the user asked, or much may have happened. */
  #lookAgainFromMs = 0;
  /** Before this time the list of ended jobs is of no use. */
  #noEndedUntilMs = 0;
  #ended = false;

  constructor(deps: PollRoundDeps) {
    const { account, service, store, durations, clock } = deps;
    this.#deps = deps;
    this.#arrivals = new ArrivalRate(store.arrivals(account.id));
    this.#jobs = new JobTracker({
      account,
      listShows: service.listShows,
      store,
      durations,
      arrivals: this.#arrivals,
      nowMs: clock.nowMs,
    });
  }

  get activeCount(): number {
    return this.#jobs.activeCount;
  }

  /** A job with what is known of its duration. */
  follow(job: Job): TrackedJob {
    return this.#jobs.follow(job);
  }

  /** Everything is to be looked at again, also what failed by itself. */
  lookAgain(): void {
    this.#lookAgainFromMs = this.#deps.clock.nowMs();
    this.#reads.forgetTroubles();
  }

  /** One job or clip is to be read, until it has been answered. */
  owe(job: JobRef): void {
    this.#reads.owe(job, this.#deps.clock.nowMs());
  }

  /** Takes over what a start of work answered, as if a poll had seen it. */
  adopt(observations: JobObservation[], source: 'start' | 'upload'): void {
    this.#apply({ observations, covers: null }, source, null);
  }

  /** The user had the service delete these jobs: nothing is asked about them any more. */
  removed(jobs: Job[]): void {
    for (const job of jobs) this.#reads.answered(lookupKey(job));
    this.#deps.onApplied(this.#jobs.removed(jobs));
  }

  /** Answers that come in from now on are of no account. */
  end(): void {
    this.#ended = true;
    this.#jobs.saveArrivals();
  }

  /** A clock that was set back must not leave times that lie hours ahead. */
  forgetFuture(nowMs: number): void {
    for (const [key, atMs] of this.#lastLookAtMs) {
      if (atMs > nowMs) this.#lastLookAtMs.set(key, nowMs);
    }
    this.#lookAgainFromMs = Math.min(this.#lookAgainFromMs, nowMs);
    this.#reads.forgetFuture(nowMs);
  }

  /** What is due when; a request must be worth `priceFactor` times its usual price. */
  due(nowMs: number, priceFactor: number): PollPlan {
    const { service, account, durations, budget } = this.#deps;
    const due = planPoll(
      {
        active: this.#jobs.followed(),
        lastLookAtMs: (key) => {
          const atMs = this.#lastLookAtMs.get(key);
          return atMs === undefined || atMs < this.#lookAgainFromMs ? null : atMs;
        },
        idleIntervalMs: service.idleIntervalMs,
        arrivals: {
          law: durations.distributionOf(account.service, service.listShows[0] ?? 'execution', null),
          perMs: this.#arrivals.perMs(nowMs),
        },
        priceMs: budget.priceMs(nowMs) * priceFactor,
      },
      nowMs,
    );
    this.#forgetOldLooks(due);
    return { listAtMs: due.listAtMs, reads: this.#reads.withOwed(due.reads) };
  }

  /**
   * Asks what of `due` is due, as far as the service's limits and the budget go, the longest due
   * first; then what the answers made due. Throws the first failure that concerns the account.
   */
  async ask(due: PollPlan, priceFactor: number, signal: AbortSignal): Promise<void> {
    const { clock, connection, budget, rateLimits, account, random, logger } = this.#deps;
    const startedAtMs = clock.nowMs();
    // What is nearly due rides along: one wake of the radio instead of two.
    const isDue = (atMs: number) => atMs <= clock.nowMs() + FLOOR_MS;
    let left = Math.min(
      requestsAllowed(budget.limits(startedAtMs), startedAtMs, BUDGET_FREE),
      requestsAllowed(rateLimits(), startedAtMs),
      REQUESTS_PER_POLL,
    );
    const before = due.reads.filter((read) => read.dueAtMs < due.listAtMs).length;
    let reads = due.reads;
    if (isDue(due.listAtMs) && before < left && budget.take(startedAtMs)) {
      left -= 1;
      const snapshot = await connection.list(signal);
      const lastLookMs = this.#lastLookAtMs.get(LIST) ?? null;
      const missing = this.#apply(snapshot, 'list', lastLookMs);
      this.#jobs.noteList(snapshot);
      for (const job of missing) this.owe(job);
      this.#lastLookAtMs.set(LIST, clock.nowMs());
      if (missing.length > 1 && left > 0 && (await this.#askForEnded(missing, signal))) left -= 1;
      reads = this.due(clock.nowMs(), priceFactor).reads;
    }
    const chosen = reads.filter((read) => isDue(read.dueAtMs)).slice(0, left);
    await lookUpAll(
      chosen.map((read) => read.job),
      (job) => this.#read(job, signal),
      (job, error) => {
        if (this.#reads.failed(job, error, clock.nowMs(), random())) {
          const read = lookupKey(job);
          logger.warn('read refused', { account: account.id, read, problem: error.problem });
        }
      },
      signal,
    );
  }

  /**
   * One request instead of one for each job that left the list. False when it was not sent. What it
   * does not answer is still owed a read of its own.
   */
  async #askForEnded(missing: JobRef[], signal: AbortSignal): Promise<boolean> {
    const { connection, budget, clock } = this.#deps;
    const nowMs = clock.nowMs();
    if (connection.listEnded === null || nowMs < this.#noEndedUntilMs) return false;
    if (!budget.take(nowMs)) return false;
    const wanted = new Set(missing.map(lookupKey));
    let ended: JobObservation[] = [];
    try {
      const { observations } = await connection.listEnded(signal);
      ended = observations.filter((one) => wanted.has(lookupKey(one)) && isTerminal(one.phase));
    } catch (error) {
      if (concernsAccount(error)) throw error;
    }
    if (ended.length === 0) this.#noEndedUntilMs = clock.nowMs() + NO_ENDED_MS;
    this.#apply({ observations: ended, covers: null }, 'list', null);
    for (const job of ended) this.#reads.answered(lookupKey(job));
    return true;
  }

  async #read(job: JobRef, signal: AbortSignal): Promise<void> {
    const { connection, budget, clock } = this.#deps;
    if (!budget.take(clock.nowMs())) return;
    const key = lookupKey(job);
    try {
      const snapshot = await connection.read(job, signal);
      const lookups = this.#apply(snapshot, 'read', this.#lastLookAtMs.get(key) ?? null);
      const isMissing = (lookup: JobRef) => lookup.kind === 'render' && lookup.remoteId !== '';
      // Missing in its clip's own list.
      this.#gone(lookups.filter(isMissing));
      // Rendered elsewhere, or now of another kind.
      for (const lookup of lookups) {
        if (!isMissing(lookup) && lookupKey(lookup) !== key) this.owe(lookup);
      }
    } catch (error) {
      if (!(error instanceof ServiceError) || error.problem !== 'not-found') throw error;
      const others = this.#jobs.readBy(key);
      const isAmong = others.some(({ remoteId }) => remoteId === job.remoteId);
      this.#gone(job.remoteId && !isAmong ? [job, ...others] : others);
    }
    this.#reads.answered(key);
    this.#lastLookAtMs.set(key, clock.nowMs());
  }

  /** Commits what the snapshot means, and gives the jobs that need a read of their own. */
  #apply(snapshot: Snapshot, source: EventSource, lastLookMs: number | null): JobRef[] {
    if (this.#ended) return [];
    const applied = this.#jobs.apply(snapshot, source, lastLookMs);
    this.#deps.onApplied(applied);
    return applied.lookups;
  }

  #gone(jobs: JobRef[]): void {
    if (!this.#ended && jobs.length > 0) this.#deps.onApplied(this.#jobs.gone(jobs));
  }

  #forgetOldLooks({ reads }: PollPlan): void {
    if (this.#lastLookAtMs.size <= reads.length + OLD_LOOKS) return;
    const current = new Set([LIST, ...reads.map((read) => read.key)]);
    for (const key of this.#lastLookAtMs.keys()) {
      if (!current.has(key)) this.#lastLookAtMs.delete(key);
    }
  }
}
