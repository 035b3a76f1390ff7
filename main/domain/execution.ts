import type { Choice, Choices } from './choice';
import type { LongText } from './display-text';
import type { JobObservation, Phase } from './job';
import type { Transcript } from './transcript';

/** A source that the service works on: a video, a channel, a feed. */
export interface ItemChoice extends Choice {
  /** The service's own word, such as `youtube_video`. */
  kind: string | null;
  /** The URL or handle it was made from. */
  source: string | null;
}

export interface WorkflowChoice extends Choice {
  /** What it works on, in the service's own word. */
  targetKind: string | null;
}

export interface ScheduleChoice extends Choice {
  workflowId: string | null;
  enabled: boolean | null;
  intervalHours: number | null;
}

export interface CollectionChoice extends Choice {
  itemCount: number | null;
}

/** Work that can be started. Each costs money and has no idempotency key. */
export type StartRequest =
  | {
      kind: 'transcript';
      itemId: string;
      /** Target language; null lets the service detect it. */
      lang: string | null;
      /** Also make it searchable; costs AI tokens. */
      embed: boolean;
      /** The user's own transcript, which saves the provider's cost. */
      text: string | null;
    }
  | {
      kind: 'source';
      reporterId: string;
      /** A URL or a handle. */
      source: string;
      /** Null for the reporter's default one. */
      workflowId: string | null;
    }
  | {
      kind: 'collection';
      reporterId: string;
      collectionId: string;
      workflowId: string | null;
    }
  | { kind: 'schedule'; reporterId: string; scheduleId: string };

/** What the service answered to a start. */
interface Started {
  /** Empty for a schedule, whose answer names no executions: `findStarted` finds them. */
  jobs: JobObservation[];
  /** The service's own word, verbatim: `dispatched` for a schedule. */
  remoteStatus: string | null;
}

/** The state before a start: anything beyond it may be what was started. */
export interface StartBaseline {
  /** When the request was sent, by our clock. */
  sinceMs: number;
  /** Executions known before that: none of them can be the new one. */
  knownIds: ReadonlySet<string>;
  /** Not every list could be read before the start: an execution that ended at no known time may be older. */
  isPartial: boolean;
}

/**
 * The result of a search for started work. `started`: there is a new execution about the same things.
 * `perhaps`: there is a new one, but the service does not say what it is about. `not-seen` proves
 * nothing: the service may take a while to show it.
 */
export interface StartSearch {
  verdict: 'started' | 'perhaps' | 'not-seen';
  jobs: JobObservation[];
}

/** One run of a schedule, as the service calls it. It creates executions. */
export interface ScheduleRun {
  id: string;
  scheduleId: string | null;
  remoteStatus: string | null;
  startedAtMs: number | null;
  /** Ids of the executions it created, as far as the answer names them. */
  executionIds: string[];
}

/** What an execution is about; null where the service does not say. */
export interface ExecutionSubject {
  kind: string | null;
  itemId: string | null;
  reporterId: string | null;
  workflowId: string | null;
  collectionId: string | null;
  scheduleId: string | null;
  lang: string | null;
}

/** One step of a workflow, whether it ran or is still to come. */
export interface ExecutionStep {
  /** From 1, as the service numbers it or in the order of its list. */
  position: number;
  name: string | null;
  toolId: string | null;
  /** Null for a step that is still to come, or where the service does not say. */
  remoteStatus: string | null;
  phase: Phase | null;
  input: LongText | null;
  output: LongText | null;
  failure: string | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

/** Everything that the service says about one execution. */
export interface ExecutionDetail {
  id: string;
  title: string | null;
  phase: Phase;
  remoteStatus: string;
  createdAtMs: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
  failure: string | null;
  /** True only where the answer contains the number 402: it is never inferred from words. */
  endedForLackOfBalance: boolean;
  costCoins: number | null;
  workflow: { id: string | null; name: string | null; targetKind: string | null } | null;
  steps: ExecutionStep[];
  about: ExecutionSubject;
  /** The answer as it came, indented. */
  raw: LongText;
}

/** A document that a workflow wrote. */
export interface ExecutionDocument {
  id: string | null;
  title: string | null;
  kind: string | null;
  itemId: string | null;
  reporterId: string | null;
  /** Set only where the service links a document to its execution. */
  executionId: string | null;
  createdAtMs: number | null;
  content: LongText | null;
  link: string | null;
}

/** An execution as its service describes it, completed by what was requested here. */
export interface ExecutionView extends ExecutionDetail {
  /** For reading the transcript once; null where it is not documented. */
  transcriptFeeCoins: number | null;
}

/** What an execution has produced. */
export interface ExecutionDocuments {
  documents: ExecutionDocument[];
  /** The service has shown all there are. */
  complete: boolean;
  /** The service links them to this execution; otherwise they are newer ones about the same things. */
  certain: boolean;
}

interface DocumentFilter {
  itemId: string | null;
  reporterId: string | null;
  kind: string | null;
}

/** Executions of one account: what can be started, and what they produce. Methods throw ServiceError. */
export interface Executions {
  items(signal?: AbortSignal): Promise<Choices<ItemChoice>>;
  reporters(signal?: AbortSignal): Promise<Choices>;
  workflows(reporterId: string, signal?: AbortSignal): Promise<Choices<WorkflowChoice>>;
  schedules(reporterId: string, signal?: AbortSignal): Promise<Choices<ScheduleChoice>>;
  collections(signal?: AbortSignal): Promise<Choices<CollectionChoice>>;
  /** Makes an item from a URL or handle. Not to be repeated: check with `findItem` first. */
  makeItem(source: string, signal?: AbortSignal): Promise<ItemChoice>;
  /** The item with that source in the list, or null; also null where the list cannot be read. */
  findItem(source: string, signal?: AbortSignal): Promise<ItemChoice | null>;
  /** Flat fee of a start in coins, where it is documented; the provider's cost comes on top. */
  feeCoins(request: StartRequest): number | null;
  /** Fee for reading a transcript once, in coins; null where it is not documented. */
  transcriptFeeCoins: number | null;
  /** Starts work that costs money. Not to be repeated: search with `findStarted` instead. */
  start(request: StartRequest, signal?: AbortSignal): Promise<Started>;
  /** Searches for work that may have started, after a lost answer or one that names no execution. */
  findStarted(
    request: StartRequest,
    since: StartBaseline,
    signal?: AbortSignal,
  ): Promise<StartSearch>;
  /** Executions of a reporter, including those of its schedules. */
  ofReporter(reporterId: string, signal?: AbortSignal): Promise<JobObservation[]>;
  /** Recent runs of the reporter's schedules, as the service orders them. */
  scheduleRuns(reporterId: string, signal?: AbortSignal): Promise<ScheduleRun[]>;
  scheduleRun(reporterId: string, runId: string, signal?: AbortSignal): Promise<ScheduleRun>;
  detail(executionId: string, signal?: AbortSignal): Promise<ExecutionDetail>;
  /** Throws `not-found` while there is none in that language. */
  transcript(itemId: string, lang: string | null, signal?: AbortSignal): Promise<Transcript>;
  documents(
    filter: DocumentFilter,
    signal?: AbortSignal,
  ): Promise<{ documents: ExecutionDocument[]; complete: boolean }>;
}
