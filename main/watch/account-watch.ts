import type { Account } from '../domain/account';
import type { Clock } from '../domain/clock';
import type { Job, JobObservation, JobRef, Snapshot } from '../domain/job';
import { jobId } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import type { WatchReason, WatchStatus } from '../domain/watch-status';
import { type Due, earliestMs, readKey, whatIsDue } from './due';
import { backoffMs, FLOOR_MS, serverFloorMs } from './interval';
import { type Reconciled, reconcile, reconcileGone } from './reconcile';

/** Reads under way at once for one account: enough to be quick, few enough to be polite. */
const READS_AT_ONCE = 4;
/** Reads in one poll; the rest are due again at the next. */
const READS_PER_POLL = 40;
/** No backoff is longer; a wait beyond it comes from a clock that was set back. */
const LONGEST_WAIT_MS = 60 * 60_000;
/** Accounts and jobs must not fall into step with each other or with other clients. */
const SKEW = 0.1;

/** Problems of one read that are the account's: asking for its other jobs would meet them again. */
const ACCOUNT_PROBLEMS: ReadonlySet<ServiceProblem> = new Set<ServiceProblem>([
  'key-missing',
  'keychain-silent',
  'key-refused',
  'no-credit',
  'plan-suspended',
  'rate-limited',
  'unreachable',
]);

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
  /** Reads that an answer asked for; each is tried until it has been answered once. */
  readonly #owed = new Map<string, JobRef>();
  /** Reads that failed by themselves; the rest of the account goes on. */
  readonly #troubles = new Map<string, { failures: number; notBeforeMs: number }>();
  #cancelTimer: (() => void) | null = null;
  #polling: AbortController | null = null;
  #lastPollAtMs: number | null = null;
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
   * Looks at everything as soon as the floor and a Retry-After of the service allow: after a start,
   * or when the user asks.
   */
  pollNow(): void {
    this.#lastLookAtMs.clear();
    this.#troubles.clear();
    this.#failures = 0;
    this.#notBeforeMs = 0;
    this.#schedule();
  }

  /** Like `pollNow`, but a poll under way is dropped: its connection is from before a sleep. */
  restart(): void {
    this.#polling?.abort();
    this.pollNow();
  }

  stop(): void {
    this.#stopped = true;
    this.#polling?.abort();
    this.#cancelTimer?.();
  }

  /** Takes over what a start of work answered, as if a poll had seen it. */
  adopt(observations: JobObservation[]): void {
    this.#apply({ observations, covers: null });
    this.#schedule();
  }

  /** Reads one job or clip soon, whatever was planned. */
  look(job: JobRef): void {
    this.#owed.set(readKey(job), job);
    this.#schedule();
  }

  #schedule(): void {
    this.#cancelTimer?.();
    if (this.#stopped || this.#paused || this.#polling !== null) return;
    const { clock, store, account } = this.#parts;
    const nowMs = clock.nowMs();
    this.#forgetFuture(nowMs);
    const active = store.active(account.id);
    const wantedMs = Math.max(earliestMs(this.#due(active, nowMs)), this.#notBeforeMs, nowMs);
    const serverMs = nowMs + serverFloorMs(this.#parts.rateLimits(), nowMs);
    const floorMs = this.#lastPollAtMs === null ? nowMs : this.#lastPollAtMs + FLOOR_MS;
    const skewMs = (wantedMs - nowMs) * SKEW * (this.#parts.random() - 0.5);
    const atMs = Math.max(wantedMs + skewMs, serverMs, floorMs, this.#notBeforeMs);
    const waitsForServer = serverMs > wantedMs && serverMs > nowMs + FLOOR_MS;
    this.#setStatus({ nextPollAtMs: atMs, reason: this.#reason(waitsForServer, active) });
    this.#cancelTimer = clock.after(Math.max(0, atMs - nowMs), () => void this.#poll());
  }

  #reason(waitsForServer: boolean, active: Job[]): WatchReason {
    const { problem } = this.#status;
    if (waitsForServer || (this.#failures > 0 && problem === 'rate-limited')) return 'rate-limited';
    if (this.#failures > 0) return 'backing-off';
    return active.length > 0 ? 'active' : 'idle';
  }

  /** A clock that was set back must not leave times that lie hours ahead. */
  #forgetFuture(nowMs: number): void {
    for (const [key, atMs] of this.#lastLookAtMs) {
      if (atMs > nowMs) this.#lastLookAtMs.set(key, nowMs);
    }
    if (this.#lastPollAtMs !== null) this.#lastPollAtMs = Math.min(this.#lastPollAtMs, nowMs);
    if (this.#notBeforeMs > nowMs + LONGEST_WAIT_MS) this.#notBeforeMs = nowMs;
    for (const trouble of this.#troubles.values()) {
      if (trouble.notBeforeMs > nowMs + LONGEST_WAIT_MS) trouble.notBeforeMs = nowMs;
    }
  }

  #due(active: Job[], nowMs: number): Due {
    const { listShows, idleIntervalMs } = this.#parts.service;
    const due = whatIsDue(active, this.#lastLookAtMs, listShows, idleIntervalMs, nowMs);
    const reads = new Map(due.reads.map((read) => [read.key, read]));
    for (const [key, job] of this.#owed) reads.set(key, { key, job, dueAtMs: nowMs });
    for (const read of reads.values()) {
      read.dueAtMs = Math.max(read.dueAtMs, this.#troubles.get(read.key)?.notBeforeMs ?? 0);
    }
    return { listAtMs: due.listAtMs, reads: [...reads.values()] };
  }

  async #poll(): Promise<void> {
    const { account, clock, store, logger } = this.#parts;
    const polling = new AbortController();
    this.#polling = polling;
    try {
      const nowMs = clock.nowMs();
      this.#lastPollAtMs = nowMs;
      // What is nearly due rides along: one wake of the radio instead of two.
      const isDue = (atMs: number) => atMs <= clock.nowMs() + FLOOR_MS;
      const active = () => store.active(account.id);
      if (isDue(this.#due(active(), nowMs).listAtMs)) {
        const lookups = this.#apply(await this.#parts.connection.list(polling.signal));
        for (const job of lookups) this.#owed.set(readKey(job), job);
        this.#lastLookAtMs.set('list', clock.nowMs());
      }
      const reads = this.#due(active(), clock.nowMs()).reads.filter((read) => isDue(read.dueAtMs));
      await this.#readAll(
        reads.slice(0, READS_PER_POLL).map((read) => read.job),
        polling.signal,
      );
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

  /** Reads all; throws the first failure that concerns the account, once no read is under way. */
  async #readAll(jobs: JobRef[], signal: AbortSignal): Promise<void> {
    const queue = [...jobs];
    const stopping: unknown[] = [];
    const worker = async () => {
      for (let job = queue.shift(); job && !signal.aborted; job = queue.shift()) {
        try {
          await this.#read(job, signal);
        } catch (error) {
          if (error instanceof ServiceError && !ACCOUNT_PROBLEMS.has(error.problem)) {
            this.#readFailed(job, error);
          } else {
            stopping.push(error);
            queue.length = 0;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: READS_AT_ONCE }, worker));
    if (stopping.length > 0) throw stopping[0];
  }

  #readFailed(job: JobRef, error: ServiceError): void {
    const { account, clock, random, logger } = this.#parts;
    const key = readKey(job);
    const failures = (this.#troubles.get(key)?.failures ?? 0) + 1;
    const waitMs = backoffMs(error.problem, failures, random());
    const notBeforeMs = Math.max(clock.nowMs() + waitMs, error.retryAtMs ?? 0);
    this.#troubles.set(key, { failures, notBeforeMs });
    if (failures === 1) {
      logger.warn('read refused', { account: account.id, read: key, problem: error.problem });
    }
  }

  async #read(job: JobRef, signal: AbortSignal): Promise<void> {
    const { connection, account, store, clock } = this.#parts;
    const key = readKey(job);
    try {
      for (const lookup of this.#apply(await connection.read(job, signal))) {
        if (lookup.kind !== 'render') continue;
        // Missing in its clip's own list, or a hint that the clip was rendered elsewhere.
        if (lookup.remoteId) this.#gone(lookup);
        else if (job.kind !== 'render') this.#owed.set(readKey(lookup), lookup);
      }
    } catch (error) {
      if (!(error instanceof ServiceError) || error.problem !== 'not-found') throw error;
      if (job.remoteId) this.#gone(job);
      for (const other of store.active(account.id)) {
        if (readKey(other) === key) this.#gone(other);
      }
    }
    this.#owed.delete(key);
    this.#troubles.delete(key);
    this.#lastLookAtMs.set(key, clock.nowMs());
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
