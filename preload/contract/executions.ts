import { z } from 'zod';
import type { Choices } from '../../main/domain/choice';
import type {
  CollectionChoice,
  ExecutionDocuments,
  ExecutionView,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../../main/domain/execution';
import type { StartCost, StartForm, StartOutcome } from '../../main/domain/execution-start';
import type { ServiceRead } from '../../main/domain/service-read';
import type { Transcript, TranscriptFormat } from '../../main/domain/transcript';
import { account, id, job, joinedId } from './primitives';
import { takes } from './verb';

export type { Choice, Choices } from '../../main/domain/choice';
export type { LongText } from '../../main/domain/display-text';

export type {
  CollectionChoice,
  ExecutionDocument,
  ExecutionDocuments,
  ExecutionStep,
  ExecutionView,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../../main/domain/execution';
export type { StartCost, StartForm, StartOutcome } from '../../main/domain/execution-start';
export type { Transcript, TranscriptFormat } from '../../main/domain/transcript';

type FormOf<Kind extends StartForm['kind']> = Extract<StartForm, { kind: Kind }>;

/** A transcript of a whole day's recording is far shorter. */
const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
const MAX_SOURCE_LENGTH = 8192;

const lang = z.string().trim().min(1).max(35);

/** The start form. Ids and sources may be empty only while the form is unfinished. */
const startForm = (id: z.ZodString, source: z.ZodString) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transcript'),
      /** An item that the service has, or a link that it turns into one first. */
      item: z.union([z.strictObject({ id }), z.strictObject({ source })]),
      lang: lang.nullable(),
      embed: z.boolean(),
      text: z.string().min(1).max(MAX_TEXT_LENGTH).nullable(),
    }) satisfies z.ZodType<FormOf<'transcript'>>,
    z.strictObject({
      kind: z.literal('source'),
      reporterId: id,
      source,
      workflowId: id.nullable(),
    }) satisfies z.ZodType<FormOf<'source'>>,
    z.strictObject({
      kind: z.literal('collection'),
      reporterId: id,
      collectionId: id,
      workflowId: id.nullable(),
    }) satisfies z.ZodType<FormOf<'collection'>>,
    z.strictObject({
      kind: z.literal('schedule'),
      reporterId: id,
      scheduleId: id,
    }) satisfies z.ZodType<FormOf<'schedule'>>,
  ]);

// Whether a service can resolve the source is not checked here: the user is told why it cannot.
const form = startForm(id, z.string().min(1).max(MAX_SOURCE_LENGTH));
const unfinishedForm = startForm(z.string().max(300), z.string().max(MAX_SOURCE_LENGTH));

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
  /** Costs money and is never repeated automatically. `agreed`: the user has agreed to the cost. */
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
