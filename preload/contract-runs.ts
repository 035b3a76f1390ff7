import type { Choices } from '../main/domain/choice';
import type { RealtimeState } from '../main/domain/realtime';
import type {
  CollectionChoice,
  ItemChoice,
  RunDetail,
  RunDocument,
  ScheduleChoice,
  StartRequest,
  WorkflowChoice,
} from '../main/domain/runs';
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
export type Readable<T> = { value: T } | { problem: ServiceProblem; remoteText: string | null };

export type TranscriptFormat = 'txt' | 'srt' | 'vtt';

/** An execution as its service tells it, completed by what was asked for here. */
export interface RunView extends RunDetail {
  /** For reading the transcript once; null where it is not documented. */
  transcriptFeeCoins: number | null;
}

/** What a run has left. */
export interface RunDocuments {
  documents: RunDocument[];
  complete: boolean;
  /** The service ties them to this run; otherwise they are of the same things, since it began. */
  certain: boolean;
}

export type {
  Choice,
  Choices,
  LongText,
} from '../main/domain/choice';
export type { RealtimeState } from '../main/domain/realtime';
export type {
  CollectionChoice,
  ItemChoice,
  RunDocument,
  RunStep,
  ScheduleChoice,
  WorkflowChoice,
} from '../main/domain/runs';
export type { Segment, Transcript } from '../main/domain/transcript';

/** The verbs about executions. */
export interface RunCommands {
  'runs.items': { request: { accountId: string }; response: Readable<Choices<ItemChoice>> };
  'runs.reporters': { request: { accountId: string }; response: Readable<Choices> };
  'runs.collections': {
    request: { accountId: string };
    response: Readable<Choices<CollectionChoice>>;
  };
  'runs.workflows': {
    request: { accountId: string; reporterId: string };
    response: Readable<Choices<WorkflowChoice>>;
  };
  'runs.schedules': {
    request: { accountId: string; reporterId: string };
    response: Readable<Choices<ScheduleChoice>>;
  };
  /** The form need not be filled in yet. */
  'run.cost': { request: { accountId: string; form: StartForm }; response: StartCost };
  /** Costs money and is never repeated by itself. `agreed`: the user has seen the cost. */
  'run.start': {
    request: { accountId: string; form: StartForm; agreed: boolean };
    response: StartOutcome;
  };
  'run.detail': { request: { jobId: string }; response: Readable<RunView> };
  /** Reading it costs a fee: only when the user asks. Null language: whichever there is. */
  'run.transcript': {
    request: { jobId: string; lang: string | null };
    response: Readable<Transcript>;
  };
  /** Asks where to save the transcript that was read last for this job. */
  'run.saveTranscript': {
    request: { jobId: string; lang: string | null; format: TranscriptFormat };
    response: { saved: boolean };
  };
  'run.documents': {
    request: { jobId: string };
    response: Readable<RunDocuments>;
  };
  /** Copies text of a transcript or document. */
  'text.copy': { request: { text: string }; response: { copied: boolean } };
  /** A session token for the realtime channel, kept as keys are; null takes it away. */
  'account.setRealtimeToken': {
    request: { accountId: string; token: string | null };
    response: { outcome: 'set' | 'removed' | 'keychain-failed' };
  };
}

/** State of an account's realtime channel; null where the service has none or no token was given. */
export type RealtimeView = RealtimeState | null;
