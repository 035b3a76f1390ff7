import type { Account } from '../domain/account';
import type { LikelyEnds } from '../domain/clip-line';
import type { Clock } from '../domain/clock';
import type { Job, JobObservation } from '../domain/job';
import { isActive } from '../domain/job';
import type { Logger } from '../domain/logger';
import type { PollingPace } from '../domain/polling-pace';
import type { PollingStatus } from '../domain/polling-status';
import type { RateLimits } from '../domain/rate-limits';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import { AccountPoller, type Conditions } from './account-poller';
import { CatchUpPeriod } from './catch-up-period';
import { DurationModel } from './duration-model';
import type { PollingStore } from './job-tracker';
import { PACE_RULES, type PaceRule, RequestBudget } from './request-budget';

/** A wake is heard of in several ways, which come within this time: it is one. */
const ONE_WAKE_MS = 5000;

export interface WatcherDeps {
  store: PollingStore;
  clock: Clock;
  random: () => number;
  logger: Logger;
  rateLimits: (accountId: string) => RateLimits | null;
  /** Jobs were committed; `news` when the user is to be told of something. */
  onJobs: (news: boolean) => void;
  onStatus: (accountId: string) => void;
  /** All that came up since a start, a wake or the return of the network is committed. */
  onGathered: () => void;
  /** The machine has slept, as a late timer shows: its connections are dead. */
  onSlept: () => void;
  /** What each pace may spend; the app's own unless given. */
  paceRules?: Record<PollingPace, PaceRule>;
}

function arrivedClip(clipId: string, title: string): JobObservation {
  return {
    kind: 'processing',
    remoteId: clipId,
    clipId,
    title,
    phase: 'running',
    // The word the service itself answers to a completed upload.
    remoteStatus: 'processing',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}

/** The one scheduler: every account's watch, and what concerns all of them. */
export function createWatcher(deps: WatcherDeps) {
  const { store, clock, random, logger, onJobs } = deps;
  const paceRules = deps.paceRules ?? PACE_RULES;
  const watches = new Map<string, AccountPoller>();
  // Kept when an account is stopped and started again: its hour goes on.
  const budgets = new Map<string, RequestBudget>();
  const gathering = new CatchUpPeriod(clock, deps.onGathered);
  let durations: DurationModel | null = null;
  let conditions: Conditions = { online: true, metered: false };
  let paused = false;
  let wokeAtMs = 0;

  const gather = (accountId: string, watch: AccountPoller) => {
    if (!watch.isResting) gathering.begin(accountId);
  };

  /** True when it is a wake of its own. */
  function restart(): boolean {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - wokeAtMs) < ONE_WAKE_MS) return false;
    wokeAtMs = nowMs;
    for (const [id, watch] of watches) {
      gather(id, watch);
      watch.restart();
    }
    return true;
  }

  function budgetOf(account: Account, service: ServiceModule): RequestBudget {
    const rule = paceRules[account.pace];
    const budget = budgets.get(account.id) ?? new RequestBudget(rule, service.coinsPerPoll);
    budgets.set(account.id, budget);
    budget.setRule(rule);
    return budget;
  }

  return {
    /** Begins to watch an account, at once. Starting it again takes over a changed key or header. */
    start(account: Account, service: ServiceModule, connection: ServiceConnection): void {
      watches.get(account.id)?.stop();
      durations ??= new DurationModel(store.durations());
      const watch = new AccountPoller({
        account,
        service,
        connection,
        store,
        durations,
        budget: budgetOf(account, service),
        conditions,
        clock,
        random,
        logger,
        rateLimits: () => deps.rateLimits(account.id),
        onJobs,
        onStatus: () => deps.onStatus(account.id),
        onPolled: () => gathering.settled(account.id),
        onSlept: () => {
          if (restart()) deps.onSlept();
        },
      });
      watches.set(account.id, watch);
      if (paused) watch.setPaused(true);
      else {
        gather(account.id, watch);
        watch.pollNow();
      }
    },
    stop(accountId: string): void {
      watches.get(accountId)?.stop();
      watches.delete(accountId);
      gathering.settled(accountId);
    },
    stopAll(): void {
      gathering.cancel();
      for (const watch of watches.values()) watch.stop();
      watches.clear();
    },
    setPaused(value: boolean): void {
      paused = value;
      for (const [id, watch] of watches) {
        watch.setPaused(value);
        if (value) gathering.settled(id);
      }
    },
    /** How closely an account is watched from now on. */
    setPace(accountId: string, pace: PollingPace): void {
      budgets.get(accountId)?.setRule(paceRules[pace]);
      watches.get(accountId)?.replan();
    },
    /** What the system says of the network. Its return begins everything anew, as a wake does. */
    setConditions(next: Conditions): void {
      const isReturn = next.online && !conditions.online;
      conditions = next;
      for (const [id, watch] of watches) {
        const rested = watch.isResting;
        watch.setConditions(next);
        if (isReturn && rested) gather(id, watch);
        if (watch.isResting) gathering.settled(id);
      }
    },
    /** After a wake: what is under way is dropped and begun anew. */
    restart(): void {
      restart();
    },
    /** When the user asks; of one account, or of all. */
    pollNow(accountId?: string): void {
      for (const [id, watch] of watches) {
        if (accountId === undefined || id === accountId) watch.pollNow();
      }
    },
    /** Something may have changed at the service of this account. */
    hint: (accountId: string): void => watches.get(accountId)?.hint(),
    /** Takes over the jobs that a start of work answered. */
    adopt: (accountId: string, observations: JobObservation[]): void =>
      watches.get(accountId)?.adopt(observations, 'start'),
    /**
     * Follows a clip from the moment its upload has arrived: it counts as running before the service
     * was asked, so that its end is news however quickly it comes.
     */
    followUpload(accountId: string, clipId: string, title: string): void {
      const watch = watches.get(accountId);
      watch?.adopt([arrivedClip(clipId, title)], 'upload');
      watch?.look({ kind: 'processing', remoteId: clipId, clipId });
    },
    /** The user had the service delete these jobs: they are over, and no news. */
    removed: (accountId: string, jobs: Job[]): void => watches.get(accountId)?.removed(jobs),
    /** Reads a clip's own state soon. */
    lookAtClip(accountId: string, clipId: string): void {
      watches.get(accountId)?.look({ kind: 'processing', remoteId: clipId, clipId });
    },
    /** Reads all renders of a clip soon. */
    lookAtRenders(accountId: string, clipId: string): void {
      watches.get(accountId)?.look({ kind: 'render', remoteId: '', clipId });
    },
    status: (accountId: string): PollingStatus | null => watches.get(accountId)?.status ?? null,
    /** Whether what comes up now still belongs to a start, a wake or the return of the network. */
    isGathering: (): boolean => gathering.isGathering,
    /** When active jobs will likely be done, by id; those without ground for a figure are left out. */
    likelyEnds(jobs: Job[]): LikelyEnds {
      const ends = new Map<string, number>();
      for (const job of jobs) {
        if (!isActive(job)) continue;
        const endMs = watches.get(job.accountId)?.likelyEndMs(job) ?? null;
        if (endMs !== null) ends.set(job.id, endMs);
      }
      return ends;
    },
  };
}

export type Watcher = ReturnType<typeof createWatcher>;
