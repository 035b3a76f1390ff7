import type { ConnectivityChange } from './domain/connectivity';
import type { DownloadActivity } from './domain/download';
import type { Environment } from './domain/environment';
import { type Logger, reason } from './domain/logger';
import type { DeliveryOutcome } from './domain/notification';
import type { StoredSettings } from './domain/settings';
import type { UploadEvent, UploadProgress } from './domain/upload';

/** Everything that can change, and what a listener learns of it. */
interface Changes {
  /** Jobs were written, seen or deleted. Told by the repository after its commit, as the next four are. */
  jobs: { accountId: string | null };
  uploads: { uploadId: string | null };
  downloads: { jobId: string };
  accounts: { accountId: string; isRemoved: boolean };
  settings: { changes: Partial<StoredSettings> };
  /** Notifications wait in the outbox, and everything that belongs with them is in it too. */
  outbox: null;
  /** What the desktop did with a notification. */
  delivery: { outcome: DeliveryOutcome };
  /** A step of an upload's life; its log has it already. */
  uploadEvent: { uploadId: string; event: UploadEvent };
  uploadProgress: { uploadId: string; progress: UploadProgress };
  /** Null when nothing is under way any more: the stored download says how it ended. */
  downloadActivity: { jobId: string; activity: DownloadActivity | null };
  /** The account is connected, or waits for its key: it is known whether calls can be made for it. */
  connection: { accountId: string; isConnected: boolean };
  pollingStatus: { accountId: string };
  /** What ended before a start, in a sleep or without a network has been collected. */
  catchUpEnded: null;
  liveChannel: { accountId: string };
  balance: { accountId: string };
  /** A clip is to stay in the list, however old it is. */
  openedClips: null;
  environment: { changes: Partial<Environment> };
  connectivity: ConnectivityChange;
  /** The state that windows and tray show is up to date. */
  appState: null;
  /** The window has opened: a new page that knows nothing of what was shown before. */
  windowOpened: null;
  /** The user pressed the key that quits, where desktops expect one. */
  quitKey: null;
}

export type ChangeName = keyof Changes;
type Listener<N extends ChangeName> = (change: Changes[N]) => void;

/**
 * The one way in which a part of the app learns of what another did. Listeners are called at once,
 * in the order in which they began to listen. One that throws stops no other, and is logged.
 */
export interface ChangeFeed {
  emit<N extends ChangeName>(name: N, change: Changes[N]): void;
  /** Returns the function that ends it. */
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

/** For programs that have nobody to tell, such as a benchmark of one part. */
export const silentFeed: ChangeFeed = { emit: () => {}, on: () => () => {} };
