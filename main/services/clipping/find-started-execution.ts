import type {
  ExecutionDetail,
  ExecutionSubject,
  Executions,
  ScheduleRun,
  StartBaseline,
  StartRequest,
} from '../../domain/execution';
import { isTerminal } from '../../domain/job';
import { ServiceError } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { subjectOf } from './detail-schema';
import { executionJob } from './execution-job';
import { executionFrom, parseList } from './schema';

/** The service's clock may be this much behind ours. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** At most this many executions and schedule runs are read one by one: each may cost coins. */
const MAX_DETAILS = 5;

interface FindStartedDeps {
  lists(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<unknown>;
  detail(executionId: string, signal?: AbortSignal): Promise<ExecutionDetail>;
  scheduleRuns(reporterId: string, signal?: AbortSignal): Promise<ScheduleRun[]>;
  scheduleRun(reporterId: string, runId: string, signal?: AbortSignal): Promise<ScheduleRun>;
}

/** The executions of a list, each with what it is about. */
function executionsIn(body: unknown) {
  return parseList(body, 'executions', (row) => {
    const execution = executionFrom(row);
    if (execution === null || execution.id === null) return null;
    const job = executionJob(execution.id, execution);
    return { job, about: subjectOf(row) };
  }).items;
}

type Found = ReturnType<typeof executionsIn>[number];

/** New executions by id: those about what was requested, and those that say too little. */
interface SearchResult {
  sure: Map<string, Found>;
  perhaps: Map<string, Found>;
}

function addFound({ sure, perhaps }: SearchResult, found: Found, fits: boolean | null): void {
  const id = found.job.remoteId;
  if (fits === true) sure.set(id, found);
  else if (fits === null) perhaps.set(id, found);
}

/**
 * Whether an execution is about what was requested; null if it says too little. Nothing in it may
 * contradict the request, and what identifies the request has to be there.
 */
function matches(request: StartRequest, about: ExecutionSubject): boolean | null {
  const agrees = (name: keyof ExecutionSubject, id: string | null) =>
    about[name] === null || id === null ? null : about[name] === id;
  const verdicts = ((): (boolean | null)[] => {
    switch (request.kind) {
      case 'transcript':
        // A reporter's work on the same item is not this start.
        return [agrees('itemId', request.itemId), about.reporterId === null ? null : false];
      case 'source':
        return [
          agrees('reporterId', request.reporterId),
          agrees('workflowId', request.workflowId),
          about.collectionId === null && about.scheduleId === null ? null : false,
        ];
      case 'collection':
        return [
          agrees('collectionId', request.collectionId) ??
            // Work on a whole collection is about no single item.
            (about.itemId === null ? agrees('reporterId', request.reporterId) : null),
          agrees('reporterId', request.reporterId),
          agrees('workflowId', request.workflowId),
        ];
      case 'schedule':
        return [
          agrees('scheduleId', request.scheduleId),
          agrees('reporterId', request.reporterId) === false ? false : null,
        ];
    }
  })();
  if (verdicts.includes(false)) return false;
  return verdicts[0] ?? null;
}

/** Searches for work that may have started. Only reads, and never starts anything. */
export function createFindStarted(deps: FindStartedDeps): Executions['findStarted'] {
  /** A list of executions; null where the service has no such list. */
  async function list(
    path: string,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Found[] | null> {
    try {
      return executionsIn(await deps.lists(path, query, signal));
    } catch (error) {
      const known = error instanceof ServiceError ? error.problem : null;
      if (known === 'not-found' || known === 'rejected' || known === 'unexpected-shape')
        return null;
      throw error;
    }
  }

  const mine = (query: Record<string, string>, signal?: AbortSignal) =>
    list(pathTo('v1', 'executions', 'me'), query, signal);

  /** The lists to search, likeliest first. Short work may have left the list of active ones already. */
  function listsToSearch(request: StartRequest, signal?: AbortSignal) {
    const own = [() => mine({ active: '1' }, signal), () => mine({}, signal)];
    if (request.kind === 'transcript') return own;
    const { reporterId } = request;
    const path = pathTo('v1', 'reporters', reporterId, 'executions');
    // Everything in this list belongs to the reporter, even if the row does not say so.
    const ofReporter = async () =>
      (await list(path, {}, signal))?.map(({ job, about }) => ({
        job,
        about: { ...about, reporterId: about.reporterId ?? reporterId },
      })) ?? null;
    return [ofReporter, ...own];
  }

  async function ofSchedule(
    request: Extract<StartRequest, { kind: 'schedule' }>,
    { sinceMs, knownIds }: StartBaseline,
    signal?: AbortSignal,
  ): Promise<string[]> {
    let runs: ScheduleRun[];
    try {
      runs = await deps.scheduleRuns(request.reporterId, signal);
    } catch (error) {
      const known = error instanceof ServiceError ? error.problem : null;
      if (known === 'not-found' || known === 'rejected' || known === 'unexpected-shape') return [];
      throw error;
    }
    const recent = runs.filter(
      ({ scheduleId, startedAtMs }) =>
        (scheduleId === null || scheduleId === request.scheduleId) &&
        (startedAtMs === null || startedAtMs >= sinceMs - CLOCK_SLACK_MS),
    );
    const ids: string[] = [];
    for (const run of recent.slice(0, MAX_DETAILS)) {
      const { executionIds } = await deps.scheduleRun(request.reporterId, run.id, signal);
      ids.push(...executionIds.filter((id) => !knownIds.has(id)));
    }
    return [...new Set(ids)];
  }

  /** Searches the lists, and stops after the first one that shows what was started. */
  async function searchLists(
    request: StartRequest,
    baseline: StartBaseline,
    fits: (found: Found) => boolean | null,
    signal?: AbortSignal,
  ): Promise<SearchResult> {
    const result: SearchResult = { sure: new Map(), perhaps: new Map() };
    const isNew = ({ job: { remoteId, phase, createdAtMs } }: Found) => {
      if (baseline.knownIds.has(remoteId)) return false;
      if (createdAtMs !== null) return createdAtMs >= baseline.sinceMs - CLOCK_SLACK_MS;
      return !baseline.isPartial || !isTerminal(phase);
    };
    for (const search of listsToSearch(request, signal)) {
      for (const found of ((await search()) ?? []).filter(isNew))
        addFound(result, found, fits(found));
      if (result.sure.size > 0) break;
    }
    return result;
  }

  /** Reads one by one the executions that only a schedule run names, and those that say too little. */
  async function readDetails(
    { sure, perhaps }: SearchResult,
    named: string[],
    fits: (found: Found) => boolean | null,
    signal?: AbortSignal,
  ): Promise<void> {
    const unread = [...named.filter((id) => !sure.has(id)), ...perhaps.keys()];
    for (const id of [...new Set(unread)].slice(0, MAX_DETAILS)) {
      if (sure.size > 0 && !named.includes(id)) continue;
      const found = fromDetail(await deps.detail(id, signal), perhaps.get(id));
      const fit = fits(found);
      if (fit !== null) perhaps.delete(id);
      addFound({ sure, perhaps }, found, fit);
    }
  }

  return async (request, baseline, signal) => {
    const named = request.kind === 'schedule' ? await ofSchedule(request, baseline, signal) : [];
    const fits = ({ job, about }: Found) => named.includes(job.remoteId) || matches(request, about);
    const result = await searchLists(request, baseline, fits, signal);
    await readDetails(result, named, fits, signal);
    const jobs = (from: Map<string, Found>) => [...from.values()].map(({ job }) => job);
    if (result.sure.size > 0) return { verdict: 'started', jobs: jobs(result.sure) };
    return result.perhaps.size > 0
      ? { verdict: 'perhaps', jobs: jobs(result.perhaps) }
      : { verdict: 'not-seen', jobs: [] };
  };
}

function fromDetail(detail: ExecutionDetail, row: Found | undefined): Found {
  const { id, title, remoteStatus, createdAtMs, endedAtMs, failure, about } = detail;
  const carries402 = detail.endedForLackOfBalance;
  const execution = {
    id,
    status: remoteStatus,
    title,
    createdAtMs,
    endedAtMs,
    failure,
    carries402,
  };
  const reporterId = about.reporterId ?? row?.about.reporterId ?? null;
  const job = executionJob(id, { ...execution, updatedAtMs: null });
  return { job, about: { ...about, reporterId } };
}
