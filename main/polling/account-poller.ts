import { clockWithSteps } from '../domain/clock-steps';
import type { NetworkConditions } from '../domain/connectivity';
import type { Job, JobObservation, JobRef } from '../domain/job';
import { reason } from '../domain/logger';
import type { PollingPace } from '../domain/polling-pace';
import { NOT_POLLED_YET, type PollingStatus } from '../domain/polling-status';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { storageProblemOf } from '../domain/storage-error';
import type { AccountHandle } from './account-handle';
import { likelyEndMs } from './job-time-left';
import { JobTracker } from './job-tracker';
import { PollBackoff } from './poll-backoff';
import { type PollPlan, planPoll, planRequests, type RequestState } from './poll-plan';
import type { AccountPollingDeps } from './polling-deps';
import { processingClip } from './processing-clip';
import { runPoll } from './run-poll';
import { Timer } from './timer';

/** After a wake the network takes a while: until then, failed connections are not shown as a problem. */
const WAKE_GRACE_MS = 20_000;
/** The system may be wrong about the network, as behind some tunnels: one attempt this often. */
const OFFLINE_TRY_MS = 2 * 60_000;
/** On a metered network a request must be worth this much more, which halves their number. */
const METERED_PRICE_FACTOR = 4;

const NO_ANSWER = new Set<ServiceProblem>(['unreachable', 'timed-out']);

/** Polls one account whenever its poll plan says so. */
export class AccountPoller implements AccountHandle {
  readonly #deps: AccountPollingDeps;
  readonly #jobs: JobTracker;
  readonly #timer: Timer;
  readonly #backoff = new PollBackoff();
  #conditions: NetworkConditions;
  /** The poll under way. */
  #polling: AbortController | null = null;
  #lastPollAtMs: number | null = null;
  readonly #halts = new Set<'paused' | 'storage'>();
  #stopped = false;
  #wakeGraceUntilMs = 0;
  /** When to try although offline; null once an attempt was answered: then the system is wrong. */
  #offlineTryAtMs: number | null = 0;
  #status: Omit<PollingStatus, 'spending'> = NOT_POLLED_YET;

  constructor(deps: AccountPollingDeps) {
    const clock = clockWithSteps(deps.clock, (stepMs) => this.#clockSet(stepMs));
    this.#deps = { ...deps, clock };
    this.#conditions = deps.conditions;
    this.#jobs = new JobTracker(this.#deps);
    this.#timer = new Timer(clock);
  }

  get status(): PollingStatus {
    const { account, budget, rateLimits, clock } = this.#deps;
    const spending = budget.report(rateLimits(account.id), clock.nowMs());
    return { ...this.#status, spending };
  }

  /** Begins to poll. The first poll belongs to the catch-up period. */
  start(): void {
    this.#beginCatchUp();
    this.pollNow();
  }

  /** Ends for good: a poll under way is aborted, and its answers are dropped. */
  stop(): void {
    this.#stopped = true;
    this.#polling?.abort();
    this.#timer.cancel();
    this.#jobs.saveArrivals();
  }

  /** While paused, nothing is polled; a poll under way is aborted. */
  setPaused(paused: boolean): void {
    this.halt('paused', paused);
  }

  /** Likewise while nothing can be stored: an answer that was paid for would be lost. */
  halt(reason: 'paused' | 'storage', isHalted: boolean): void {
    if (this.#halts.has(reason) === isHalted) return;
    if (isHalted) this.#halts.add(reason);
    else this.#halts.delete(reason);
    const [why] = this.#halts.has('paused') ? ['paused' as const] : this.#halts;
    if (why === undefined) {
      this.pollNow();
      return;
    }
    this.#polling?.abort();
    this.#timer.cancel();
    this.#setStatus({ reason: why, nextPollAtMs: null });
    this.#deps.catchUp.finish(this.#deps.account.id);
  }

  /** Takes over what the system says about the network. While offline, there are only rare attempts. */
  setConditions(conditions: NetworkConditions): void {
    const wentOffline = this.#conditions.online && !conditions.online;
    this.#conditions = conditions;
    if (wentOffline) {
      this.#polling?.abort();
      this.#offlineTryAtMs = this.#deps.clock.nowMs() + OFFLINE_TRY_MS;
    }
    this.#schedule();
    if (this.#isSuspended) this.#deps.catchUp.finish(this.#deps.account.id);
  }

  /**
   * For a wake or the return of the network. Like `pollNow`, but a poll under way is aborted, since its
   * connection is dead, and what is found belongs to the catch-up period.
   */
  restart(): void {
    this.#beginCatchUp();
    this.#wakeGraceUntilMs = this.#deps.clock.nowMs() + WAKE_GRACE_MS;
    this.#polling?.abort();
    this.pollNow();
  }

  pollNow(): void {
    this.#jobs.markStale();
    this.#backoff.clear();
    if (this.#isOffline) this.#offlineTryAtMs = this.#deps.clock.nowMs();
    this.#schedule();
  }

  hint(): void {
    this.#jobs.markStale();
    this.#schedule();
  }

  adopt(observations: JobObservation[]): void {
    this.#adopt(observations, 'start');
  }

  followClip(clipId: string, title: string): void {
    this.#adopt([processingClip(clipId, title)], 'upload');
    this.lookUpClip(clipId);
  }

  lookUpClip(clipId: string): void {
    this.#lookUp({ kind: 'processing', remoteId: clipId, clipId });
  }

  lookUpRenders(clipId: string): void {
    this.#lookUp({ kind: 'render', remoteId: '', clipId });
  }

  removed(jobs: Job[]): void {
    if (this.#stopped) return;
    // A poll under way may bring an answer from before the removal.
    this.#polling?.abort();
    this.#jobs.removed(jobs);
    this.#schedule();
  }

  setPace(pace: PollingPace): void {
    this.#deps.budget.setRule(this.#deps.paceRules[pace]);
    this.#schedule();
  }

  likelyEndMs(job: Job): number | null {
    const { distribution, startedAtMs } = this.#jobs.tracked(job);
    return likelyEndMs(job, distribution, startedAtMs, this.#deps.clock.nowMs());
  }

  get #isOffline(): boolean {
    return !this.#conditions.online && this.#offlineTryAtMs !== null;
  }

  /** Whether nothing is polled for now: paused, or offline. */
  get #isSuspended(): boolean {
    return this.#halts.size > 0 || (this.#isOffline && this.#lastPollAtMs !== null);
  }

  #beginCatchUp(): void {
    if (!this.#isSuspended) this.#deps.catchUp.begin(this.#deps.account.id);
  }

  #adopt(observations: JobObservation[], source: 'start' | 'upload'): void {
    if (this.#stopped) return;
    this.#jobs.adopt(observations, source);
    if (this.#polling === null) this.#announceNotifications();
    this.#schedule();
  }

  #lookUp(job: JobRef): void {
    this.#jobs.queueLookup(job);
    this.#schedule();
  }

  #requestState(nowMs: number): RequestState {
    const factor = this.#conditions.metered ? METERED_PRICE_FACTOR : 1;
    return this.#jobs.requestState(this.#deps.budget.priceMs(nowMs) * factor, nowMs);
  }

  #schedule(): void {
    this.#timer.cancel();
    if (this.#stopped || this.#halts.size > 0 || this.#polling !== null) return;
    const { account, budget, clock, random, rateLimits } = this.#deps;
    const nowMs = clock.nowMs();
    const bounds = {
      lastPollAtMs: this.#lastPollAtMs,
      rateLimits: rateLimits(account.id),
      budget: budget.limits(nowMs),
      backoff: this.#backoff,
      problem: this.#status.problem,
      offlineTryAtMs: this.#isOffline ? this.#offlineTryAtMs : null,
    };
    const plan = planPoll(this.#requestState(nowMs), bounds, nowMs, random());
    this.#jobs.prune(plan.requests.lookups);
    this.#setStatus({ nextPollAtMs: plan.atMs, reason: plan.reason });
    this.#timer.set(Math.max(0, plan.atMs - nowMs), () => void this.#poll(plan));
  }

  /** The wall clock was set: whatever waits, waits as long as before, and the plan is made anew. */
  #clockSet(stepMs: number): void {
    this.#jobs.clockSet(stepMs);
    this.#backoff.clockSet(stepMs);
    this.#deps.budget.clockSet(stepMs);
    if (this.#lastPollAtMs !== null) this.#lastPollAtMs += stepMs;
    if (this.#offlineTryAtMs) this.#offlineTryAtMs += stepMs;
    this.#wakeGraceUntilMs += stepMs;
    const { lastSuccessAtMs } = this.#status;
    if (lastSuccessAtMs !== null) this.#setStatus({ lastSuccessAtMs: lastSuccessAtMs + stepMs });
    this.#schedule();
  }

  async #poll({ requests }: PollPlan): Promise<void> {
    const { account, clock, logger, catchUp } = this.#deps;
    const polling = new AbortController();
    const { signal } = polling;
    this.#polling = polling;
    this.#lastPollAtMs = clock.nowMs();
    const replan = () => {
      const nowMs = clock.nowMs();
      return planRequests(this.#requestState(nowMs), nowMs);
    };
    try {
      const isAnswered = await runPoll(this.#deps, this.#jobs, { requests, replan, signal });
      // A poll whose requests were all held back says nothing about the service.
      if (isAnswered && !signal.aborted) this.#succeeded();
    } catch (thrown) {
      if (!signal.aborted) this.#failed(thrown);
    } finally {
      this.#polling = null;
      this.#announceNotifications();
      try {
        this.#schedule();
      } catch (thrown) {
        logger.error('polling stopped', { account: account.id, reason: reason(thrown) });
      }
      if (!signal.aborted) catchUp.finish(account.id);
    }
  }

  #succeeded(): void {
    this.#backoff.clear();
    // There was an answer: the system is wrong about the network, and polling continues as usual.
    if (!this.#conditions.online) this.#offlineTryAtMs = null;
    const lastSuccessAtMs = this.#deps.clock.nowMs();
    this.#setStatus({ problem: null, remoteText: null, lastSuccessAtMs });
  }

  #failed(thrown: unknown): void {
    const { account, clock, random, logger } = this.#deps;
    const nowMs = clock.nowMs();
    if (!(thrown instanceof ServiceError)) {
      logger.error('poll failed', { account: account.id, reason: reason(thrown) });
      this.#backoff.failed({ problem: 'unexpected-shape', retryAtMs: null }, nowMs, random());
      // Nothing is lost: the next poll brings it again. What keeps the store is shown once for all.
      const problem = storageProblemOf(thrown) === null ? 'app-failed' : null;
      this.#setStatus({ problem, remoteText: null });
      return;
    }
    const { problem, remoteText, retryAtMs, status } = thrown;
    if (!this.#conditions.online) {
      if (NO_ANSWER.has(problem)) {
        this.#offlineTryAtMs = nowMs + OFFLINE_TRY_MS;
        return;
      }
      this.#offlineTryAtMs = null;
    }
    // The first good answer brings everything up to date: much may have changed since the last one.
    this.#jobs.answersAreStale();
    this.#backoff.failed({ problem, retryAtMs }, nowMs, random());
    if (NO_ANSWER.has(problem) && nowMs < this.#wakeGraceUntilMs) return;
    if (this.#status.problem !== problem) {
      logger.warn('poll refused', { account: account.id, problem, status });
    }
    this.#setStatus({ problem, remoteText });
  }

  /** Emits `outbox` once for everything that a poll found, so that many ends become one digest. */
  #announceNotifications(): void {
    if (this.#jobs.takeHasNotifications()) this.#deps.feed.emit('outbox', null);
  }

  #setStatus(changes: Partial<PollingStatus>): void {
    this.#status = { ...this.#status, ...changes };
    this.#deps.feed.emit('pollingStatus', { accountId: this.#deps.account.id });
  }
}
