import type { ExecutionDocuments, ExecutionView, ServiceRead } from '../../../preload/contract';
import type {
  ExecutionDocument,
  ExecutionSubject,
  Executions,
  StartRequest,
} from '../../domain/execution';
import type { Job } from '../../domain/job';
import { ServiceError } from '../../domain/service-error';
import type { Transcript } from '../../domain/transcript';
import { serviceRead } from '../service-read';
import type { ExecutionDeps } from './deps';

/** Transcripts read for a fee that are kept until the app quits; a long one has some 100 KB. */
const MOST_TRANSCRIPTS = 20;

/** The service's clock may run behind ours by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** What was asked for here, in the words in which a service tells what an execution is about. */
function askedFor(start: StartRequest): Partial<ExecutionSubject> {
  switch (start.kind) {
    case 'transcript':
      return { itemId: start.itemId, lang: start.lang };
    case 'source':
      return { reporterId: start.reporterId, workflowId: start.workflowId };
    case 'collection':
      return {
        reporterId: start.reporterId,
        collectionId: start.collectionId,
        workflowId: start.workflowId,
      };
    case 'schedule':
      return { reporterId: start.reporterId, scheduleId: start.scheduleId };
  }
}

/** What the service tells goes first; what it leaves out is known from the start. */
export function completed(about: ExecutionSubject, start: StartRequest | null): ExecutionSubject {
  const asked = start ? askedFor(start) : {};
  const entries = Object.entries(about).map(([name, told]) => [
    name,
    told ?? asked[name as keyof ExecutionSubject] ?? null,
  ]);
  return Object.fromEntries(entries) as ExecutionSubject;
}

/**
 * Those of a run's documents: the ones its service ties to it, else those of the same things that
 * were made since it began.
 */
export function documentsOf(
  job: Pick<Job, 'remoteId' | 'createdAtMs' | 'firstSeenAtMs'>,
  all: ExecutionDocument[],
): Pick<ExecutionDocuments, 'documents' | 'certain'> {
  const tied = all.filter(({ executionId }) => executionId === job.remoteId);
  if (tied.length > 0) return { documents: tied, certain: true };
  const sinceMs = (job.createdAtMs ?? job.firstSeenAtMs) - CLOCK_SLACK_MS;
  const possible = all.filter(
    ({ executionId, createdAtMs }) =>
      executionId === null && (createdAtMs === null || createdAtMs >= sinceMs),
  );
  return { documents: possible, certain: false };
}

/** Reading executions and what they leave. */
export function createExecutionReader(deps: ExecutionDeps) {
  const { jobs, starts } = deps;
  const subjects = new Map<string, ExecutionSubject>();
  /** By job and language, the latest last. */
  const transcripts = new Map<string, Transcript>();
  const key = (jobId: string, lang: string | null) => JSON.stringify([jobId, lang]);

  /** A call about one job, or why it cannot be made. */
  async function about<T>(
    jobId: string,
    call: (executions: Executions, job: Job) => Promise<T>,
  ): Promise<ServiceRead<T>> {
    const job = jobs.get(jobId);
    if (job?.kind !== 'execution') return { problem: 'not-found', remoteText: null };
    return serviceRead(
      deps.connection(job.accountId),
      ({ executions }) => executions,
      (executions) => call(executions, job),
    );
  }

  async function detail(executions: Executions, job: Job): Promise<ExecutionView> {
    const told = await executions.detail(job.remoteId);
    const subject = completed(told.about, starts.start(job.id));
    subjects.set(job.id, subject);
    return { ...told, about: subject, transcriptFeeCoins: executions.transcriptFeeCoins };
  }

  const subjectOf = async (executions: Executions, job: Job): Promise<ExecutionSubject> =>
    subjects.get(job.id) ?? (await detail(executions, job)).about;

  return {
    detail: (jobId: string) => about(jobId, detail),

    /** Costs a fee the first time; after that the one that was read is given. */
    transcript(jobId: string, lang: string | null): Promise<ServiceRead<Transcript>> {
      return about(jobId, async (executions, job) => {
        const known = transcripts.get(key(jobId, lang));
        if (known) return known;
        const { itemId } = await subjectOf(executions, job);
        if (itemId === null) throw new ServiceError('not-found');
        const read = await executions.transcript(itemId, lang);
        const [oldest] = transcripts.keys();
        if (oldest !== undefined && transcripts.size >= MOST_TRANSCRIPTS) {
          transcripts.delete(oldest);
        }
        transcripts.set(key(jobId, lang), read);
        return read;
      });
    },

    /** The transcript that was read before; null where it was not. */
    readBefore: (jobId: string, lang: string | null): Transcript | null =>
      transcripts.get(key(jobId, lang)) ?? null,

    documents: (jobId: string) =>
      about(jobId, async (executions, job): Promise<ExecutionDocuments> => {
        const { itemId, reporterId } = await subjectOf(executions, job);
        const { documents, complete } = await executions.documents({
          itemId,
          reporterId,
          kind: null,
        });
        return { ...documentsOf(job, documents), complete };
      }),
  };
}
