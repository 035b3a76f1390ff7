import type { Account } from '../../../main/domain/account';
import type { Clock } from '../../../main/domain/clock';
import type { ArrivalCount, DurationSample } from '../../../main/domain/duration-statistics';
import type {
  Job,
  JobNotification,
  JobObservation,
  JobRef,
  Snapshot,
} from '../../../main/domain/job';
import { isActive } from '../../../main/domain/job';
import { NOTIFY_EVERYTHING } from '../../../main/domain/notification-rules';
import type { ServiceConnection, ServiceModule } from '../../../main/domain/service';
import { ServiceError } from '../../../main/domain/service-error';
import { silentFeed } from '../../../main/events';
import { AccountPoller } from '../../../main/polling/account-poller';
import { CatchUpPeriod } from '../../../main/polling/catch-up-period';
import { DurationModel } from '../../../main/polling/duration-model';
import type {
  AccountPollingDeps,
  PollingChanges,
  PollingStore,
} from '../../../main/polling/polling-deps';
import { PACE_RULES, RequestBudget } from '../../../main/polling/request-budget';

/** A timer counts as late when it is run this long after its time. */
const LATE_MS = 30_000;

/** A clock that stands still until it is moved. Timers run in order, with pending promises. */
export class FakeClock implements Clock {
  #nowMs = 1_800_000_000_000;
  /** By how much the wall clock was set in all. */
  #setByMs = 0;
  #timers: { atMs: number; task: () => void }[] = [];
  /** Called for a late timer before its task is run, as the app's own clock does. */
  onLateTimer: () => void = () => {};

  readonly nowMs = (): number => this.#nowMs;
  readonly monotonicMs = (): number => this.#nowMs - this.#setByMs;

  after(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** The machine sleeps, so that timers are late; if negative, the clock is set back. */
  jump(byMs: number): void {
    if (byMs < 0) this.set(byMs);
    else this.#nowMs += byMs;
  }

  /** Sets the wall clock, back or forward; timers keep the rest of their wait. */
  set(byMs: number): void {
    this.#nowMs += byMs;
    this.#setByMs += byMs;
    for (const timer of this.#timers) timer.atMs += byMs;
  }

  /** Moves the time, running the timers that are due on the way. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#timers
        .filter((timer) => timer.atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      if (this.#nowMs - next.atMs > LATE_MS) this.onLateTimer();
      next.task();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything run that waits only for resolved promises. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** An answer about one job, running by default. */
export function observation(changes: Partial<JobObservation> = {}): JobObservation {
  return {
    kind: 'execution',
    remoteId: 'exc_1',
    clipId: null,
    title: null,
    phase: 'running',
    remoteStatus: 'running',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    ...changes,
  };
}

/** A snapshot of a list that shows all active executions. */
export function activeList(...observations: JobObservation[]): Snapshot {
  return { observations, covers: { kind: 'execution', clipId: null } };
}

/** A snapshot that proves nothing about what is missing in it. */
export function single(...observations: JobObservation[]): Snapshot {
  return { observations, covers: null };
}

/** Known jobs by id, as reconcile takes them. */
export function known(...jobs: Job[]): Map<string, Job> {
  return new Map(jobs.map((job) => [job.id, job]));
}

export const account: Account = {
  id: 'a1',
  service: 'clipping',
  name: 'Clipping',
  keyHeader: 'bearer',
  keyLocation: 'session',
  brands: [],
  brandId: null,
  addedAtMs: 0,
  pace: 'balanced',
  notificationRules: NOTIFY_EVERYTHING,
};

/** A service whose list shows executions while they are active. */
export const module: ServiceModule = {
  id: 'clipping',
  name: 'Clipping',
  baseUrl: 'https://api.example',
  baseUrlVariable: 'UNUSED',
  keyHeaders: ['bearer'],
  keyPage: null,
  balancePage: null,
  acceptsUploads: false,
  listShows: ['execution'],
  kinds: ['execution'],
  idleIntervalMs: 180_000,
  coinsPerPoll: null,
  signIn: null,
  realtime: null,
  connect: () => {
    throw new Error('not used');
  },
};

/** A service that answers from a script and records its requests with their times. */
export class ScriptedService {
  asked: { what: string; atMs: number }[] = [];
  list: () => Snapshot = () => activeList();
  /** Null for a service whose list shows active jobs only. */
  listEnded: (() => Snapshot) | null = null;
  read: (job: JobRef) => Snapshot = () => single();
  readonly connection: ServiceConnection;

  constructor(clock: Clock) {
    const note = (what: string) => this.asked.push({ what, atMs: clock.nowMs() });
    this.connection = {
      profile: async () => ({ label: null, brands: [], balanceCoins: null }),
      list: async () => {
        note('list');
        return this.list();
      },
      listEnded: async () => {
        if (this.listEnded === null) throw new ServiceError('rejected');
        note('list of ended');
        return this.listEnded();
      },
      read: async (job) => {
        note(`${job.kind} ${job.remoteId || job.clipId}`);
        return this.read(job);
      },
      uploads: null,
      importUrl: null,
      render: null,
      clips: null,
      publishing: null,
      executions: null,
      credits: null,
    };
  }

  count(what: string): number {
    return this.asked.filter((call) => call.what === what).length;
  }

  /** Times between requests from a given time on, in milliseconds. */
  gapsMs(fromMs: number): number[] {
    const times = this.asked.map((call) => call.atMs).filter((atMs) => atMs >= fromMs);
    return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
  }
}

/** The store in memory. */
export class MemoryStore implements PollingStore {
  readonly jobs = new Map<string, Job>();
  readonly notifications: JobNotification[] = [];
  readonly samples: DurationSample[] = [];
  readonly savedArrivals: ArrivalCount[] = [];

  active = (accountId: string): Job[] =>
    [...this.jobs.values()].filter((job) => job.accountId === accountId && isActive(job));
  get = (id: string): Job | null => this.jobs.get(id) ?? null;
  isUnreadable = (_id: string): boolean => false;
  commit(changes: PollingChanges): void {
    for (const job of changes.jobs) this.jobs.set(job.id, job);
    this.notifications.push(...changes.notifications);
    this.samples.push(...changes.durations);
  }
  deletedBeforeMs = (): number => 0;
  durations = () => [];
  arrivals = () => [];
  saveArrivals(_accountId: string, counts: ArrivalCount[]): void {
    this.savedArrivals.push(...counts);
  }
}

/** A poller of `account`, with the app's own pace and a silent feed by default. */
export function accountPoller(
  given: Pick<AccountPollingDeps, 'clock' | 'connection'> & Partial<AccountPollingDeps>,
): AccountPoller {
  const feed = given.feed ?? silentFeed;
  return new AccountPoller({
    account,
    service: module,
    store: new MemoryStore(),
    durations: new DurationModel([]),
    budget: new RequestBudget(PACE_RULES.balanced, null),
    paceRules: PACE_RULES,
    catchUp: new CatchUpPeriod(given.clock, feed),
    conditions: { online: true, metered: false },
    random: () => 0.5,
    rateLimits: () => null,
    logger: { info() {}, warn() {}, error() {} },
    ...given,
    feed,
  });
}
