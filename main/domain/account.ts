import type { KeychainFailureKind } from './keychain';
import type { NotificationRules } from './notification-rules';
import type { PollingPace } from './polling-pace';
import type { ServiceProblem } from './service-error';
import type { ServiceFailure } from './service-failure';

/** A service's id: the name of its folder under `main/services`. */
export type ServiceId = string;

export const KEY_HEADERS = ['bearer', 'x-api-key'] as const;

/** How the key travels. Autoposting takes either header; Clipping takes only `Authorization: Bearer`. */
export type KeyHeader = (typeof KEY_HEADERS)[number];

export const KEY_LOCATIONS = ['keychain', 'session'] as const;

/** Where the key is stored: the OS keychain, or main's memory until the app quits. Never on disk. */
export type KeyLocation = (typeof KEY_LOCATIONS)[number];

/** Autoposting files every clip under a brand, so an upload needs one. */
export interface Brand {
  id: string;
  name: string;
}

/** One API key at one service. The key itself is not here: the API key store has it. */
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

/** What the user enters to add an account. */
export interface NewAccount {
  service: ServiceId;
  name: string;
  key: string;
  keyHeader: KeyHeader;
  keyLocation: KeyLocation;
}

/** What a service says about the owner of a key. */
export interface Profile {
  /** The service's own name for the account, or null when it gives none. */
  label: string | null;
  brands: Brand[];
  /** Coins left, or null when the service does not say. */
  balanceCoins: number | null;
}

/** The keychain did not store the secret, so nothing was saved. */
export interface KeychainRefusal {
  outcome: 'keychain-failed';
  why: KeychainFailureKind;
}

/** What became of a key that was entered. */
export type AddAccountOutcome =
  /** The key is stored. `problem`: why the service could not confirm it; null if it did. */
  | {
      outcome: 'added';
      accountId: string;
      problem: ServiceProblem | null;
      remoteText: string | null;
    }
  | { outcome: 'key-refused'; remoteText: string | null }
  | KeychainRefusal;

/** Whether an account's key works: why it does not, or null in both fields. */
export type CheckOutcome = ServiceFailure | { problem: null; remoteText: null };

/** Why an account is not polled: its key is gone, for another address, or its keychain does not answer. */
export type KeyProblem = Extract<
  ServiceProblem,
  'key-missing' | 'keychain-locked' | 'keychain-silent' | 'other-address'
>;

/** What is known of an account beyond what is stored; lost at quit. */
export interface AccountLiveState {
  /** Why it is not polled, or null. */
  waitsFor: KeyProblem | null;
  balanceCoins: number | null;
}
