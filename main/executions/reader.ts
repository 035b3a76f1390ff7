import type {
  ExecutionDocument,
  ExecutionDocuments,
  ExecutionSubject,
  Executions,
  ExecutionView,
  StartRequest,
} from '../domain/execution';
import type { Job } from '../domain/job';
import { ServiceError } from '../domain/service-error';
import { type ServiceRead, serviceRead } from '../domain/service-read';
import { type Transcript, type TranscriptFormat, transcriptAs } from '../domain/transcript';
import type { ExecutionDeps } from './deps';

/** Transcripts kept until the app quits, since reading one costs a fee. Each takes about 100 KB. */
const MAX_TRANSCRIPTS = 20;

/** The service's clock may be this much behind ours. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** What was requested here, in the terms in which services describe an execution. */
function requestedSubject(start: StartRequest): Partial<ExecutionSubject> {
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

/** What the service says comes first; what it leaves out is filled in from the start request. */
function completed(about: ExecutionSubject, start: StartRequest | null): ExecutionSubject {
  const requested = start ? requestedSubject(start) : {};
  const entries = Object.entries(about).map(([name, value]) => [
    name,
    value ?? requested[name as keyof ExecutionSubject] ?? null,
  ]);
  return Object.fromEntries(entries) as ExecutionSubject;
}

/**
 * An execution's documents: those that the service links to it, or else those about the same things that
 * were made since it began.
 */
export function documentsOf(
  job: Pick<Job, 'remoteId' | 'createdAtMs' | 'firstSeenAtMs'>,
  all: ExecutionDocument[],
): Pick<ExecutionDocuments, 'documents' | 'certain'> {
  const linked = all.filter(({ executionId }) => executionId === job.remoteId);
  if (linked.length > 0) return { documents: linked, certain: true };
  const sinceMs = (job.createdAtMs ?? job.firstSeenAtMs) - CLOCK_SLACK_MS;
  const possible = all.filter(
    ({ executionId, createdAtMs }) =>
      executionId === null && (createdAtMs === null || createdAtMs >= sinceMs),
  );
  return { documents: possible, certain: false };
}

/** Reads executions and what they produce: transcripts and documents. */
export function createExecutionReader(deps: Pick<ExecutionDeps, 'jobs' | 'starts' | 'connection'>) {
  const { jobs, starts } = deps;
  const subjects = new Map<string, ExecutionSubject>();
  /** By job and language, newest last. */
  const transcripts = new Map<string, Transcript>();
  const key = (jobId: string, lang: string | null) => JSON.stringify([jobId, lang]);

  /** Reads something about one job. */
  async function read<T>(
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

  async function readDetail(executions: Executions, job: Job): Promise<ExecutionView> {
    const detail = await executions.detail(job.remoteId);
    const about = completed(detail.about, starts.start(job.id));
    subjects.set(job.id, about);
    return { ...detail, about, transcriptFeeCoins: executions.transcriptFeeCoins };
  }

  const subjectOf = async (executions: Executions, job: Job): Promise<ExecutionSubject> =>
    subjects.get(job.id) ?? (await readDetail(executions, job)).about;

  return {
    detail: (jobId: string) => read(jobId, readDetail),

    /** Costs a fee the first time; after that, the same transcript is returned again. */
    transcript(jobId: string, lang: string | null): Promise<ServiceRead<Transcript>> {
      return read(jobId, async (executions, job) => {
        const known = transcripts.get(key(jobId, lang));
        if (known) return known;
        const { itemId } = await subjectOf(executions, job);
        if (itemId === null) throw new ServiceError('not-found');
        const transcript = await executions.transcript(itemId, lang);
        const [oldest] = transcripts.keys();
        if (oldest !== undefined && transcripts.size >= MAX_TRANSCRIPTS) {
          transcripts.delete(oldest);
        }
        transcripts.set(key(jobId, lang), transcript);
        return transcript;
      });
    },

    /** A transcript that was read before, as a file; null if it was not. */
    transcriptFile(
      jobId: string,
      lang: string | null,
      format: TranscriptFormat,
    ): { fileName: string; text: string } | null {
      const transcript = transcripts.get(key(jobId, lang));
      if (!transcript) return null;
      const title = jobs.get(jobId)?.title ?? 'transcript';
      const language = transcript.lang === null ? '' : ` (${transcript.lang})`;
      return {
        fileName: `${title}${language}.${format}`,
        text: transcriptAs(format, transcript),
      };
    },

    documents: (jobId: string) =>
      read(jobId, async (executions, job): Promise<ExecutionDocuments> => {
        const { itemId, reporterId } = await subjectOf(executions, job);
        const filter = { itemId, reporterId, kind: null };
        const { documents, complete } = await executions.documents(filter);
        return { ...documentsOf(job, documents), complete };
      }),
  };
}
