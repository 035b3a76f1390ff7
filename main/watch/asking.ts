import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { EventSource, Job, JobObservation, JobRef, Snapshot } from '../domain/job';
import { isTerminal } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError } from '../domain/service-error';
import { AccountJobs, type Applied, type WatchStore } from './account-jobs';
import { requestsAllowed } from './allowance';
import { Arrivals } from './arrivals';
import { BUDGET_FREE, type Budget } from './budget';
import { type Due, FLOOR_MS, type FollowedJob, LIST, readKey, whatIsDue } from './due';
import type { Durations } from './durations';
import { concernsAccount, Reads, readAll } from './reads';

/** Requests in one poll; the rest are due again at the next. */
const REQUESTS_PER_POLL = 40;
/** Looks at what has ended are forgotten once there are more of them than this. */
const OLD_LOOKS = 50;
/** A list that did not show the ended jobs it was asked for is not asked for them again so soon. */
const NO_ENDED_MS = 6 * 60 * 60_000;

export interface AskingParts {
  account: Account;
  service: ServiceModule;
  connection: ServiceConnection;
  store: WatchStore;
  durations: Durations;
  budget: Budget;
  clock: Clock;
  random: () => number;
  rateLimits: () => RateLimits | null;
  logger: Logger;
  /** What an answer meant was committed. */
  onApplied: (applied: Applied) => void;
}

/** What one account asks: which requests are due, what each poll sends, and what answers become. */
export class Asking {
  readonly #parts: AskingParts;
  readonly #jobs: AccountJobs;
  readonly #arrivals: Arrivals;
  readonly #reads = new Reads();
  readonly #lastLookAtMs = new Map<string, number>();
  /** Looks from before this time do not count: the user asked, or much may have happened. */
  #lookAgainFromMs = 0;
  /** Before this time the list of ended jobs is of no use. */
  #noEndedUntilMs = 0;
  #ended = false;

  constructor(parts: AskingParts) {
    const { account, service, store, durations, clock } = parts;
    this.#parts = parts;
    this.#arrivals = new Arrivals(store.arrivals(account.id));
    this.#jobs = new AccountJobs({
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
  follow(job: Job): FollowedJob {
    return this.#jobs.follow(job);
  }

  /** Everything is to be looked at again, also what failed by itself. */
  lookAgain(): void {
    this.#lookAgainFromMs = this.#parts.clock.nowMs();
    this.#reads.forgetTroubles();
  }

  /** One job or clip is to be read, until it has been answered. */
  owe(job: JobRef): void {
    this.#reads.owe(job, this.#parts.clock.nowMs());
  }

  /** Takes over what a start of work answered, as if a poll had seen it. */
  adopt(observations: JobObservation[], source: 'start' | 'upload'): void {
    this.#apply({ observations, covers: null }, source, null);
  }

  /** The user had the service delete these jobs: nothing is asked about them any more. */
  removed(jobs: Job[]): void {
    for (const job of jobs) this.#reads.answered(readKey(job));
    this.#parts.onApplied(this.#jobs.removed(jobs));
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
  due(nowMs: number, priceFactor: number): Due {
    const { service, account, durations, budget } = this.#parts;
    const due = whatIsDue(
      {
        active: this.#jobs.followed(),
        lastLookAtMs: (key) => {
          const atMs = this.#lastLookAtMs.get(key);
          return atMs === undefined || atMs < this.#lookAgainFromMs ? null : atMs;
        },
        idleIntervalMs: service.idleIntervalMs,
        arrivals: {
          law: durations.lawOf(account.service, service.listShows[0] ?? 'execution', null),
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
  async ask(due: Due, priceFactor: number, signal: AbortSignal): Promise<void> {
    const { clock, connection, budget, rateLimits, account, random, logger } = this.#parts;
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
    await readAll(
      chosen.map((read) => read.job),
      (job) => this.#read(job, signal),
      (job, error) => {
        if (this.#reads.failed(job, error, clock.nowMs(), random())) {
          const read = readKey(job);
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
    const { connection, budget, clock } = this.#parts;
    const nowMs = clock.nowMs();
    if (connection.listEnded === null || nowMs < this.#noEndedUntilMs) return false;
    if (!budget.take(nowMs)) return false;
    const wanted = new Set(missing.map(readKey));
    let ended: JobObservation[] = [];
    try {
      const { observations } = await connection.listEnded(signal);
      ended = observations.filter((one) => wanted.has(readKey(one)) && isTerminal(one.phase));
    } catch (error) {
      if (concernsAccount(error)) throw error;
    }
    if (ended.length === 0) this.#noEndedUntilMs = clock.nowMs() + NO_ENDED_MS;
    this.#apply({ observations: ended, covers: null }, 'list', null);
    for (const job of ended) this.#reads.answered(readKey(job));
    return true;
  }

  async #read(job: JobRef, signal: AbortSignal): Promise<void> {
    const { connection, budget, clock } = this.#parts;
    if (!budget.take(clock.nowMs())) return;
    const key = readKey(job);
    try {
      const snapshot = await connection.read(job, signal);
      const lookups = this.#apply(snapshot, 'read', this.#lastLookAtMs.get(key) ?? null);
      const isMissing = (lookup: JobRef) => lookup.kind === 'render' && lookup.remoteId !== '';
      // Missing in its clip's own list.
      this.#gone(lookups.filter(isMissing));
      // Rendered elsewhere, or now of another kind.
      for (const lookup of lookups) {
        if (!isMissing(lookup) && readKey(lookup) !== key) this.owe(lookup);
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
    this.#parts.onApplied(applied);
    return applied.lookups;
  }

  #gone(jobs: JobRef[]): void {
    if (!this.#ended && jobs.length > 0) this.#parts.onApplied(this.#jobs.gone(jobs));
  }

  #forgetOldLooks({ reads }: Due): void {
    if (this.#lastLookAtMs.size <= reads.length + OLD_LOOKS) return;
    const current = new Set([LIST, ...reads.map((read) => read.key)]);
    for (const key of this.#lastLookAtMs.keys()) {
      if (!current.has(key)) this.#lastLookAtMs.delete(key);
    }
  }
}
