import type {
  HistoryJob,
  PostOutcome,
  RefusedFile,
  ServiceId,
  ServiceProblem,
} from '../../../preload/contract';
import { ANY_JOB, type HistoryChoice } from './history-filter';
import type { LineFilter } from './line-list';
import { createObservable, type Observable } from './observable';

export type View = 'jobs' | 'history' | 'accounts' | 'settings';

/** The one dialog that is open. */
export type DialogRequest =
  | { kind: 'add-account'; service: ServiceId | null }
  | { kind: 'replace-key'; accountId: string }
  | { kind: 'rename-account'; accountId: string }
  | { kind: 'remove-account'; accountId: string }
  | { kind: 'cancel-upload'; uploadId: string }
  | { kind: 'cancel-all-uploads' }
  | { kind: 'choose-upload-target'; source: UploadSource }
  | { kind: 'need-upload-account' }
  | { kind: 'import'; url: string }
  | { kind: 'upload-log'; lineId: string; uploadId: string; title: string }
  | { kind: 'history-job'; job: HistoryJob }
  | { kind: 'clip'; accountId: string; clipId: string; title: string; isFromList: boolean }
  | { kind: 'all-clips'; accountId: string }
  | { kind: 'remove-clip'; accountId: string; clipId: string; title: string }
  | { kind: 'make-draft'; subject: PostSubject }
  | { kind: 'publish'; subject: PostSubject }
  | { kind: 'download'; jobId: string }
  /** Starts an execution; null when nothing is known about its source yet. */
  | { kind: 'start'; source: string | null }
  | { kind: 'need-execution-account' }
  | { kind: 'pasted-link'; url: string }
  | { kind: 'execution'; jobId: string; accountId: string; title: string }
  | { kind: 'session-token'; accountId: string }
  /** Confirms a shorter retention, which deletes jobs. */
  | { kind: 'shorten-history'; days: number };

/** What to upload: known files and folders, or ones to be chosen in the system's dialog. */
export type UploadSource =
  | { from: 'paths'; paths: string[]; pathless: RefusedDrop[] }
  | { from: 'files' | 'folder' };

/** A file that was not uploaded; `no-path` means that it never was on a disk. */
export interface RefusedDrop {
  fileName: string;
  problem: RefusedFile['problem'] | 'no-path';
  service: ServiceId | null;
}

/** What became of a requested render, until a newer render of the same part shows up. */
export interface RenderNote {
  outcome: 'unsure' | 'refused' | 'not-sent';
  /** Null if the request was not sent. */
  problem: ServiceProblem | null;
  remoteText: string | null;
  /** The newest render at the time of the request. */
  renderJobId: string | null;
}

/** A finished render that can be posted. */
export interface PostSubject {
  accountId: string;
  clipId: string;
  /** The render. */
  jobId: string;
  /** Null if the service does not say which part was rendered: it then picks one by itself. */
  candidateId: string | null;
  title: string;
}

/** What became of a post. It is never sent again without the user's knowledge. */
export interface PostNote {
  mode: 'publish' | 'schedule' | 'draft';
  atMs: number;
  outcome: PostOutcome;
}

/** The state that belongs to this window alone, and is gone when it closes. */
export interface WindowState {
  view: View;
  dialog: DialogRequest | null;
  filter: LineFilter;
  query: string;
  history: HistoryChoice;
  expanded: ReadonlySet<string>;
  /** The line to bring into view; the number tells a repeated request apart. */
  target: { lineId: string; number: number } | null;
  highlightedLineId: string | null;
  highlightedAccountId: string | null;
  refused: RefusedDrop[];
  renderNotes: Readonly<Record<string, RenderNote>>;
  /** The last post made of each render, by job id. */
  postNotes: Readonly<Record<string, PostNote>>;
  /** Why the last call to main that failed did: nothing could be stored then, or a defect in Cliptray. */
  failedCall: 'not-stored' | 'defect' | null;
  dismissedNotices: ReadonlySet<string>;
  /** The latest announcement to screen readers; `shown` ones are also visible for a moment. */
  announcement: { text: string; number: number; shown: boolean };
}

export type WindowStateStore = Observable<WindowState> & {
  patch(change: Partial<WindowState>): void;
};

/** Makes the state of a fresh window. */
export function createWindowState(dismissedNotices: ReadonlySet<string>): WindowStateStore {
  const store = createObservable<WindowState>({
    view: 'jobs',
    dialog: null,
    filter: 'all',
    query: '',
    history: ANY_JOB,
    expanded: new Set(),
    target: null,
    highlightedLineId: null,
    highlightedAccountId: null,
    refused: [],
    renderNotes: {},
    postNotes: {},
    failedCall: null,
    dismissedNotices,
    announcement: { text: '', number: 0, shown: false },
  });
  return { ...store, patch: (change) => store.set({ ...store.get(), ...change }) };
}

/** Key of a note about one part of one clip. */
export function renderNoteKey(
  { accountId, clipId }: { accountId: string; clipId: string },
  candidateId: string | null,
): string {
  return JSON.stringify([accountId, clipId, candidateId]);
}
