import { z } from 'zod';
import type { ExecutionVerbs } from '../../preload/contract';

const id = z.string().min(1).max(300);
const job = z.string().min(1).max(700);
const account = z.strictObject({ accountId: id });
const ofReporter = z.strictObject({ accountId: id, reporterId: id });
const lang = z.string().trim().min(1).max(35);
// Whether it is something a service can resolve is not for here: the user is told why not.
const source = z.string().min(1).max(8192);

/** A transcript of a day's recording is far shorter. */
const MOST_TEXT = 4 * 1024 * 1024;

const formOf = (id: z.ZodString, source: z.ZodString) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('transcript'),
      item: z.union([z.strictObject({ id }), z.strictObject({ source })]),
      lang: lang.nullable(),
      embed: z.boolean(),
      text: z.string().min(1).max(MOST_TEXT).nullable(),
    }),
    z.strictObject({
      kind: z.literal('source'),
      reporterId: id,
      source,
      workflowId: id.nullable(),
    }),
    z.strictObject({
      kind: z.literal('collection'),
      reporterId: id,
      collectionId: id,
      workflowId: id.nullable(),
    }),
    z.strictObject({ kind: z.literal('schedule'), reporterId: id, scheduleId: id }),
  ]);

const form = formOf(id, source);
/** What a start costs is asked while its form is still being filled in. */
const draft = formOf(z.string().max(300), z.string().max(8192));

/** What the verbs about executions accept. */
export const executionPayloads = {
  'executions.items': account,
  'executions.reporters': account,
  'executions.collections': account,
  'executions.workflows': ofReporter,
  'executions.schedules': ofReporter,
  'execution.cost': z.strictObject({ accountId: id, form: draft }),
  'execution.start': z.strictObject({ accountId: id, form, agreed: z.boolean() }),
  'execution.detail': z.strictObject({ jobId: job }),
  'execution.transcript': z.strictObject({ jobId: job, lang: lang.nullable() }),
  'execution.saveTranscript': z.strictObject({
    jobId: job,
    lang: lang.nullable(),
    format: z.enum(['txt', 'srt', 'vtt']),
  }),
  'execution.documents': z.strictObject({ jobId: job }),
  'text.copy': z.strictObject({ text: z.string().max(MOST_TEXT) }),
  'account.setSessionToken': z.strictObject({
    accountId: id,
    token: z.string().trim().min(1).max(8192).nullable(),
  }),
} satisfies { [V in keyof ExecutionVerbs]: z.ZodType<ExecutionVerbs[V]['request']> };
