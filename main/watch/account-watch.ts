import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { Job, JobObservation, JobRef, Snapshot } from '../domain/job';
import { jobId } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import { type Due, earliestMs, readKey, whatIsDue } from './due';
import { backoffMs, FLOOR_MS, serverFloorMs } from './interval';
import { type Reconciled, reconcile, reconcileGone } from './reconcile';

/** Reads under way at once for one account: enough to be quick, few enough to be polite. */
const READS_AT_ONCE = 4;
/** Reads in one poll; the rest are due again at the next. */
const READS_PER_POLL = 40;
/** Accounts and jobs must not fall into step with each other or with other clients. */
const SKEW = 0.1;

export type WatchReason = 'active' | 'idle' | 'backing-off' | 'rate-limited' | 'offline' | 'paused';

/** What the account's card in the window tells. */
export interface WatchStatus {
  problem: ServiceProblem | null;
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  reason: WatchReason;
}

/** The store as the watcher needs it. */
export interface WatchStore {
  active(accountId: string): Job[];
  get(jobId: string): Job | null;
  commit(changes: Pick<Reconciled, 'jobs' | 'events' | 'notices'>): void;
}

export interface AccountWatchParts {
  account: Account;
  service: ServiceModule;
  connection: ServiceConnection;
  store: WatchStore;
  clock: Clock;
  random: () => number;
  rateLimits: () => RateLimits | null;
  logger: Logger;
  /** Jobs were committed; `news` when the user is to be told of something. */
  onJobs: (news: boolean) => void;
  onStatus: () => void;
}

/** Watches one account: asks when something is due, and commits what the answers mean. */
export class AccountWatch {
  readonly #parts: AccountWatchParts;
  readonly #lastLookAtMs = new Map<string, number>();
  #cancelTimer: (() => void) | null = null;
  #polling: AbortController | null = null;
  #paused = false;
  #failures = 0;
  #notBeforeMs = 0;
  #stopped = false;
  #news = false;
  #status: WatchStatus = {
    problem: null,
    remoteText: null,
    lastSuccessAtMs: null,
    nextPollAtMs: null,
    reason: 'idle',
  };

  constructor(parts: AccountWatchParts) {
    this.#parts = parts;
  }

  get status(): WatchStatus {
    return this.#status;
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

  /**
   * Looks at everything at once: after a start, a wake, a network return, or when the user asks.
   * A Retry-After of the service is still kept.
   */
  pollNow(): void {
    this.#lastLookAtMs.clear();
    this.#failures = 0;
    this.#notBeforeMs = 0;
    this.#schedule();
  }

  /** New work of this account is known: look at it soon, whatever was planned. */
  reschedule(): void {
    if (this.#polling === null) this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#polling?.abort();
    this.#cancelTimer?.();
  }

  /** Takes over what a start of work answered, as if a poll had seen it. */
  adopt(observations: JobObservation[]): void {
    this.#apply({ takenAtMs: this.#parts.clock.nowMs(), observations, covers: null });
    this.reschedule();
  }

  /** Reads one job or clip now, outside the schedule. Throws ServiceError. */
  async look(job: JobRef): Promise<void> {
    await this.#read(job, new AbortController().signal);
  }

  #schedule(): void {
    this.#cancelTimer?.();
    if (this.#stopped || this.#paused || this.#polling !== null) return;
    const { clock, store, account } = this.#parts;
    const nowMs = clock.nowMs();
    const active = store.active(account.id);
    const wantedMs = Math.max(earliestMs(this.#due(active, nowMs)), this.#notBeforeMs);
    const serverMs = nowMs + serverFloorMs(this.#parts.rateLimits(), nowMs);
    const first = this.#lastLookAtMs.size === 0 && this.#failures === 0;
    const floorMs = first ? nowMs : nowMs + FLOOR_MS;
    const skewMs = first ? 0 : (wantedMs - nowMs) * SKEW * (this.#parts.random() - 0.5);
    const atMs = Math.max(wantedMs + skewMs, serverMs, floorMs, this.#notBeforeMs);
    const reasonNow: WatchReason =
      serverMs > wantedMs && serverMs > nowMs + FLOOR_MS
        ? 'rate-limited'
        : this.#failures > 0
          ? this.#status.problem === 'unreachable'
            ? 'offline'
            : 'backing-off'
          : active.length > 0
            ? 'active'
            : 'idle';
    this.#setStatus({ nextPollAtMs: atMs, reason: reasonNow });
    this.#cancelTimer = clock.after(Math.max(0, atMs - nowMs), () => void this.#poll());
  }

  #due(active: Job[], nowMs: number): Due {
    const { listShows, idleIntervalMs } = this.#parts.service;
    return whatIsDue(active, this.#lastLookAtMs, listShows, idleIntervalMs, nowMs);
  }

  async #poll(): Promise<void> {
    const { account, clock, store, logger } = this.#parts;
    const polling = new AbortController();
    this.#polling = polling;
    try {
      const nowMs = clock.nowMs();
      const due = this.#due(store.active(account.id), nowMs);
      // What is nearly due rides along: one wake of the radio instead of two.
      const dueNow = (atMs: number) => atMs <= nowMs + FLOOR_MS;
      const reads = new Map(
        due.reads.filter((read) => dueNow(read.dueAtMs)).map((read) => [read.key, read.job]),
      );
      if (dueNow(due.listAtMs)) {
        const lookups = this.#apply(await this.#parts.connection.list(polling.signal));
        this.#lastLookAtMs.set('list', clock.nowMs());
        for (const job of lookups) reads.set(readKey(job), job);
      }
      await this.#readAll([...reads.values()].slice(0, READS_PER_POLL), polling.signal);
      this.#failures = 0;
      this.#notBeforeMs = 0;
      this.#setStatus({ problem: null, remoteText: null, lastSuccessAtMs: clock.nowMs() });
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
    }
  }

  #failed(thrown: unknown): void {
    const { account, clock, random, logger } = this.#parts;
    if (!(thrown instanceof ServiceError)) {
      // The store or our own code failed: the answer is not lost, the next poll brings it again.
      logger.error('poll failed', { account: account.id, reason: reason(thrown) });
    }
    const error = thrown instanceof ServiceError ? thrown : null;
    const problem = error?.problem ?? 'unexpected-shape';
    this.#failures += 1;
    const nowMs = clock.nowMs();
    this.#notBeforeMs = Math.max(
      nowMs + backoffMs(problem, this.#failures, random()),
      error?.retryAtMs ?? 0,
    );
    if (this.#status.problem !== problem) {
      logger.warn('poll refused', { account: account.id, problem, status: error?.status });
    }
    this.#setStatus({ problem, remoteText: error?.remoteText ?? null });
  }

  async #readAll(jobs: JobRef[], signal: AbortSignal): Promise<void> {
    const queue = [...jobs];
    const worker = async () => {
      for (let job = queue.shift(); job && !signal.aborted; job = queue.shift()) {
        await this.#read(job, signal);
      }
    };
    await Promise.all(Array.from({ length: READS_AT_ONCE }, worker));
  }

  async #read(job: JobRef, signal: AbortSignal): Promise<void> {
    const { connection, account, store, clock } = this.#parts;
    const isGone = (error: unknown) =>
      error instanceof ServiceError && error.problem === 'not-found';
    try {
      const missing = this.#apply(await connection.read(job, signal));
      for (const other of missing) {
        if (other.kind === 'render') this.#gone(other);
      }
    } catch (error) {
      if (!isGone(error)) throw error;
      if (job.remoteId) this.#gone(job);
      for (const other of store.active(account.id)) {
        if (job.kind === 'render' && other.kind === 'render' && other.clipId === job.clipId) {
          this.#gone(other);
        }
      }
    }
    this.#lastLookAtMs.set(readKey(job), clock.nowMs());
  }

  #gone(job: JobRef): void {
    const { account, store, clock } = this.#parts;
    const known = store.get(jobId(account.id, job.kind, job.remoteId));
    if (known) this.#commit(reconcileGone(known, clock.nowMs()));
  }

  /** Commits what the snapshot means and gives the jobs that need a read of their own. */
  #apply(snapshot: Snapshot): JobRef[] {
    const { account, store, clock } = this.#parts;
    const known = new Map(store.active(account.id).map((job) => [job.id, job]));
    for (const seen of snapshot.observations) {
      const id = jobId(account.id, seen.kind, seen.remoteId);
      const job = known.get(id) ?? store.get(id);
      if (job) known.set(id, job);
    }
    const result = reconcile(
      { id: account.id, watchedSinceMs: account.addedAtMs },
      known,
      snapshot,
      clock.nowMs(),
    );
    this.#commit(result);
    return result.lookups;
  }

  #commit(result: Reconciled): void {
    if (this.#stopped) return;
    this.#parts.store.commit(result);
    if (result.notices.length > 0) this.#news = true;
    if (result.jobs.length > 0) this.#parts.onJobs(false);
    if (this.#polling === null) this.#tellNews();
  }

  /** What one poll found is told together, so that many ends can become one digest. */
  #tellNews(): void {
    if (!this.#news) return;
    this.#news = false;
    this.#parts.onJobs(true);
  }

  #setStatus(changes: Partial<WatchStatus>): void {
    this.#status = { ...this.#status, ...changes };
    this.#parts.onStatus();
  }
}
