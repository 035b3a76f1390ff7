import type { JobObservation, JobRef, Snapshot } from '../domain/job';
import { ServiceError, type ServiceProblem } from '../domain/service-error';
import type { JobTracker } from './job-tracker';
import { lookupKey } from './lookup-queue';
import { type Lookup, MIN_POLL_INTERVAL_MS, type PlannedRequests } from './poll-plan';
import type { AccountPollingDeps } from './polling-deps';
import { requestsAllowed } from './rate-limit-wait';
import { BUDGET_FREE } from './request-budget';

/** Further requests are sent with the next poll. */
const MAX_REQUESTS_PER_POLL = 40;

/** Concurrent lookups for one account: enough to be quick, few enough to be polite. */
const MAX_LOOKUPS_AT_ONCE = 4;

/** Problems that concern the whole account: its other requests would run into them too. */
const ACCOUNT_PROBLEMS: ReadonlySet<ServiceProblem> = new Set<ServiceProblem>([
  'key-missing',
  'keychain-locked',
  'keychain-silent',
  'other-address',
  'key-refused',
  'no-credit',
  'plan-suspended',
  'rate-limited',
  'unreachable',
  'untrusted-certificate',
  'wrong-certificate',
]);

function concernsAccount(error: unknown): boolean {
  return !(error instanceof ServiceError) || ACCOUNT_PROBLEMS.has(error.problem);
}

/** One poll: what to send, and how to plan again once the list has been answered. */
interface Poll {
  requests: PlannedRequests;
  replan: () => PlannedRequests;
  /** Once it fires, nothing more is sent, and answers are dropped. */
  signal: AbortSignal;
}

/**
 * Sends the planned requests whose time has come, earliest first, as far as the service's limits and the
 * budget allow; then the lookups that the answers call for. The tracker commits each answer. False if
 * nothing was sent. Throws the first failure that concerns the account, once no request is under way any
 * more.
 */
export async function runPoll(
  deps: AccountPollingDeps,
  jobs: JobTracker,
  { requests, replan, signal }: Poll,
): Promise<boolean> {
  const { clock, connection, budget, rateLimits, account } = deps;
  const startedAtMs = clock.nowMs();
  // Requests planned for soon afterwards are sent too: that wakes the radio once instead of twice.
  const isNow = (atMs: number) => atMs <= clock.nowMs() + MIN_POLL_INTERVAL_MS;
  let left = Math.min(
    requestsAllowed(budget.limits(startedAtMs), startedAtMs, BUDGET_FREE),
    requestsAllowed(rateLimits(account.id), startedAtMs),
    MAX_REQUESTS_PER_POLL,
  );
  let { listAtMs, lookups } = requests;
  let isListed = false;
  const earlier = lookups.filter((lookup) => lookup.atMs < listAtMs).length;
  if (isNow(listAtMs) && earlier < left && budget.take(startedAtMs)) {
    left -= 1;
    const snapshot = await connection.list(signal);
    if (signal.aborted) return false;
    isListed = true;
    const needed = jobs.listAnswered(snapshot);
    if (needed.length > 1 && left > 0 && (await listEnded(deps, jobs, needed, signal))) left -= 1;
    if (signal.aborted) return false;
    lookups = replan().lookups;
  }
  const sent = lookups.filter((lookup) => isNow(lookup.atMs)).slice(0, left);
  const isLookedUp = await lookUpAll(deps, jobs, sent, signal);
  return isListed || isLookedUp;
}

/**
 * Sends one request in place of the lookups of several jobs that left the list together. False when it
 * was not sent. Lookups of jobs that it does not show stay queued.
 */
async function listEnded(
  { connection, budget, clock }: AccountPollingDeps,
  jobs: JobTracker,
  needed: JobRef[],
  signal: AbortSignal,
): Promise<boolean> {
  const nowMs = clock.nowMs();
  if (connection.listEnded === null || !jobs.mayListEnded(nowMs)) return false;
  if (!budget.take(nowMs)) return false;
  let shown: JobObservation[] = [];
  try {
    shown = (await connection.listEnded(signal)).observations;
  } catch (error) {
    if (signal.aborted || concernsAccount(error)) throw error;
  }
  if (!signal.aborted) jobs.endedListAnswered(shown, needed);
  return true;
}

/**
 * Sends lookups concurrently. A failure that concerns only one of them does not stop the others. Whether
 * any was answered.
 */
async function lookUpAll(
  deps: AccountPollingDeps,
  jobs: JobTracker,
  lookups: Lookup[],
  signal: AbortSignal,
): Promise<boolean> {
  const waiting = [...lookups];
  const failures: unknown[] = [];
  let isAnswered = false;
  const sendInTurn = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      try {
        if (await lookUp(deps, jobs, next.job, signal)) isAnswered = true;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ServiceError && !concernsAccount(error)) {
          isAnswered = true;
          lookupFailed(deps, jobs, next.job, error);
        } else {
          failures.push(error);
          waiting.length = 0;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_LOOKUPS_AT_ONCE }, sendInTurn));
  if (failures.length > 0) throw failures[0];
  return isAnswered;
}

/** False if the budget did not allow it. */
async function lookUp(
  { connection, budget, clock }: AccountPollingDeps,
  jobs: JobTracker,
  job: JobRef,
  signal: AbortSignal,
): Promise<boolean> {
  if (!budget.take(clock.nowMs())) return false;
  let snapshot: Snapshot;
  try {
    snapshot = await connection.read(job, signal);
  } catch (error) {
    const isNotFound = error instanceof ServiceError && error.problem === 'not-found';
    if (signal.aborted || !isNotFound) throw error;
    jobs.lookupNotFound(job);
    return true;
  }
  if (!signal.aborted) jobs.lookupAnswered(job, snapshot);
  return true;
}

function lookupFailed(
  { account, logger }: AccountPollingDeps,
  jobs: JobTracker,
  job: JobRef,
  error: ServiceError,
): void {
  if (!jobs.lookupFailed(job, error)) return;
  const { problem } = error;
  logger.warn('lookup refused', { account: account.id, lookup: lookupKey(job), problem });
}
