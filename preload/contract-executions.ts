import type { Choices } from '../main/domain/choice';
import type {
  CollectionChoice,
  ExecutionDocuments,
  ExecutionView,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../main/domain/execution';
import type { StartCost, StartForm, StartOutcome } from '../main/domain/execution-start';
import type { LiveChannelState } from '../main/domain/live-channel';
import type { ServiceRead } from '../main/domain/service-read';
import type { Transcript, TranscriptFormat } from '../main/domain/transcript';

export type {
  Choice,
  Choices,
  LongText,
} from '../main/domain/choice';
export type {
  CollectionChoice,
  ExecutionDocument,
  ExecutionDocuments,
  ExecutionStep,
  ExecutionView,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../main/domain/execution';
export type {
  StartCost,
  StartForm,
  StartOutcome,
  TranscriptItem,
} from '../main/domain/execution-start';
export type { LiveChannelState } from '../main/domain/live-channel';
export type { ServiceRead } from '../main/domain/service-read';
export type { Segment, Transcript, TranscriptFormat } from '../main/domain/transcript';

/** The verbs about executions. */
export interface ExecutionVerbs {
  'executions.items': {
    request: { accountId: string };
    response: ServiceRead<Choices<ItemChoice>>;
  };
  'executions.reporters': { request: { accountId: string }; response: ServiceRead<Choices> };
  'executions.collections': {
    request: { accountId: string };
    response: ServiceRead<Choices<CollectionChoice>>;
  };
  'executions.workflows': {
    request: { accountId: string; reporterId: string };
    response: ServiceRead<Choices<WorkflowChoice>>;
  };
  'executions.schedules': {
    request: { accountId: string; reporterId: string };
    response: ServiceRead<Choices<ScheduleChoice>>;
  };
  /** The form need not be filled in yet. */
  'execution.cost': { request: { accountId: string; form: StartForm }; response: StartCost };
  /** Costs money and is never repeated by itself. `agreed`: the user has seen the cost. */
  'execution.start': {
    request: { accountId: string; form: StartForm; agreed: boolean };
    response: StartOutcome;
  };
  'execution.detail': { request: { jobId: string }; response: ServiceRead<ExecutionView> };
  /** Reading it costs a fee: only when the user asks. Null language: whichever there is. */
  'execution.transcript': {
    request: { jobId: string; lang: string | null };
    response: ServiceRead<Transcript>;
  };
  /** Asks where to save the transcript that was read last for this job. */
  'execution.saveTranscript': {
    request: { jobId: string; lang: string | null; format: TranscriptFormat };
    response: { saved: boolean };
  };
  'execution.documents': {
    request: { jobId: string };
    response: ServiceRead<ExecutionDocuments>;
  };
  /** Copies text of a transcript or document. */
  'text.copy': { request: { text: string }; response: { copied: boolean } };
  /** A session token that opens the account's live channel, kept where its key is; null removes it. */
  'account.setSessionToken': {
    request: { accountId: string; token: string | null };
    response: { outcome: 'set' | 'removed' | 'keychain-failed' };
  };
}

/** Null where the service has no live channel, or no token was given. */
export type LiveChannelView = LiveChannelState | null;
