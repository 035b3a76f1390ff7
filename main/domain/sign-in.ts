import type { KeychainRefusal } from './account';
import type { ServiceProblem } from './service-error';
import type { ServiceFailure } from './service-failure';

/** A sign-in that a person confirms in the browser. */
export interface SignInOffer {
  /** Secret: whoever has it gets the key. */
  deviceCode: string;
  /** The code that the user compares or types in the browser. */
  userCode: string;
  /** Page to open; https, or http on this machine. */
  verificationUrl: string;
  expiresInMs: number;
  intervalMs: number;
}

/** The service's answer to a poll of the sign-in. */
export type SignInAnswer =
  | { state: 'pending' }
  /** Polled too often. `intervalMs` is the interval that the service wants from now on, if it says. */
  | { state: 'slow-down'; intervalMs: number | null }
  /** The key is as good as a pasted one. */
  | { state: 'complete'; key: string }
  | { state: 'expired' }
  | { state: 'denied' };

/** Sign-in with the browser, for an account that has no key yet. Throws ServiceError. */
export interface SignIn {
  begin(signal?: AbortSignal): Promise<SignInOffer>;
  poll(deviceCode: string, signal?: AbortSignal): Promise<SignInAnswer>;
}

/** A sign-in that has begun, or why it could not. */
export type SignInBeginOutcome =
  | {
      outcome: 'offered';
      signInId: string;
      userCode: string;
      /** Shown if the browser did not open. */
      pageUrl: string;
      pageOpened: boolean;
      expiresAtMs: number;
    }
  | ({ outcome: 'failed' } & ServiceFailure);

/** How a sign-in ended. */
export type SignInOutcome =
  | { outcome: 'added'; accountId: string; problem: ServiceProblem | null }
  | { outcome: 'expired' | 'denied' | 'cancelled' | 'key-refused' }
  | KeychainRefusal
  | ({ outcome: 'failed' } & ServiceFailure);

const MIN_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 60_000;

/** Time until the next poll. After `slow-down`: the interval that it names, or double the last one. */
export function nextPollMs(intervalMs: number, answer: SignInAnswer): number {
  const next =
    answer.state === 'slow-down' ? (answer.intervalMs ?? Math.max(1, intervalMs) * 2) : intervalMs;
  return Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, next));
}
