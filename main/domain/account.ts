import type { NotificationRules } from './notification-rules';
import type { PollingPace } from './polling-pace';

/** A service's id: the name of its folder under `main/services`. */
export type ServiceId = string;

export const KEY_HEADERS = ['bearer', 'x-api-key'] as const;

/** How the key travels. Autoposting takes either header; Clipping takes only `Authorization: Bearer`. */
export type KeyHeader = (typeof KEY_HEADERS)[number];

export const KEY_LOCATIONS = ['keychain', 'session'] as const;

/** Where the key is kept: the OS keychain, or main's memory until the app quits. Never on disk. */
export type KeyLocation = (typeof KEY_LOCATIONS)[number];

/** Autoposting files every clip under a brand, so an upload needs one. */
export interface Brand {
  id: string;
  name: string;
}

/** One API key at one service. The key itself is not here: it is in `main/credentials`. */
export interface Account {
  id: string;
  service: ServiceId;
  name: string;
  keyHeader: KeyHeader;
  keyLocation: KeyLocation;
  /** Brands the key can upload to, as last read. Empty for services without brands. */
  brands: Brand[];
  /** The brand uploads go to, or null until one is chosen. */
  brandId: string | null;
  addedAtMs: number;
  pace: PollingPace;
  notificationRules: NotificationRules;
}

/** What a service says about the key that asked. */
export interface Profile {
  /** The service's own name for the account, or null when it gives none. */
  label: string | null;
  brands: Brand[];
  /** Coins left, or null when the service does not tell. */
  balanceCoins: number | null;
}
