import type { Account } from '../domain/account';
import type { LikelyEnds } from '../domain/clip-line';
import type { NetworkConditions } from '../domain/connectivity';
import { isActive, type Job } from '../domain/job';
import type { PollingPace } from '../domain/polling-pace';
import type { ServiceConnection, ServiceModule } from '../domain/service';
import type { AccountHandle } from './account-handle';
import { AccountPoller } from './account-poller';
import { CatchUpPeriod } from './catch-up-period';
import { DurationModel } from './duration-model';
import type { PollingDeps } from './polling-deps';
import { PACE_RULES, type PaceRule, RequestBudget } from './request-budget';

interface PollingServiceDeps extends PollingDeps {
  /** What each pace may spend; the app's own unless given. */
  paceRules?: Record<PollingPace, PaceRule>;
}

/** The polling of all accounts: one poller each, and what they share: budgets, durations, catch-up. */
export function createPollingService(deps: PollingServiceDeps) {
  const { store, clock, feed } = deps;
  const paceRules = deps.paceRules ?? PACE_RULES;
  const pollers = new Map<string, AccountPoller>();
  // Kept when an account is stopped and started again: its hour's budget is not reset.
  const budgets = new Map<string, RequestBudget>();
  const catchUp = new CatchUpPeriod(clock, feed);
  let durations: DurationModel | null = null;
  let conditions: NetworkConditions = { online: true, metered: false };
  let paused = false;
  let isStorageFailed = false;
  let isClosed = false;

  function setPaused(value: boolean): void {
    paused = value;
    for (const poller of pollers.values()) poller.setPaused(value);
  }

  const stopListening = [
    feed.on('connectivity', (change) => {
      if (change.kind === 'conditions') {
        conditions = change.conditions;
        for (const poller of pollers.values()) poller.setConditions(conditions);
      }
      if (change.kind === 'resumed') for (const poller of pollers.values()) poller.restart();
    }),
    feed.on('settings', ({ changes }) => {
      if (changes.paused !== undefined) setPaused(changes.paused);
    }),
    // The balance was read anew: whoever had none may have added some.
    feed.on('balance', ({ accountId }) => {
      const poller = pollers.get(accountId);
      if (poller?.status.problem === 'no-credit') poller.pollNow();
    }),
    feed.on('storage', ({ problem }) => {
      isStorageFailed = problem !== null;
      for (const poller of pollers.values()) poller.halt('storage', isStorageFailed);
    }),
    feed.on('liveHint', ({ accountId }) => pollers.get(accountId)?.hint()),
  ];

  function budgetOf(account: Account, service: ServiceModule): RequestBudget {
    const rule = paceRules[account.pace];
    const budget = budgets.get(account.id) ?? new RequestBudget(rule, service.coinsPerPoll);
    budgets.set(account.id, budget);
    budget.setRule(rule);
    return budget;
  }

  return {
    /** Polls an account from now on. Starting it again applies a changed key or header. */
    start(account: Account, service: ServiceModule, connection: ServiceConnection): void {
      // A keychain may answer while the app quits.
      if (isClosed) return;
      pollers.get(account.id)?.stop();
      durations ??= new DurationModel(store.durations());
      const poller = new AccountPoller({
        ...deps,
        account,
        service,
        connection,
        durations,
        budget: budgetOf(account, service),
        paceRules,
        catchUp,
        conditions,
      });
      pollers.set(account.id, poller);
      poller.halt('storage', isStorageFailed);
      if (paused) poller.setPaused(true);
      else poller.start();
    },
    stop(accountId: string): void {
      pollers.get(accountId)?.stop();
      pollers.delete(accountId);
      catchUp.finish(accountId);
    },
    /** Ends for good: the app is quitting. */
    close(): void {
      isClosed = true;
      for (const stop of stopListening) stop();
      catchUp.cancel();
      for (const poller of pollers.values()) poller.stop();
      pollers.clear();
    },
    /**
     * The handle of an account's polling. Null for an account that is not polled, for example while it
     * waits for its key: the type shows callers that their call may have no effect.
     */
    account: (accountId: string): AccountHandle | null => pollers.get(accountId) ?? null,
    /** Polls all accounts, as when the user asks for it. */
    pollNow(): void {
      for (const poller of pollers.values()) poller.pollNow();
    },
    /** Whether nothing is polled. A changed setting is followed by itself. */
    setPaused,
    /** Whether what is found now still belongs to a start, a wake or the return of the network. */
    isCatchingUp: (): boolean => catchUp.isCatchingUp,
    /** When active jobs will likely end, by id. Jobs with too little to go by are left out. */
    likelyEnds(jobs: Job[]): LikelyEnds {
      const ends = new Map<string, number>();
      for (const job of jobs) {
        if (!isActive(job)) continue;
        const endMs = pollers.get(job.accountId)?.likelyEndMs(job) ?? null;
        if (endMs !== null) ends.set(job.id, endMs);
      }
      return ends;
    },
  };
}

export type PollingService = ReturnType<typeof createPollingService>;
