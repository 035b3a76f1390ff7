import type { ClipLine } from '../../main/domain/clip-line';
import type { Environment } from '../../main/domain/environment';
import type { Settings } from '../../main/domain/settings';
import type { AccountView } from './accounts';
import type { DownloadView } from './results';
import type { ServiceView } from './services';
import type { UploadTotals } from './uploads';

/** Everything a window shows. Collections are keyed by id, so that patches stay small. */
export interface AppState {
  accounts: Record<string, AccountView>;
  services: Record<string, ServiceView>;
  lines: Record<string, ClipLine>;
  uploads: { all: UploadTotals };
  /** Downloads of results, in progress or ended, by job id. */
  downloads: Record<string, DownloadView>;
  app: { main: { paused: boolean; environment: Environment; settings: Settings } };
}

export type Collection = keyof AppState;

/** What a collection holds. */
export type StateEntry<C extends Collection> = AppState[C][keyof AppState[C]];

/** The state as patches see it: every collection by any id. */
export type StateCollections = { [C in Collection]: Record<string, StateEntry<C>> };

/** One changed entry; a null value removes it. */
export type Patch<C extends Collection = Collection> = {
  [K in C]: { collection: K; id: string; value: StateEntry<K> | null };
}[C];

/** Patches carry consecutive numbers; a window that missed one asks for a new snapshot. */
export interface PatchMessage {
  sequence: number;
  patches: Patch[];
}

export interface StateSnapshot {
  sequence: number;
  state: AppState;
}
