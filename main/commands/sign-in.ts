import type { SignIns } from '../accounts/sign-in';
import type { Handlers } from './handlers';

/** The verbs about signing in with the browser. */
export function createSignInCommands(signIns: SignIns) {
  return {
    'signIn.begin': ({ service }) => signIns.begin(service),
    async 'signIn.open'({ signInId }) {
      return { opened: await signIns.open(signInId) };
    },
    'signIn.wait': ({ signInId, name, keyLocation }) =>
      signIns.wait(signInId, { name, keyLocation }),
    'signIn.cancel'({ signInId }) {
      signIns.cancel(signInId);
      return null;
    },
  } satisfies Partial<Handlers>;
}
