import { z } from 'zod';
import type { Choices } from '../../main/domain/choice';
import type {
  CollectionChoice,
  ExecutionDetail,
  ExecutionDocument,
  ItemChoice,
  ScheduleChoice,
  StartRequest,
  WorkflowChoice,
} from '../../main/domain/execution';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { Transcript, TranscriptFormat } from '../../main/domain/transcript';
import { account, id, job, joinedId } from './primitives';
import type { ServiceRead } from './services';
import { takes } from './verb';

export type { Choice, Choices, LongText } from '../../main/domain/choice';
export type {
  CollectionChoice,
  ExecutionDocument,
  ExecutionStep,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../../main/domain/execution';
export type { Transcript, TranscriptFormat } from '../../main/domain/transcript';

/** What a start costs before anything is sent. */
export interface StartCost {
  /** Null where the flat fee is not documented. */
  feeCoins: number | null;
  /** As last read; null where the service did not tell. */
  balanceCoins: number | null;
  /** The user wants to be asked: the fee exceeds the limit in the settings, or is not known. */
  asks: boolean;
}

export type StartOutcome =
  /** `jobIds` is empty for a schedule until its executions are seen. */
  | { outcome: 'started'; jobIds: string[] }
  /** Nothing was sent: the user has to agree to the cost first. */
  | { outcome: 'asks'; cost: StartCost }
  /** No clear answer. The start was not repeated; `found` says whether a search found it. */
  | {
      outcome: 'unsure';
      problem: ServiceProblem;
      found: 'started' | 'perhaps' | 'not-seen' | 'not-looked';
      jobIds: string[];
    }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** An execution in its service's words, completed by what was asked for here. */
export interface ExecutionView extends ExecutionDetail {
  /** For reading the transcript once; null where it is not documented. */
  transcriptFeeCoins: number | null;
}

/** What an execution has left. */
export interface ExecutionDocuments {
  documents: ExecutionDocument[];
  complete: boolean;
  /**
   * Whether the service ties them to this execution. Otherwise they are about the same things, and
   * were made since it began.
   */
  certain: boolean;
}

type StartOf<Kind extends StartRequest['kind']> = Extract<StartRequest, { kind: Kind }>;
type TranscriptForm = Omit<StartOf<'transcript'>, 'itemId'> & {
  item: { id: string } | { source: string };
};

/** A transcript of a whole day's recording is far shorter. */
const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
const MAX_SOURCE_LENGTH = 8192;

const lang = z.string().trim().min(1).max(35);

/** A start as the user fills it in, with these ids and sources. */
const startForm = (id: z.ZodString, source: z.ZodString) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transcript'),
      /** An item that the service knows, or a link that it makes one of first. */
      item: z.union([z.strictObject({ id }), z.strictObject({ source })]),
      lang: lang.nullable(),
      embed: z.boolean(),
      text: z.string().min(1).max(MAX_TEXT_LENGTH).nullable(),
    }) satisfies z.ZodType<TranscriptForm>,
    z.strictObject({
      kind: z.literal('source'),
      reporterId: id,
      source,
      workflowId: id.nullable(),
    }) satisfies z.ZodType<StartOf<'source'>>,
    z.strictObject({
      kind: z.literal('collection'),
      reporterId: id,
      collectionId: id,
      workflowId: id.nullable(),
    }) satisfies z.ZodType<StartOf<'collection'>>,
    z.strictObject({
      kind: z.literal('schedule'),
      reporterId: id,
      scheduleId: id,
    }) satisfies z.ZodType<StartOf<'schedule'>>,
  ]);

// Whether a service can resolve the source is not checked here: the user is told why it cannot.
const form = startForm(id, z.string().min(1).max(MAX_SOURCE_LENGTH));
const unfinishedForm = startForm(z.string().max(300), z.string().max(MAX_SOURCE_LENGTH));

/** A start as the user fills it in. */
export type StartForm = z.output<typeof form>;

const ofReporter = z.strictObject({ accountId: id, reporterId: id });
const transcript = { jobId: joinedId, lang: lang.nullable() };
const transcriptFormat = z.enum(['txt', 'srt', 'vtt']) satisfies z.ZodType<TranscriptFormat>;

/** The verbs about executions. */
export const executionVerbs = {
  'executions.items': takes(account).returns<ServiceRead<Choices<ItemChoice>>>(),
  'executions.reporters': takes(account).returns<ServiceRead<Choices>>(),
  'executions.collections': takes(account).returns<ServiceRead<Choices<CollectionChoice>>>(),
  'executions.workflows': takes(ofReporter).returns<ServiceRead<Choices<WorkflowChoice>>>(),
  'executions.schedules': takes(ofReporter).returns<ServiceRead<Choices<ScheduleChoice>>>(),
  /** What a start would cost; the form need not be complete yet. */
  'execution.cost': takes(
    z.strictObject({ accountId: id, form: unfinishedForm }),
  ).returns<StartCost>(),
  /** Costs money and is never repeated automatically. `agreed`: the user has seen the cost. */
  'execution.start': takes(
    z.strictObject({ accountId: id, form, agreed: z.boolean() }),
  ).returns<StartOutcome>(),
  'execution.detail': takes(job).returns<ServiceRead<ExecutionView>>(),
  /** Costs a fee: only when the user asks for it. Null language: whichever there is. */
  'execution.transcript': takes(z.strictObject(transcript)).returns<ServiceRead<Transcript>>(),
  /** Asks where to save the transcript that was last read for this job. */
  'execution.saveTranscript': takes(
    z.strictObject({ ...transcript, format: transcriptFormat }),
  ).returns<{ saved: boolean }>(),
  'execution.documents': takes(job).returns<ServiceRead<ExecutionDocuments>>(),
  /** Copies the text of a transcript or document. */
  'text.copy': takes(z.strictObject({ text: z.string().max(MAX_TEXT_LENGTH) })).returns<{
    copied: boolean;
  }>(),
};
