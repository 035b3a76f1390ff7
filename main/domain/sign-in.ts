/** A sign-in that a person confirms in the browser. */
export interface SignInOffer {
  /** Secret: whoever has it gets the key. */
  deviceCode: string;
  /** What the person compares or types in the browser. */
  userCode: string;
  /** Page to open; https, or http on this machine. */
  verificationUrl: string;
  expiresInMs: number;
  intervalMs: number;
}

/** What the service says to a question for the outcome. */
export type SignInAnswer =
  | { state: 'pending' }
  /** Asked too often. `intervalMs` is what the service wants from now on, if it says. */
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

const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Time to the next question: the service's own figure for slowing down, else double. */
export function nextPollMs(intervalMs: number, answer: SignInAnswer): number {
  const next =
    answer.state === 'slow-down' ? (answer.intervalMs ?? Math.max(1, intervalMs) * 2) : intervalMs;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, next));
}
