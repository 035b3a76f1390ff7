import type { Choice, Choices } from '../../domain/choice';
import type { Executions, StartRequest } from '../../domain/execution';
import type { JobObservation } from '../../domain/job';
import type { Access, JsonClient } from '../../domain/service';
import { ServiceError, type ServiceProblem } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { collectionBody, LISTS } from './assumptions';
import {
  parseCollections,
  parseItem,
  parseItems,
  parseReporters,
  parseSchedules,
  parseWorkflows,
} from './choice-schema';
import { parseDetail } from './detail-schema';
import { executionJob } from './execution-job';
import { createFindStarted } from './find-started-execution';
import {
  parseDispatched,
  parseDocuments,
  parseScheduleRun,
  parseScheduleRuns,
  parseTranscript,
} from './output-schema';
import { parseExecution, parseExecutions, unexpected } from './schema';

/** Flat fee of starting a transcript; the other three starts have none documented (transcribe). */
const TRANSCRIPT_START_COINS = 0.01;
/** Fee for reading a transcript (transcribe). */
const TRANSCRIPT_READ_COINS = 0.005;

/** Schedule runs that are listed; the number is the documentation's own. */
const SCHEDULE_RUN_LIMIT = '20';

/** Problems after which the user types an id instead: there is no list, or not for this key. */
const unreadable: ReadonlySet<ServiceProblem> = new Set([
  'not-found',
  'rejected',
  'scope-missing',
  'unexpected-shape',
  'malformed',
  'not-json',
  'too-large',
]);

/** Executions of one account: pickers, starts, and what they produce. */
export function createExecutions(client: JsonClient, access: Access): Executions {
  const get = async (path: string, signal?: AbortSignal, query?: Record<string, string>) =>
    (await client.request(access, { method: 'GET', path, query, signal })).body;
  const post = async (path: string, body: unknown, signal?: AbortSignal) =>
    (await client.request(access, { method: 'POST', path, body, signal })).body;

  async function choices<T extends Choice>(
    path: string,
    parse: (body: unknown) => { items: T[]; complete: boolean },
    signal: AbortSignal | undefined,
  ): Promise<Choices<T>> {
    try {
      const { items, complete } = parse(await get(path, signal));
      return { readable: true, choices: items, complete };
    } catch (error) {
      if (!(error instanceof ServiceError) || !unreadable.has(error.problem)) throw error;
      return { readable: false, problem: error.problem };
    }
  }

  const reporterPath = (reporterId: string, ...rest: string[]) =>
    pathTo('v1', 'reporters', reporterId, ...rest);
  const items = (signal?: AbortSignal) => choices(pathTo(...LISTS.items), parseItems, signal);

  async function executions(path: string, query: Record<string, string>, signal?: AbortSignal) {
    return parseExecutions(await get(path, signal, query)).items.map((execution) =>
      executionJob(execution.id, execution),
    );
  }

  const scheduleRun = async (reporterId: string, runId: string, signal?: AbortSignal) =>
    parseScheduleRun(await get(reporterPath(reporterId, 'schedule', 'runs', runId), signal));
  const scheduleRuns = async (reporterId: string, signal?: AbortSignal) =>
    parseScheduleRuns(
      await get(reporterPath(reporterId, 'schedule', 'runs'), signal, {
        limit: SCHEDULE_RUN_LIMIT,
      }),
    );
  const detail = async (executionId: string, signal?: AbortSignal) =>
    parseDetail(executionId, await get(pathTo('v1', 'executions', executionId), signal));

  return {
    items,
    reporters: (signal) => choices(pathTo(...LISTS.reporters), parseReporters, signal),
    workflows: (reporterId, signal) =>
      choices(reporterPath(reporterId, 'workflows'), parseWorkflows, signal),
    schedules: (reporterId, signal) =>
      choices(reporterPath(reporterId, 'schedules'), parseSchedules, signal),
    collections: (signal) => choices(pathTo(...LISTS.collections), parseCollections, signal),

    makeItem: async (source, signal) =>
      parseItem(await post(pathTo('v1', 'items'), { source }, signal)),
    async findItem(source, signal) {
      const found = await items(signal);
      return found.readable ? (found.choices.find((item) => item.source === source) ?? null) : null;
    },

    feeCoins: ({ kind }) => (kind === 'transcript' ? TRANSCRIPT_START_COINS : null),
    transcriptFeeCoins: TRANSCRIPT_READ_COINS,

    async start(request, signal) {
      const { path, body } = callFor(request);
      const answer = await post(path, body, signal);
      if (request.kind === 'schedule') return { jobs: [], remoteStatus: parseDispatched(answer) };
      const execution = parseExecution(answer);
      const job: JobObservation = executionJob(execution.id ?? unexpected(), execution);
      return { jobs: [job], remoteStatus: execution.status };
    },
    findStarted: createFindStarted({
      lists: (path, query, signal) => get(path, signal, query),
      detail,
      scheduleRuns,
      scheduleRun,
    }),

    ofReporter: (reporterId, signal) =>
      executions(reporterPath(reporterId, 'executions'), {}, signal),
    scheduleRuns,
    scheduleRun,
    detail,
    transcript: async (itemId, lang, signal) =>
      parseTranscript(
        await get(
          pathTo('v1', 'items', itemId, 'transcript'),
          signal,
          lang === null ? undefined : { lang },
        ),
      ),
    async documents({ itemId, reporterId, kind }, signal) {
      const query = {
        ...(itemId === null ? {} : { item_id: itemId }),
        ...(reporterId === null ? {} : { reporter_id: reporterId }),
        ...(kind === null ? {} : { kind }),
      };
      const found = parseDocuments(await get(pathTo('v1', 'documents'), signal, query));
      return { documents: found.items, complete: found.complete };
    },
  };
}

/** Path and body of a start, as the pages show them (transcribe, build-a-reporter, schedule-runs). */
function callFor(request: StartRequest): { path: string; body: unknown } {
  switch (request.kind) {
    case 'transcript': {
      const { itemId, lang, embed, text } = request;
      return {
        path: pathTo('v1', 'items', itemId, 'transcript'),
        // Never without a body: it is not documented whether it may be left out.
        body: {
          ...(lang === null ? {} : { lang }),
          ...(embed ? { embed } : {}),
          ...(text === null ? {} : { text }),
        },
      };
    }
    case 'source': {
      const { reporterId, source, workflowId } = request;
      return {
        path: pathTo('v1', 'reporters', reporterId, 'process'),
        body: { source, ...(workflowId === null ? {} : { workflow_id: workflowId }) },
      };
    }
    case 'collection': {
      const { reporterId, collectionId, workflowId } = request;
      return {
        path: pathTo('v1', 'reporters', reporterId, 'process-collection'),
        body: collectionBody(collectionId, workflowId),
      };
    }
    case 'schedule': {
      const { reporterId, scheduleId } = request;
      // The example has no body.
      return {
        path: pathTo('v1', 'reporters', reporterId, 'schedules', scheduleId, 'run'),
        body: undefined,
      };
    }
  }
}
