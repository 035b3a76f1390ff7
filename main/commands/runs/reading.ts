import type { Readable, RunDocuments, RunView } from '../../../preload/contract';
import type { Job } from '../../domain/job';
import type { RunDocument, RunSubject, Runs, StartRequest } from '../../domain/runs';
import { ServiceError } from '../../domain/service-error';
import type { Transcript } from '../../domain/transcript';
import { readable } from '../readable';
import type { RunParts } from './parts';

/** Transcripts read for a fee that are kept until the app quits; a long one has some 100 KB. */
const MOST_TRANSCRIPTS = 20;

/** The service's clock may run behind ours by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** What was asked for here, in the words in which a service tells what an execution is about. */
function askedFor(start: StartRequest): Partial<RunSubject> {
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
export function completed(about: RunSubject, start: StartRequest | null): RunSubject {
  const asked = start ? askedFor(start) : {};
  const entries = Object.entries(about).map(([name, told]) => [
    name,
    told ?? asked[name as keyof RunSubject] ?? null,
  ]);
  return Object.fromEntries(entries) as RunSubject;
}

/**
 * Those of a run's documents: the ones its service ties to it, else those of the same things that
 * were made since it began.
 */
export function documentsOf(
  job: Pick<Job, 'remoteId' | 'createdAtMs' | 'firstSeenAtMs'>,
  all: RunDocument[],
): Pick<RunDocuments, 'documents' | 'certain'> {
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
export function createRunReading(parts: RunParts) {
  const { jobs, starts } = parts;
  const subjects = new Map<string, RunSubject>();
  /** By job and language, the latest last. */
  const transcripts = new Map<string, Transcript>();
  const key = (jobId: string, lang: string | null) => JSON.stringify([jobId, lang]);

  /** A call about one job, or why it cannot be made. */
  async function about<T>(
    jobId: string,
    call: (runs: Runs, job: Job) => Promise<T>,
  ): Promise<Readable<T>> {
    const job = jobs.get(jobId);
    if (job?.kind !== 'execution') return { problem: 'not-found', remoteText: null };
    return readable(
      parts.connection(job.accountId),
      ({ runs }) => runs,
      (runs) => call(runs, job),
    );
  }

  async function detail(runs: Runs, job: Job): Promise<RunView> {
    const told = await runs.detail(job.remoteId);
    const subject = completed(told.about, starts.start(job.id));
    subjects.set(job.id, subject);
    return { ...told, about: subject, transcriptFeeCoins: runs.transcriptFeeCoins };
  }

  const subjectOf = async (runs: Runs, job: Job): Promise<RunSubject> =>
    subjects.get(job.id) ?? (await detail(runs, job)).about;

  return {
    detail: (jobId: string) => about(jobId, detail),

    /** Costs a fee the first time; after that the one that was read is given. */
    transcript(jobId: string, lang: string | null): Promise<Readable<Transcript>> {
      return about(jobId, async (runs, job) => {
        const known = transcripts.get(key(jobId, lang));
        if (known) return known;
        const { itemId } = await subjectOf(runs, job);
        if (itemId === null) throw new ServiceError('not-found');
        const read = await runs.transcript(itemId, lang);
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
      about(jobId, async (runs, job): Promise<RunDocuments> => {
        const { itemId, reporterId } = await subjectOf(runs, job);
        const { documents, complete } = await runs.documents({ itemId, reporterId, kind: null });
        return { ...documentsOf(job, documents), complete };
      }),
  };
}
