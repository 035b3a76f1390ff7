import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import { delay } from '../domain/delay';
import type { Executions, StartBaseline, StartRequest } from '../domain/execution';
import { type JobObservation, jobId } from '../domain/job';
import { reason } from '../domain/logger';
import { asServiceError } from '../domain/service-failure';
import { confirmStart, type StartConfirmation } from './confirm-start';
import type { ExecutionDeps } from './deps';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Waits before the searches that follow those the user waits for: ten minutes in all. A search also shows
 * what has ended already, so a long wait makes the news late but loses none.
 */
const LATER_DELAYS_MS: readonly number[] = [
  ...[10, 20, 20, 30, 30].map((seconds) => seconds * SECOND_MS),
  ...Array<number>(8).fill(MINUTE_MS),
];

/**
 * A search that fails says nothing about the start, so it is made again. After a night without network it
 * waits for `resume`, as after a restart; only a start from long ago is given up.
 */
const FAILED_SEARCH: BackoffPolicy = { firstMs: MINUTE_MS, maxMs: 30 * MINUTE_MS };
const MAX_FAILURES = 12;
const GIVE_UP_MS = 7 * DAY_MS;

/** A start whose executions no answer has named yet. */
interface Search {
  /** Null where it could not be stored: then a restart ends it. */
  id: number | null;
  accountId: string;
  request: StartRequest;
  baseline: StartBaseline;
  /** What was found and is followed, by remote id; true where it is certain that it was started here. */
  followed: Map<string, boolean>;
}

type Follow = (
  accountId: string,
  request: StartRequest,
  found: JobObservation[],
  isCertain: boolean,
) => string[];

/**
 * Searches for executions that were started here and that no answer has named: those of a schedule, and
 * those whose answer was lost. A search goes on until they are found or can hardly appear any more, also
 * after a restart: some end before any poll has shown them. Only reads.
 */
export function createStartSearches(deps: ExecutionDeps, follow: Follow) {
  const { starts, jobs, clock, logger } = deps;
  const underWay = new Set<number>();
  /** Those that are over but could not be removed, which must not be searched for again. */
  const over = new Set<number>();

  function begin(accountId: string, request: StartRequest, baseline: StartBaseline): Search {
    let id: number | null = null;
    try {
      id = starts.saveSearch(accountId, request, baseline);
      underWay.add(id);
    } catch (error) {
      logger.error('a search for a start was not stored', { reason: reason(error) });
    }
    return { id, accountId, request, baseline, followed: new Map() };
  }

  /** Leaves the search to `resume`. */
  function leave({ id }: Search): void {
    if (id !== null) underWay.delete(id);
  }

  /** Never throws: whoever ends a search has begun work that is paid for, whatever the store says. */
  function end(search: Search): void {
    const { id } = search;
    leave(search);
    if (id === null) return;
    over.add(id);
    try {
      starts.removeSearch(id);
      over.delete(id);
    } catch (error) {
      logger.error('a search that is over was not removed', { reason: reason(error) });
    }
  }

  /** Follows what a search shows for the first time, and returns the ids of those jobs. */
  function take(search: Search, { verdict, jobs: found }: StartConfirmation): string[] {
    const { accountId, request, followed } = search;
    const isCertain = verdict === 'started';
    const fresh = found.filter(({ remoteId }) => {
      const known = followed.get(remoteId);
      return known === undefined || (isCertain && !known);
    });
    if (fresh.length === 0) return [];
    for (const { remoteId } of fresh) followed.set(remoteId, isCertain);
    return follow(accountId, request, fresh, isCertain);
  }

  const hasFound = ({ followed }: Search) => [...followed.values()].includes(true);

  /** Whether the store has what was found. It may be full, or the app may be quitting. */
  function isStored({ accountId, followed }: Search): boolean {
    try {
      return [...followed.keys()].every((id) => {
        const known = jobId(accountId, 'execution', id);
        return jobs.get(known) !== null && (!followed.get(id) || starts.start(known) !== null);
      });
    } catch (error) {
      logger.error('whether a start was stored cannot be read', { reason: reason(error) });
      return false;
    }
  }

  const isLongAgo = ({ baseline }: Search) => clock.nowMs() - baseline.sinceMs >= GIVE_UP_MS;

  /** Ends a search that needs no more turns, unless what it found has still to be stored. */
  function close(search: Search): void {
    if (isStored(search) || isLongAgo(search)) end(search);
    else leave(search);
  }

  /** Follows the executions that the answer to the start names, and returns the ids of those jobs. */
  function answered(search: Search, found: JobObservation[]): string[] {
    const ids = take(search, { verdict: 'started', jobs: found });
    close(search);
    return ids;
  }

  /**
   * Whether a search is over after one that took `fresh` new jobs. The executions of a schedule may appear
   * one after the other, so one search more has to show nothing new.
   */
  const isOver = (search: Search, fresh: number) =>
    hasFound(search) && (search.request.kind !== 'schedule' || fresh === 0);

  /** The searches that the user waits for. Never throws a ServiceError. */
  async function confirm(search: Search, executions: Executions) {
    const { accountId, request, baseline } = search;
    const confirmed = await confirmStart(executions, request, baseline, clock);
    const jobIds = take(search, confirmed);
    // If it did start, the list will show it sooner or later.
    if (confirmed.verdict !== 'started') deps.polling.pollNow(accountId);
    return { found: confirmed.verdict, jobIds };
  }

  async function searchOn(search: Search): Promise<void> {
    const { id, accountId, request, baseline } = search;
    let failures = 0;
    for (let turn = 0; turn < LATER_DELAYS_MS.length && failures < MAX_FAILURES; ) {
      const failedMs = failures === 0 ? 0 : backoffMs(FAILED_SEARCH, failures, 0.5);
      await delay(clock, Math.max(failedMs, LATER_DELAYS_MS[turn] ?? 0));
      const executions = deps.connection(accountId)?.executions;
      if (!executions || (id !== null && !starts.hasSearch(id))) {
        // It goes on once the account is connected again, unless that was removed.
        leave(search);
        return;
      }
      try {
        const fresh = take(search, await executions.findStarted(request, baseline));
        failures = 0;
        turn += 1;
        if (isOver(search, fresh.length)) break;
      } catch (error) {
        asServiceError(error);
        failures += 1;
      }
    }
    if (failures >= MAX_FAILURES && !isLongAgo(search)) leave(search);
    else close(search);
  }

  const inBackground = (search: Search, work: Promise<void>): void =>
    void work.catch((error) => {
      logger.error('searching for executions failed', { reason: reason(error) });
      leave(search);
    });

  /** Goes on searching after `confirm`; nobody waits for it. */
  function goOn(search: Search): void {
    if (!isOver(search, search.followed.size)) inBackground(search, searchOn(search));
    else close(search);
  }

  async function confirmAndGoOn(search: Search): Promise<void> {
    const executions = deps.connection(search.accountId)?.executions;
    if (executions) await confirm(search, executions);
    goOn(search);
  }

  return {
    /** Stores what will be searched for. To be called before the start is sent: the app may be killed. */
    begin,
    /** Nothing is to be searched for: the start was refused. */
    end,
    answered,
    confirm,
    goOn,
    /** Searches from the beginning; nobody waits for it. */
    run: (search: Search): void => inBackground(search, confirmAndGoOn(search)),
    /** Goes on with the account's searches that nobody makes: of an earlier run of the app, or left. */
    resume(accountId: string): void {
      for (const stored of starts.searches(accountId)) {
        if (underWay.has(stored.id)) continue;
        const search: Search = { ...stored, accountId, followed: new Map() };
        if (over.has(stored.id)) {
          end(search);
          continue;
        }
        underWay.add(stored.id);
        inBackground(search, confirmAndGoOn(search));
      }
    },
  };
}
