import type { CompanyCertificates } from './certificates';
import type { KeychainState } from './keychain';
import type { StorageProblem } from './storage-error';

export interface Restart {
  atMs: number;
  /** A report on the crash was written. */
  hasReport: boolean;
}

/** What this machine and its desktop offer. */
export interface DesktopEnvironment {
  platform: 'linux' | 'darwin' | 'win32';
  version: string;
  keychain: KeychainState;
  /** The certificates of the user's company; null if no file was chosen. */
  certificates: CompanyCertificates | null;
  trayHost: boolean;
  notifications: boolean;
  /** The desktop is set to "do not disturb". */
  doNotDisturb: boolean;
  /** The app was started again by itself after a crash; null when this start was asked for. */
  restarted: Restart | null;
  /** The system says that the user pays for the network by volume. */
  metered: boolean;
  /** Why nothing can be stored; null while all is well. */
  storage: StorageProblem | null;
}

/** What windows and tray show of it: they say what is missing, and what the app does instead. */
export interface Environment extends DesktopEnvironment {
  /** False only when neither the system nor any service says that there is a network. */
  online: boolean;
}
