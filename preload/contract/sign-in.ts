import { z } from 'zod';
import type { ServiceProblem } from '../../main/domain/service-error';
import { accountName, id, keyLocation, service } from './primitives';
import { takes } from './verb';

export type BeginSignInOutcome =
  | {
      outcome: 'offered';
      signInId: string;
      userCode: string;
      /** For a person whose browser did not open. */
      pageUrl: string;
      pageOpened: boolean;
      expiresAtMs: number;
    }
  | { outcome: 'failed'; problem: ServiceProblem; remoteText: string | null };

export type SignInOutcome =
  | { outcome: 'added'; accountId: string; problem: ServiceProblem | null }
  | { outcome: 'expired' | 'denied' | 'cancelled' | 'keychain-failed' | 'key-refused' }
  | { outcome: 'failed'; problem: ServiceProblem; remoteText: string | null };

const signIn = z.strictObject({ signInId: id });

/** The verbs about signing in with the browser. */
export const signInVerbs = {
  /** Opens the service's page, where the user compares `userCode`. */
  'signIn.begin': takes(z.strictObject({ service })).returns<BeginSignInOutcome>(),
  /** Opens the page once more. */
  'signIn.open': takes(signIn).returns<{ opened: boolean }>(),
  /** Settles when the user has decided or time is up. */
  'signIn.wait': takes(
    z.strictObject({ signInId: id, name: accountName, keyLocation }),
  ).returns<SignInOutcome>(),
  'signIn.cancel': takes(signIn).returns<null>(),
};
