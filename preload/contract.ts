/**
 * The one contract between main and a window: names and shapes, no code and no dependencies.
 * Main checks every payload against a schema of its own (`main/ipc/payloads.ts`).
 */
import type { Brand, KeyHeader, KeyLocation, ServiceId } from '../main/domain/account';
import type { ClipLine } from '../main/domain/clip-line';
import type { Environment } from '../main/domain/environment';
import type { HistoryFilter, HistoryPage } from '../main/domain/history';
import type { JobEvent, JobKind } from '../main/domain/job';
import type { NotificationRules, NotificationRulesChange } from '../main/domain/notification-rules';
import type { PollingPace } from '../main/domain/polling-pace';
import type { BudgetReport, PollingReason } from '../main/domain/polling-status';
import type { ServiceProblem } from '../main/domain/service-error';
import type { Settings } from '../main/domain/settings';
import type { QueueMove, UploadLog, UploadProblem } from '../main/domain/upload';
import type { ClipCommands, DownloadView } from './contract-clips';
import type { ExecutionVerbs, RealtimeView } from './contract-executions';

export type { Brand, KeyHeader, KeyLocation, ServiceId } from '../main/domain/account';
export type {
  CandidateView,
  ClipLine,
  RenderView,
  Stage,
  UploadView,
} from '../main/domain/clip-line';
export type { Environment } from '../main/domain/environment';
export type { HistoryFilter, HistoryJob, HistoryPage } from '../main/domain/history';
export type { EventSource, JobEvent, JobKind, Phase } from '../main/domain/job';
export type {
  NotificationChoice,
  NotificationRules,
  NotificationRulesChange,
  QuietHours,
} from '../main/domain/notification-rules';
export type { PollingPace } from '../main/domain/polling-pace';
export type { BudgetReport, PollingReason } from '../main/domain/polling-status';
export type { ServiceProblem } from '../main/domain/service-error';
export type { Settings, Theme } from '../main/domain/settings';
export type {
  QueueMove,
  UploadEvent,
  UploadLog,
  UploadProblem,
  UploadStep,
} from '../main/domain/upload';
export type * from './contract-clips';
export type * from './contract-executions';

export interface AccountView {
  id: string;
  service: ServiceId;
  name: string;
  keyHeader: KeyHeader;
  keyLocation: KeyLocation;
  brands: Brand[];
  brandId: string | null;
  balanceCoins: number | null;
  /** Null while all is well. */
  problem: ServiceProblem | null;
  /** The service's own words about the problem. */
  remoteText: string | null;
  lastSuccessAtMs: number | null;
  nextPollAtMs: number | null;
  pollReason: PollingReason;
  pace: PollingPace;
  notificationRules: NotificationRules;
  /** Null until the account is watched. */
  spending: BudgetReport | null;
  realtime: RealtimeView;
}

export interface ServiceView {
  id: ServiceId;
  name: string;
  keyHeaders: KeyHeader[];
  acceptsUploads: boolean;
  hasKeyPage: boolean;
  hasBalancePage: boolean;
  kinds: JobKind[];
  /** What one poll costs, in coins; null where polling is free. */
  coinsPerPoll: number | null;
  /** What its accounts can do besides being watched. */
  offers: {
    runs: boolean;
    clips: boolean;
    publishing: boolean;
    signIn: boolean;
    realtime: boolean;
    credits: boolean;
  };
}

/** All uploads that have not ended, taken together. */
export interface UploadTotals {
  /** Being sent now. */
  sending: number;
  /** In the queue, sending or not, without paused and failed ones. */
  unfinished: number;
  paused: number;
  failed: number;
  /** Of the unfinished ones and of those sent since the queue was last empty. */
  sentBytes: number;
  sizeBytes: number;
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
}

/** Everything a window shows. Collections are keyed by id, so that patches stay small. */
export interface AppState {
  accounts: Record<string, AccountView>;
  services: Record<string, ServiceView>;
  lines: Record<string, ClipLine>;
  uploads: { all: UploadTotals };
  /** Results on their way to the disk or there, by job id. */
  downloads: Record<string, DownloadView>;
  app: { main: { paused: boolean; environment: Environment; settings: Settings } };
}

export type Collection = keyof AppState;

/** One changed entry; a null value removes it. */
export interface Patch {
  collection: Collection;
  id: string;
  value: unknown;
}

/** Patches carry consecutive numbers; a window that misses one asks for a new snapshot. */
export interface PatchMessage {
  sequence: number;
  patches: Patch[];
}

export interface StateSnapshot {
  sequence: number;
  state: AppState;
}

export type AddAccountOutcome =
  | {
      outcome: 'added';
      accountId: string;
      problem: ServiceProblem | null;
      remoteText: string | null;
    }
  | { outcome: 'key-refused'; remoteText: string | null }
  | { outcome: 'keychain-failed' };

export type CheckOutcome = {
  problem: ServiceProblem | null;
  remoteText: string | null;
};

export interface RefusedFile {
  fileName: string;
  problem: UploadProblem;
}

/** What became of dropped, pasted or chosen files and folders. */
export interface AddUploadsOutcome {
  addedCount: number;
  refused: RefusedFile[];
  /** Files of folders that are no videos: left out without a word about each. */
  skippedCount: number;
}

export type ImportOutcome =
  | { outcome: 'started'; clipId: string }
  /** No clear answer: the clip may be on its way. It is never sent again by itself. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  | {
      outcome: 'refused';
      problem: ServiceProblem | 'no-account' | 'no-brand';
      remoteText: string | null;
    };

export type RenderOutcome =
  | { outcome: 'started' }
  /** No clear answer: the render may have started. It is never sent again by itself. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  /** Not sent, since the one before showed that it cannot succeed. */
  | { outcome: 'not-sent' }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** Every verb a window may call: what it sends and what it gets back. */
export interface Commands extends ExecutionVerbs, ClipCommands {
  'account.add': {
    request: {
      service: ServiceId;
      name: string;
      key: string;
      keyHeader: KeyHeader;
      keyLocation: KeyLocation;
    };
    response: AddAccountOutcome;
  };
  'account.replaceKey': {
    request: { accountId: string; key: string; keyLocation: KeyLocation };
    response: AddAccountOutcome;
  };
  'account.check': { request: { accountId: string }; response: CheckOutcome };
  'account.rename': { request: { accountId: string; name: string }; response: null };
  'account.setBrand': { request: { accountId: string; brandId: string }; response: null };
  'account.setKeyHeader': { request: { accountId: string; keyHeader: KeyHeader }; response: null };
  'account.setPace': { request: { accountId: string; pace: PollingPace }; response: null };
  'account.setNotificationRules': {
    request: { accountId: string; change: NotificationRulesChange };
    response: null;
  };
  'account.remove': { request: { accountId: string }; response: null };
  'uploads.add': {
    /** Null brand: the account's chosen one. */
    request: { paths: string[]; accountId: string | null; brandId: string | null };
    response: AddUploadsOutcome;
  };
  'uploads.choose': {
    request: { accountId: string | null; brandId: string | null; what: 'files' | 'folder' };
    response: AddUploadsOutcome;
  };
  'uploads.pauseAll': { request: null; response: null };
  'uploads.resumeAll': { request: null; response: null };
  'uploads.retryAll': { request: null; response: null };
  'uploads.cancelAll': { request: null; response: null };
  'upload.pause': { request: { uploadId: string }; response: null };
  'upload.resume': { request: { uploadId: string }; response: null };
  'upload.retry': { request: { uploadId: string }; response: null };
  'upload.cancel': { request: { uploadId: string }; response: null };
  'upload.move': { request: { uploadId: string; to: QueueMove }; response: null };
  /** Null when the upload is not known any more. */
  'upload.log': { request: { uploadId: string }; response: UploadLog | null };
  /** Asks where to save the log, and saves it as text. */
  'upload.exportLog': { request: { uploadId: string }; response: { saved: boolean } };
  /** The service fetches the video itself. Costs nothing, but is never repeated by itself. */
  'clip.import': {
    request: {
      accountId: string | null;
      brandId: string | null;
      url: string;
      title: string | null;
    };
    response: ImportOutcome;
  };
  /** One render for each candidate; null lets the service choose. Costs credit, never repeated. */
  'render.submit': {
    request: {
      accountId: string;
      clipId: string;
      /** Of the clip as the user saw it; null takes what is known of it. */
      editRevision: number | null;
      candidateIds: (string | null)[];
      /** Null leaves it to the service. */
      template: string | null;
      captions: boolean | null;
    };
    /** In the order of the candidates. */
    response: RenderOutcome[];
  };
  'job.open': { request: { jobId: string }; response: { opened: boolean } };
  'job.copyLink': { request: { jobId: string }; response: { copied: boolean } };
  /** Shows the uploaded file in the system's file manager. */
  'upload.showFile': { request: { uploadId: string }; response: { shown: boolean } };
  'history.search': {
    request: { filter: HistoryFilter; after: string | null; limit: number };
    response: HistoryPage;
  };
  /** Every transition of a job, oldest first. */
  'history.events': { request: { jobId: string }; response: JobEvent[] };
  /** Asks where to save what matches, and saves it. */
  'history.export': {
    request: { filter: HistoryFilter; format: 'csv' | 'json' };
    response: { saved: boolean };
  };
  /** The user looks at a line: its results count as seen, and what is missing of it is read. */
  'line.look': { request: { lineId: string }; response: null };
  'watch.setPaused': { request: { paused: boolean }; response: null };
  'watch.pollNow': { request: null; response: null };
  'settings.change': { request: Partial<Settings>; response: null };
  'page.open': { request: { page: 'keys' | 'balance'; service: ServiceId }; response: null };
  'notifications.test': { request: null; response: { shown: boolean } };
  'logs.show': { request: null; response: null };
  'app.quit': { request: null; response: null };
}

export type Verb = keyof Commands;

/** All verbs, as values. The type makes a missing or unknown one a compile error. */
export const VERBS = {
  'account.add': true,
  'account.replaceKey': true,
  'account.check': true,
  'account.rename': true,
  'account.setBrand': true,
  'account.setKeyHeader': true,
  'account.setPace': true,
  'account.setNotificationRules': true,
  'account.remove': true,
  'uploads.add': true,
  'uploads.choose': true,
  'uploads.pauseAll': true,
  'uploads.resumeAll': true,
  'uploads.retryAll': true,
  'uploads.cancelAll': true,
  'upload.pause': true,
  'upload.resume': true,
  'upload.retry': true,
  'upload.cancel': true,
  'upload.move': true,
  'upload.log': true,
  'upload.exportLog': true,
  'clip.import': true,
  'render.submit': true,
  'job.open': true,
  'job.copyLink': true,
  'upload.showFile': true,
  'history.search': true,
  'history.events': true,
  'history.export': true,
  'line.look': true,
  'watch.setPaused': true,
  'watch.pollNow': true,
  'settings.change': true,
  'page.open': true,
  'notifications.test': true,
  'logs.show': true,
  'app.quit': true,
  'executions.items': true,
  'executions.reporters': true,
  'executions.collections': true,
  'executions.workflows': true,
  'executions.schedules': true,
  'execution.cost': true,
  'execution.start': true,
  'execution.detail': true,
  'execution.transcript': true,
  'execution.saveTranscript': true,
  'execution.documents': true,
  'text.copy': true,
  'account.setRealtimeToken': true,
  'clips.page': true,
  'clip.read': true,
  'clip.follow': true,
  'clip.remove': true,
  'clip.preview': true,
  'clip.check': true,
  'result.download': true,
  'result.cancelDownload': true,
  'result.showFile': true,
  'post.brands': true,
  'post.draft': true,
  'post.publish': true,
  'account.credits': true,
  'signIn.begin': true,
  'signIn.open': true,
  'signIn.wait': true,
  'signIn.cancel': true,
} as const satisfies Record<Verb, true>;

/** What main asks of a window: bring this part into view. */
export type Route =
  | { view: 'jobs'; lineId: string | null }
  /** Upload these files, or ask for some: the window knows how to ask for an account. */
  | { view: 'upload'; paths: string[] | null }
  /** Ask whether and where to import this video. */
  | { view: 'import'; url: string }
  /** Offer to start work on this video. */
  | { view: 'start'; source: string | null }
  | { view: 'history' }
  | { view: 'accounts' }
  | { view: 'settings' };

/** The only thing a page can reach, as `window.cliptray`. */
export interface Bridge {
  /** Calls a verb. Rejects only when main refuses the payload or the sender: a defect, not an outcome. */
  run<V extends Verb>(verb: V, request: Commands[V]['request']): Promise<Commands[V]['response']>;
  snapshot(): Promise<StateSnapshot>;
  onPatches(listener: (message: PatchMessage) => void): () => void;
  onGoTo(listener: (place: Route) => void): () => void;
  /** Disk path of a dropped file, or an empty string when it has none. */
  pathOf(file: File): string;
  /** The user's locale, such as `pt-BR`: chooses the language of the text, numbers and times. */
  locale: string;
}
