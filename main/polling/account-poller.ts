import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { Job, JobObservation, JobRef } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { PollingReason, PollingStatus } from '../domain/polling-status';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { budgetReport } from './budget-report';
import type { DurationModel } from './duration-model';
import type { Applied, PollingStore } from './job-tracker';
import { MAX_POLL_BACKOFF_MS, pollBackoffMs } from './poll-backoff';
import { FLOOR_MS, type PollPlan } from './poll-plan';
import { PollRound } from './poll-round';
import { allowedAtMs } from './rate-limit-wait';
import { BUDGET_FREE, type RequestBudget } from './request-budget';
import { likelyEndMs } from './time-left';

/** Accounts and jobs must not fall into step with each other or with other clients. */
const SKEW = 0.1;
/** A timer that is later than this by the wall clock was held up by a sleep of the machine. */
const SLEPT_MS = 30_000;
/** After a wake the network takes a while: until then a dead connection is no problem to show. */
const WAKING_MS = 20_000;
/** The system may be wrong about the network, as behind some tunnels: one try this often. */
const PROBE_MS = 2 * 60_000;
/** Requests on a metered network must be worth this much more: half as many are made. */
const METERED_FACTOR = 4;

const NO_ANSWER: ReadonlySet<ServiceProblem> = new Set<ServiceProblem>([
  'unreachable',
  'timed-out',
]);

/** What the system says of the network. */
export interface Conditions {
  online: boolean;
  metered: boolean;
}

export interface AccountPollerDeps {
  account: Account;
  service: ServiceModule;
  connection: ServiceConnection;
  store: PollingStore;
  durations: DurationModel;
  budget: RequestBudget;
  conditions: Conditions;
  clock: Clock;
  random: () => number;
  rateLimits: () => RateLimits | null;
  logger: Logger;
  /** Jobs were committed; `news` when the user is to be told of something. */
  onJobs: (news: boolean) => void;
  onStatus: () => void;
  /** A poll has ended, well or not, and what it found was committed. */
  onPolled: () => void;
  /** The machine has slept, as a late timer shows: everything is to begin anew. */
  onSlept: () => void;
}

/** Watches one account: asks when something is due, and commits what the answers mean. */
export class AccountPoller {
  readonly #deps: AccountPollerDeps;
  readonly #asking: PollRound;
  #conditions: Conditions;
  #cancelTimer: (() => void) | null = null;
  #polling: AbortController | null = null;
  #lastPollAtMs: number | null = null;
  #paused = false;
  #failures = 0;
  #notBeforeMs = 0;
  #wakingUntilMs = 0;
  /** While the system says that there is no network: the next try, null once one was answered. */
  #probeAtMs: number | null = 0;
  /** What the next poll is planned for. */
  #planned: PollPlan | null = null;
  #stopped = false;
  #news = false;
  #status: Omit<PollingStatus, 'spending'> = {
    problem: null,
    remoteText: null,
    lastSuccessAtMs: null,
    nextPollAtMs: null,
    reason: 'idle',
  };

  constructor(deps: AccountPollerDeps) {
    this.#deps = deps;
    this.#conditions = deps.conditions;
    this.#asking = new PollRound({ ...deps, onApplied: (applied) => this.#applied(applied) });
  }

  get status(): PollingStatus {
    const { budget, rateLimits, clock } = this.#deps;
    return { ...this.#status, spending: budgetReport(budget, rateLimits(), clock.nowMs()) };
  }

  /** Whether it asks nothing for now: paused, or without a network. */
  get isResting(): boolean {
    return this.#paused || (this.#isOffline && this.#lastPollAtMs !== null);
  }

  /** Stops asking until it is called with false. A poll under way is dropped. */
  setPaused(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (paused) {
      this.#polling?.abort();
      this.#cancelTimer?.();
      this.#setStatus({ reason: 'paused', nextPollAtMs: null });
    } else this.pollNow();
  }

  /** Takes over what the system says of the network: without one nothing is asked, but a rare try. */
  setConditions(conditions: Conditions): void {
    const wasOffline = this.#isOffline;
    const wentOffline = this.#conditions.online && !conditions.online;
    this.#conditions = conditions;
    if (wentOffline) {
      this.#polling?.abort();
      this.#probeAtMs = this.#deps.clock.nowMs() + PROBE_MS;
    }
    if (wasOffline && conditions.online) this.restart();
    else this.#schedule();
  }

  /** Takes over a changed pace. */
  replan(): void {
    this.#schedule();
  }

  /**
   * Looks at everything as soon as the floor, the budget and a Retry-After of the service allow:
   * after a start, or when the user asks.
   */
  pollNow(): void {
    this.#asking.lookAgain();
    this.#failures = 0;
    this.#notBeforeMs = 0;
    if (this.#isOffline) this.#probeAtMs = this.#deps.clock.nowMs();
    this.#schedule();
  }

  /** Like `pollNow`, but a failing service is not asked sooner for it. */
  hint(): void {
    this.#asking.lookAgain();
    this.#schedule();
  }

  /** Like `pollNow`, but a poll under way is dropped: its connection is from before a sleep. */
  restart(): void {
    this.#wakingUntilMs = this.#deps.clock.nowMs() + WAKING_MS;
    this.#polling?.abort();
    this.pollNow();
  }

  stop(): void {
    this.#stopped = true;
    this.#polling?.abort();
    this.#cancelTimer?.();
    this.#asking.end();
  }

  /** Takes over what a start of work answered, as if a poll had seen it. */
  adopt(observations: JobObservation[], source: 'start' | 'upload'): void {
    this.#asking.adopt(observations, source);
    this.#schedule();
  }

  /** The user had the service delete these jobs. An answer under way may be from before: dropped. */
  removed(jobs: Job[]): void {
    this.#polling?.abort();
    this.#asking.removed(jobs);
    this.#schedule();
  }

  /** Reads one job or clip soon, whatever was planned. */
  look(job: JobRef): void {
    this.#asking.owe(job);
    this.#schedule();
  }

  /** When the job will likely be done; null where there is no ground for a figure. */
  likelyEndMs(job: Job): number | null {
    const { law, startedAtMs } = this.#asking.follow(job);
    return likelyEndMs(job, law, startedAtMs, this.#deps.clock.nowMs());
  }

  get #priceFactor(): number {
    return this.#conditions.metered ? METERED_FACTOR : 1;
  }

  get #isOffline(): boolean {
    return !this.#conditions.online && this.#probeAtMs !== null;
  }

  #schedule(): void {
    this.#cancelTimer?.();
    if (this.#stopped || this.#paused || this.#polling !== null) return;
    const { clock } = this.#deps;
    const nowMs = clock.nowMs();
    this.#forgetFuture(nowMs);
    const { atMs, reason: why } = this.#next(nowMs);
    this.#setStatus({ nextPollAtMs: atMs, reason: why });
    this.#cancelTimer = clock.after(Math.max(0, atMs - nowMs), () => {
      if (clock.nowMs() - atMs > SLEPT_MS) this.#deps.onSlept();
      else void this.#poll();
    });
  }

  /** When the next poll is, and what it waits for. */
  #next(nowMs: number): { atMs: number; reason: PollingReason } {
    const { rateLimits, budget, random } = this.#deps;
    const lastMs = this.#lastPollAtMs;
    const floorMs = lastMs === null ? nowMs : lastMs + FLOOR_MS;
    const serverMs = Math.max(allowedAtMs(rateLimits(), lastMs, nowMs), this.#notBeforeMs);
    const budgetMs = allowedAtMs(budget.limits(nowMs), lastMs, nowMs, BUDGET_FREE);
    const boundMs = Math.max(floorMs, serverMs, budgetMs);
    this.#planned = null;
    if (this.#isOffline) {
      return { atMs: Math.max(this.#probeAtMs ?? nowMs, boundMs), reason: 'offline' };
    }
    this.#planned = this.#asking.due(nowMs, this.#priceFactor);
    const dueMs = Math.max(earliestMs(this.#planned), nowMs);
    const skewMs = (dueMs - nowMs) * SKEW * (random() - 0.5);
    const atMs = Math.max(dueMs + skewMs, boundMs);
    return { atMs, reason: this.#reason(nowMs, { dueMs, serverMs, budgetMs }) };
  }

  #reason(
    nowMs: number,
    { dueMs, serverMs, budgetMs }: { dueMs: number; serverMs: number; budgetMs: number },
  ): PollingReason {
    const { problem } = this.#status;
    if (this.#failures > 0 && problem !== null) {
      return problem === 'rate-limited' ? 'rate-limited' : 'backing-off';
    }
    const waits = (untilMs: number) => untilMs > dueMs && untilMs > nowMs + FLOOR_MS;
    if (waits(serverMs) && serverMs >= budgetMs && this.#failures === 0) return 'rate-limited';
    if (waits(budgetMs)) return 'budget';
    return this.#asking.activeCount > 0 ? 'active' : 'idle';
  }

  /** A clock that was set back must not leave times that lie hours ahead. */
  #forgetFuture(nowMs: number): void {
    this.#asking.forgetFuture(nowMs);
    if (this.#lastPollAtMs !== null) this.#lastPollAtMs = Math.min(this.#lastPollAtMs, nowMs);
    if (this.#notBeforeMs > nowMs + MAX_POLL_BACKOFF_MS) this.#notBeforeMs = nowMs;
    if (this.#probeAtMs !== null) this.#probeAtMs = Math.min(this.#probeAtMs, nowMs + PROBE_MS);
  }

  async #poll(): Promise<void> {
    const { account, clock, logger } = this.#deps;
    const polling = new AbortController();
    this.#polling = polling;
    this.#lastPollAtMs = clock.nowMs();
    try {
      const due = this.#planned ?? this.#asking.due(clock.nowMs(), this.#priceFactor);
      await this.#asking.ask(due, this.#priceFactor, polling.signal);
      this.#succeeded();
    } catch (thrown) {
      if (!polling.signal.aborted) this.#failed(thrown);
    } finally {
      this.#polling = null;
      this.#tellNews();
      try {
        this.#schedule();
      } catch (thrown) {
        logger.error('watching stopped', { account: account.id, reason: reason(thrown) });
      }
      if (!polling.signal.aborted) this.#deps.onPolled();
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#notBeforeMs = 0;
    // An answer: the system is wrong about the network, and watching goes on as usual.
    if (!this.#conditions.online) this.#probeAtMs = null;
    const lastSuccessAtMs = this.#deps.clock.nowMs();
    this.#setStatus({ problem: null, remoteText: null, lastSuccessAtMs });
  }

  #failed(thrown: unknown): void {
    const { account, clock, random, logger } = this.#deps;
    if (!(thrown instanceof ServiceError)) {
      // The store or our own code failed: the answer is not lost, the next poll brings it again.
      logger.error('poll failed', { account: account.id, reason: reason(thrown) });
    }
    const error = thrown instanceof ServiceError ? thrown : null;
    const problem = error?.problem ?? 'unexpected-shape';
    const nowMs = clock.nowMs();
    if (!this.#conditions.online) {
      if (NO_ANSWER.has(problem)) {
        this.#probeAtMs = nowMs + PROBE_MS;
        return;
      }
      this.#probeAtMs = null;
    }
    this.#failures += 1;
    const waitMs = pollBackoffMs(problem, this.#failures, random());
    this.#notBeforeMs = Math.max(nowMs + waitMs, error?.retryAtMs ?? 0);
    if (NO_ANSWER.has(problem) && nowMs < this.#wakingUntilMs) return;
    if (this.#status.problem !== problem) {
      logger.warn('poll refused', { account: account.id, problem, status: error?.status });
    }
    this.#setStatus({ problem, remoteText: error?.remoteText ?? null });
  }

  #applied({ hasNews, hasChanges }: Applied): void {
    if (hasNews) this.#news = true;
    if (hasChanges) this.#deps.onJobs(false);
    if (this.#polling === null) this.#tellNews();
  }

  /** What one poll found is told together, so that many ends can become one digest. */
  #tellNews(): void {
    if (!this.#news) return;
    this.#news = false;
    this.#deps.onJobs(true);
  }

  #setStatus(changes: Partial<PollingStatus>): void {
    this.#status = { ...this.#status, ...changes };
    this.#deps.onStatus();
  }
}

/** The earliest of all that is due. */
function earliestMs(due: PollPlan): number {
  return Math.min(due.listAtMs, due.reads[0]?.dueAtMs ?? Number.POSITIVE_INFINITY);
}
