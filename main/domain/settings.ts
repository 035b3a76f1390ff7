import type { QuietHours } from './notification-rules';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** What the user has chosen. */
export interface Settings {
  quietHours: QuietHours | null;
  /** Hold notifications back while the desktop is set to "do not disturb", where it reports that. */
  followDoNotDisturb: boolean;
  /** Ended jobs are kept for this many days; null keeps them forever. */
  historyDays: number | null;
  /** Coins. The user has to confirm a start whose flat fee is higher, or not known. */
  confirmOverCoins: number;
  launchAtLogin: boolean;
  theme: Theme;
  /** For all uploads together; null for as fast as the link allows. */
  uploadLimitBytesPerSecond: number | null;
}

/** The settings with those that have verbs of their own. */
export interface StoredSettings extends Settings {
  paused: boolean;
  /** With the certificates of the user's company; it has verbs of its own. */
  certificateFile: string | null;
}

/** Bytes a second. With less, parts would stall; more than this is faster than any link. */
export const MIN_UPLOAD_LIMIT = 10_000;
export const MAX_UPLOAD_LIMIT = 10_000_000_000;

/** Coins; with a higher limit, the user would never have to confirm anything. */
export const MAX_CONFIRM_COINS = 10_000;
