import { useEffect, useRef, useState } from 'react';
import type {
  KeychainRefusal,
  KeyLocation,
  ServiceProblem,
  SignInBeginOutcome,
  SignInOutcome,
} from '../../../../preload/contract';
import { useCliptray } from '../../state/context';

export type Offer = Extract<SignInBeginOutcome, { outcome: 'offered' }>;

/** Why a sign-in produced no key. */
export type SignInFailure =
  | { outcome: 'expired' | 'denied' | 'key-refused' }
  | KeychainRefusal
  | { outcome: 'failed'; problem: ServiceProblem; remoteText: string | null };

interface SignInState {
  offer: Offer | null;
  isBeginning: boolean;
  failure: SignInFailure | null;
  begin: (service: string, name: string, keyLocation: KeyLocation) => Promise<void>;
  openPage: () => Promise<void>;
  cancel: () => void;
}

/** Sign-in with the browser: starts it, waits for the decision, and cancels it when the dialog closes. */
export function useSignIn(
  onAdded: (added: Extract<SignInOutcome, { outcome: 'added' }>) => void,
): SignInState {
  const { actions } = useCliptray();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [isBeginning, setIsBeginning] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  /** The sign-in that is waited for; the outcome of an earlier one is ignored. */
  const current = useRef<string | null>(null);

  const cancel = () => {
    const signInId = current.current;
    current.current = null;
    setOffer(null);
    if (signInId) void actions.run('signIn.cancel', { signInId });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the dialog closes.
  useEffect(() => () => cancel(), []);

  const begin: SignInState['begin'] = async (service, name, keyLocation) => {
    setFailure(null);
    setIsBeginning(true);
    const done = await actions.run('signIn.begin', { service });
    setIsBeginning(false);
    if (!done) return;
    if (done.response.outcome === 'failed') {
      setFailure(done.response);
      return;
    }
    const offered = done.response;
    current.current = offered.signInId;
    setOffer(offered);
    const waited = await actions.run('signIn.wait', {
      signInId: offered.signInId,
      name,
      keyLocation,
    });
    if (current.current !== offered.signInId) return;
    current.current = null;
    setOffer(null);
    const outcome = waited?.response;
    if (!outcome || outcome.outcome === 'cancelled') return;
    if (outcome.outcome === 'added') onAdded(outcome);
    else setFailure(outcome as SignInFailure);
  };

  return {
    offer,
    isBeginning,
    failure,
    begin,
    async openPage() {
      if (!offer) return;
      await actions.run('signIn.open', { signInId: offer.signInId });
    },
    cancel,
  };
}
