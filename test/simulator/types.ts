/** The services that listen. */
export type ServiceName = 'autoposting' | 'clipping' | 'storage';
/** The services that have accounts. */
export type AccountService = 'autoposting' | 'clipping';
/** How a key answers: the README says what each state means at each service. */
export type KeyState = 'ok' | 'revoked' | 'scope-limited' | 'suspended' | 'broke';

export interface Account {
  id: string;
  service: AccountService;
  name: string;
  email: string;
  /** Autoposting: every mutation answers 403 billing_suspended. */
  suspended: boolean;
  /** Clipping: coins. Autoposting: credits. */
  balance: number;
  spent: number;
  createdAtMs: number;
}

export interface ApiKey {
  key: string;
  accountId: string;
  label: string;
  revoked: boolean;
  /** null: everything. Only Autoposting has scopes. */
  scopes: string[] | null;
  /** Made by the browser sign-in; may read /orgs. */
  session: boolean;
  expiresAtMs: number | null;
}

/** An account on a platform. It may be over although it counts as connected. */
export interface PlatformConnection {
  platform: string;
  connected: boolean;
  expiresAtMs?: number;
  refreshError?: string;
}

export interface Brand {
  id: string;
  accountId: string;
  name: string;
  slug: string;
  timezone: string;
  platforms: PlatformConnection[];
  createdAtMs: number;
}

/** A fixed number of milliseconds, or a range from which each object draws one. */
export type Duration = number | { minMs: number; maxMs: number };

/** What the control API can change on any object that has a status. */
export interface Bendable {
  /** Set by hand: the plan no longer moves this object. */
  frozen: boolean;
  /** Left out of lists, and 404 when read. */
  hidden: boolean;
  /** Overrides fields of the answer as it leaves, whatever the shape. */
  fields: Record<string, unknown>;
}

export interface ClipPlan {
  processingMs: Duration;
  /** The last status: ready, failed, or any word. */
  outcome: string;
  candidates: number;
}

export interface Candidate {
  id: string;
  title: string;
  startMs: number;
  endMs: number;
  score: number;
  hook: number;
  retention: number;
  clarity: number;
  visual: number;
  splitEligible: boolean;
}

export interface Clip extends Bendable {
  id: string;
  accountId: string;
  brandId: string;
  title: string;
  fileName: string;
  sizeBytes: number;
  mimeType: string;
  durationMs: number;
  status: string;
  createdAtMs: number;
  updatedAtMs: number;
  readyAtMs: number | null;
  plan: ClipPlan;
  candidates: Candidate[];
  editRevision: number;
  uploadId: string | null;
  sourceUrl: string | null;
}

export interface RenderPlan {
  queuedMs: Duration;
  renderMs: Duration;
  /** The last status: completed, failed, or any word. */
  outcome: string;
  estimatedDurationSec: number;
}

export interface RenderJob extends Bendable {
  id: string;
  clipId: string;
  accountId: string;
  candidateId: string | null;
  editRevision: number;
  status: string;
  createdAtMs: number;
  startsAtMs: number;
  endsAtMs: number;
  completedAtMs: number | null;
  plan: RenderPlan;
  costCredits: number;
  /** A file to serve instead of the sample. */
  outputFile: string | null;
  outputSizeBytes: number;
}

export interface ExecutionPlan {
  pendingMs: Duration;
  runningMs: Duration;
  /** The last status: done, error, or any word. */
  outcome: string;
  steps: number;
  /** Taken from the payer, one share at the start of each step. */
  providerCoins: number;
}

export type ExecutionKind = 'transcript' | 'workflow' | 'collection' | 'scheduled';

export interface Execution extends Bendable {
  id: string;
  accountId: string;
  payerAccountId: string;
  kind: ExecutionKind;
  itemId: string | null;
  reporterId: string | null;
  workflowId: string | null;
  collectionId: string | null;
  scheduleId: string | null;
  runId: number | null;
  lang: string | null;
  text: string | null;
  status: string;
  createdAtMs: number;
  startsAtMs: number;
  runningMs: number;
  stepsBegun: number;
  stepsDone: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  error: string | null;
  /** The payer ran out of coins while it ran. */
  broke: boolean;
  plan: ExecutionPlan;
  /** Overrides whether active=1 lists it; null goes by the status. */
  listed: boolean | null;
}

export interface Item {
  id: string;
  accountId: string;
  type: 'youtube_channel' | 'youtube_video' | 'twitter' | 'rss';
  source: string;
  title: string;
  createdAtMs: number;
}

export interface Transcript {
  itemId: string;
  lang: string;
  text: string;
  segments: { start: number; end: number; text: string }[];
}

export interface Workflow {
  id: string;
  reporterId: string;
  name: string;
  targetKind: string;
  steps: { tool_id: string; prompt_text: string; params?: unknown }[];
}

export interface Reporter {
  id: string;
  accountId: string;
  name: string;
  /** Other accounts may process with it; its owner pays the provider. */
  public: boolean;
  createdAtMs: number;
}

export interface Collection {
  id: string;
  accountId: string;
  name: string;
  itemIds: string[];
}

export interface Schedule {
  id: string;
  reporterId: string;
  name: string;
  workflowId: string;
  intervalHours: number;
  collectionIds: string[];
  enabled: boolean;
}

export interface ScheduleRun {
  id: number;
  reporterId: string;
  scheduleId: string;
  accountId: string;
  startedAtMs: number;
  /** When its executions appear; null once they have. */
  dispatchAtMs: number | null;
  executionIds: string[];
}

export interface Document {
  id: string;
  accountId: string;
  itemId: string | null;
  reporterId: string | null;
  kind: string;
  title: string;
  content: string;
  createdAtMs: number;
}

export interface Post {
  id: string;
  accountId: string;
  clipId: string;
  candidateId: string | null;
  status: string;
  body: Record<string, unknown>;
}

export interface DeviceCode {
  deviceCode: string;
  userCode: string;
  expiresAtMs: number;
  intervalSec: number;
  lastPollMs: number | null;
  state: 'pending' | 'approved' | 'denied' | 'used';
  key: string | null;
}
