import type { Choices } from '../main/domain/choice';
import type {
  CollectionChoice,
  ExecutionDetail,
  ExecutionDocument,
  ItemChoice,
  ScheduleChoice,
  StartRequest,
  WorkflowChoice,
} from '../main/domain/execution';
import type { LiveChannelState } from '../main/domain/live-channel';
import type { ServiceProblem } from '../main/domain/service-error';
import type { Transcript } from '../main/domain/transcript';

/** What a transcript is made of: an item the service knows, or a link it makes one of first. */
export type TranscriptItem = { id: string } | { source: string };

/** A start as the user fills it in. */
export type StartForm =
  | {
      kind: 'transcript';
      item: TranscriptItem;
      lang: string | null;
      embed: boolean;
      text: string | null;
    }
  | Exclude<StartRequest, { kind: 'transcript' }>;

/** What a start costs before anything is sent. */
export interface StartCost {
  /** Null where the flat fee is not documented. */
  feeCoins: number | null;
  /** As last read; null where the service did not tell. */
  balanceCoins: number | null;
  /** The user wants to be asked: the fee is over the limit of the settings, or not known. */
  asks: boolean;
}

export type StartOutcome =
  /** `jobIds` is empty for a schedule until its executions are seen. */
  | { outcome: 'started'; jobIds: string[] }
  /** Nothing was sent: the user has to agree to the cost first. */
  | { outcome: 'asks'; cost: StartCost }
  /**
   * No clear answer. It was looked for and never sent again: `found` says what the look showed.
   */
  | {
      outcome: 'unsure';
      problem: ServiceProblem;
      found: 'started' | 'perhaps' | 'not-seen' | 'not-looked';
      jobIds: string[];
    }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** What a read gave, or why it could not be had. */
export type ServiceRead<T> = { value: T } | { problem: ServiceProblem; remoteText: string | null };

export type TranscriptFormat = 'txt' | 'srt' | 'vtt';

/** An execution as its service tells it, completed by what was asked for here. */
export interface ExecutionView extends ExecutionDetail {
  /** For reading the transcript once; null where it is not documented. */
  transcriptFeeCoins: number | null;
}

/** What a run has left. */
export interface ExecutionDocuments {
  documents: ExecutionDocument[];
  complete: boolean;
  /** The service ties them to this run; otherwise they are of the same things, since it began. */
  certain: boolean;
}

export type {
  Choice,
  Choices,
  LongText,
} from '../main/domain/choice';
export type {
  CollectionChoice,
  ExecutionDocument,
  ExecutionStep,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../main/domain/execution';
export type { LiveChannelState } from '../main/domain/live-channel';
export type { Segment, Transcript } from '../main/domain/transcript';

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
