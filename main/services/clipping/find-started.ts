import type {
  ExecutionDetail,
  ExecutionSubject,
  Executions,
  ScheduleRun,
  StartBaseline,
  StartRequest,
} from '../../domain/execution';
import { ServiceError } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { subjectOf } from './detail-schema';
import { executionJob } from './execution-job';
import { executionFrom, parseList } from './schema';

/** The service's clock may run behind ours by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** Each look at a single execution may cost coins. */
const MAX_LOOKS = 5;

interface Deps {
  lists(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<unknown>;
  detail(executionId: string, signal?: AbortSignal): Promise<ExecutionDetail>;
  scheduleRuns(reporterId: string, signal?: AbortSignal): Promise<ScheduleRun[]>;
  scheduleRun(reporterId: string, runId: string, signal?: AbortSignal): Promise<ScheduleRun>;
}

/** One execution of a list, with what it says of what it is about. */
function listed(body: unknown) {
  return parseList(body, 'executions', (row) => {
    const execution = executionFrom(row);
    if (execution === null || execution.id === null) return null;
    const job = executionJob(execution.id, execution);
    return { job, about: subjectOf(row) };
  }).items;
}

type Found = ReturnType<typeof listed>[number];

/**
 * Whether an execution is about what was asked: null where it does not tell enough. What the answer
 * tells must not contradict the request, and the one thing that makes it this request must be told.
 */
function matches(request: StartRequest, about: ExecutionSubject): boolean | null {
  const agrees = (name: keyof ExecutionSubject, id: string | null) =>
    about[name] === null || id === null ? null : about[name] === id;
  const verdicts = ((): (boolean | null)[] => {
    switch (request.kind) {
      case 'transcript':
        // A reporter's run on the same item is none.
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
            // A run on a whole collection is about no single item.
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

/** Looks for work of which it is not known whether it started: reading only, never a second start. */
export function createStartSearch(deps: Deps): Executions['findStarted'] {
  /** A list, or nothing where the service has no such list. */
  async function list(
    path: string,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Found[] | null> {
    try {
      return listed(await deps.lists(path, query, signal));
    } catch (error) {
      const known = error instanceof ServiceError ? error.problem : null;
      if (known === 'not-found' || known === 'rejected' || known === 'unexpected-shape')
        return null;
      throw error;
    }
  }

  const mine = (query: Record<string, string>, signal?: AbortSignal) =>
    list(pathTo('v1', 'executions', 'me'), query, signal);

  /** Places to look, the likeliest first. A short run may have left the list of active ones. */
  function places(request: StartRequest, signal?: AbortSignal) {
    const own = [() => mine({ active: '1' }, signal), () => mine({}, signal)];
    if (request.kind === 'transcript') return own;
    const { reporterId } = request;
    const path = pathTo('v1', 'reporters', reporterId, 'executions');
    // Standing in this list tells the reporter, also where the row does not.
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
    for (const run of recent.slice(0, MAX_LOOKS)) {
      const told = await deps.scheduleRun(request.reporterId, run.id, signal);
      ids.push(...told.executionIds.filter((id) => !knownIds.has(id)));
    }
    return [...new Set(ids)];
  }

  return async (request, since, signal) => {
    const isNew = ({ job }: Found) =>
      !since.knownIds.has(job.remoteId) &&
      (job.createdAtMs === null || job.createdAtMs >= since.sinceMs - CLOCK_SLACK_MS);

    const named = request.kind === 'schedule' ? await ofSchedule(request, since, signal) : [];
    const perhaps = new Map<string, Found>();
    const sure = new Map<string, Found>();
    for (const look of places(request, signal)) {
      for (const found of ((await look()) ?? []).filter(isNew)) {
        const id = found.job.remoteId;
        const fits = named.includes(id) || matches(request, found.about);
        if (fits === true) sure.set(id, found);
        else if (fits === null) perhaps.set(id, found);
      }
      if (sure.size > 0) break;
    }
    // An id that only the run's events name, or a row that says nothing, is read by itself.
    const unread = [...named.filter((id) => !sure.has(id)), ...perhaps.keys()];
    for (const id of [...new Set(unread)].slice(0, MAX_LOOKS)) {
      if (sure.size > 0 && !named.includes(id)) continue;
      const found = fromDetail(await deps.detail(id, signal), perhaps.get(id));
      const fits = named.includes(id) || matches(request, found.about);
      if (fits === null) perhaps.set(id, found);
      else perhaps.delete(id);
      if (fits === true) sure.set(id, found);
    }
    const jobs = (from: Map<string, Found>) => [...from.values()].map(({ job }) => job);
    if (sure.size > 0) return { verdict: 'started', jobs: jobs(sure) };
    return perhaps.size > 0
      ? { verdict: 'perhaps', jobs: jobs(perhaps) }
      : { verdict: 'not-seen', jobs: [] };
  };
}

function fromDetail(detail: ExecutionDetail, row: Found | undefined): Found {
  const { id, title, remoteStatus, createdAtMs, endedAtMs, failure, about } = detail;
  const execution = { id, status: remoteStatus, title, createdAtMs, endedAtMs, failure };
  const reporterId = about.reporterId ?? row?.about.reporterId ?? null;
  const job = executionJob(id, { ...execution, updatedAtMs: null });
  return { job, about: { ...about, reporterId } };
}
