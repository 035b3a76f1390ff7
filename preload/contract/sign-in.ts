import { z } from 'zod';
import type { SignInBeginOutcome, SignInOutcome } from '../../main/domain/sign-in';
import { accountName, id, keyLocation, service } from './primitives';
import { takes } from './verb';

export type { SignInBeginOutcome, SignInOutcome } from '../../main/domain/sign-in';

const signIn = z.strictObject({ signInId: id });

/** The verbs about signing in with the browser. */
export const signInVerbs = {
  /** Opens the service's page, where the user compares `userCode`. */
  'signIn.begin': takes(z.strictObject({ service })).returns<SignInBeginOutcome>(),
  /** Opens the page once more. */
  'signIn.open': takes(signIn).returns<{ opened: boolean }>(),
  /** Resolves when the user has decided, or when the code has expired. */
  'signIn.wait': takes(
    z.strictObject({ signInId: id, name: accountName, keyLocation }),
  ).returns<SignInOutcome>(),
  'signIn.cancel': takes(signIn).returns<null>(),
};
