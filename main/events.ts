import type { CompanyCertificates } from './domain/certificates';
import type { ConnectivityChange } from './domain/connectivity';
import type { DownloadActivity } from './domain/download';
import type { DesktopEnvironment } from './domain/environment';
import type { KeychainState } from './domain/keychain';
import { type Logger, reason } from './domain/logger';
import type { DeliveryOutcome } from './domain/notification';
import type { StoredSettings } from './domain/settings';
import type { StorageProblem } from './domain/storage-error';
import type { UploadEvent, UploadProgress } from './domain/upload';

/** Everything that can change, and what a listener learns of it. */
interface Changes {
  /** Jobs were written, seen or deleted. Repositories emit this and the next four, after a commit. */
  jobs: { accountId: string | null };
  uploads: { uploadId: string | null };
  downloads: { jobId: string };
  accounts: { accountId: string; isRemoved: boolean };
  settings: { changes: Partial<StoredSettings> };
  /** Nothing can be stored any more, for this reason; null once something can be stored again. */
  storage: { problem: StorageProblem | null };
  /** Notifications wait in the outbox, including all that belong together. */
  outbox: null;
  /** What the desktop did with a notification. */
  delivery: { outcome: DeliveryOutcome };
  /** A step in an upload's life, which its log has already. */
  uploadEvent: { uploadId: string; event: UploadEvent };
  uploadProgress: { uploadId: string; progress: UploadProgress };
  /** Null when it is no longer under way: the stored download says how it ended. */
  downloadActivity: { jobId: string; activity: DownloadActivity | null };
  /** The account is connected, or waits for its key: either way it is known if calls can be made. */
  connection: { accountId: string; isConnected: boolean };
  pollingStatus: { accountId: string };
  /** Whatever ended while the app was off, the machine asleep or offline has been found. */
  catchUpEnded: null;
  liveChannel: { accountId: string };
  /** A live channel says that something may have changed at the account's service. */
  liveHint: { accountId: string };
  balance: { accountId: string };
  /** The user opened a clip, which is to stay in the list however old it is. */
  openedClips: null;
  /** Other certificates of the user's company are trusted than before. */
  certificates: { inUse: CompanyCertificates | null };
  /** What the keychain can do has changed. */
  keychain: { state: KeychainState };
  /** A secret that the keychain did not hand out may be readable now. */
  keychainChecked: null;
  environment: { changes: Partial<DesktopEnvironment> };
  connectivity: ConnectivityChange;
  /** The state that windows and tray show is up to date. */
  appState: null;
  /** The window was opened, with a new page that knows nothing yet. */
  windowOpened: null;
  /** The window's page ended so often that it is not opened again by itself. */
  pageKeepsEnding: null;
  /** The user pressed the quit shortcut, on desktops that have one. */
  quitKey: null;
  /** A host for tray icons has appeared, or was replaced: it shows no icon that is older. */
  trayHost: null;
}

export type ChangeName = keyof Changes;
type Listener<N extends ChangeName> = (change: Changes[N]) => void;

/**
 * The one way in which a part of the app learns what another has done. Listeners are called
 * synchronously, in the order in which they subscribed. If one throws, that is logged and the others are
 * still called.
 */
export interface ChangeFeed {
  emit<N extends ChangeName>(name: N, change: Changes[N]): void;
  /** Returns the function that unsubscribes. */
  on<N extends ChangeName>(name: N, listener: Listener<N>): () => void;
}

/** Makes the feed; the app has one. */
export function createChangeFeed(logger: Pick<Logger, 'error'>): ChangeFeed {
  const listeners = new Map<ChangeName, Set<Listener<never>>>();
  return {
    emit(name, change) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<typeof name>)(change);
        } catch (error) {
          logger.error('listener failed', { change: name, reason: reason(error) });
        }
      }
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener as Listener<never>));
      return () => void all.delete(listener as Listener<never>);
    },
  };
}

/** A feed without listeners, for programs such as a benchmark of one part. */
export const silentFeed: ChangeFeed = { emit: () => {}, on: () => () => {} };
