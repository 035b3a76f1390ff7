import type { QuietHours } from './notification-rules';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** What the user has chosen. */
export interface Settings {
  quietHours: QuietHours | null;
  /** Hold notifications back while the desktop says not to disturb, where it says so. */
  followDoNotDisturb: boolean;
  /** Ended jobs are kept this many days; null for ever. */
  historyDays: number | null;
  /** Coins. A start whose flat fee is higher, or not known, is asked about first. */
  confirmOverCoins: number;
  launchAtLogin: boolean;
  theme: Theme;
  /** Of all uploads together; null for as fast as the link allows. */
  uploadLimitBytesPerSecond: number | null;
}

/** The settings with the switch for watching, which has a verb of its own. */
export interface StoredSettings extends Settings {
  paused: boolean;
}

/** Bytes a second. Less would let parts stall, more than any link is no limit. */
export const MIN_UPLOAD_LIMIT = 10_000;
export const MAX_UPLOAD_LIMIT = 10_000_000_000;

/** Coins; a higher limit would ask about nothing. */
export const MAX_CONFIRM_COINS = 10_000;
