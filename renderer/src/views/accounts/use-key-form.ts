import { useRef, useState } from 'react';
import type { AddAccountOutcome, KeychainRefusal, KeyLocation } from '../../../../preload/contract';
import { useAppState, useTranslator } from '../../state/context';

type Added = Extract<AddAccountOutcome, { outcome: 'added' }>;

export interface KeyForm {
  keyRef: React.RefObject<HTMLInputElement | null>;
  keyError: string | null;
  isPending: boolean;
  /** The service refused the key; with its own words, if it sent any. */
  refused: { remoteText: string | null } | null;
  /** Why the keychain did not store the key; null if it was not tried, or did. */
  keychainFailure: KeychainRefusal['why'] | null;
  isSession: boolean;
  isSessionMissing: boolean;
  setIsSession: (isSession: boolean) => void;
  /** Where the key is to be stored, or null when the user has to decide first. */
  chooseLocation: () => KeyLocation | null;
  /** Validates the form and saves. Returns the outcome, or null when the form has to stay open. */
  submit: (
    save: (key: string, keyLocation: KeyLocation) => Promise<AddAccountOutcome | null>,
  ) => Promise<Added | null>;
}

/** What adding an account and replacing a key have in common: the key, and where it is stored. */
export function useKeyForm(): KeyForm {
  const t = useTranslator();
  const hasKeychain = useAppState((state) => state.app.main.environment.keychain !== 'missing');
  const keyRef = useRef<HTMLInputElement>(null);
  const [keyError, setKeyError] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [refused, setRefused] = useState<KeyForm['refused']>(null);
  const [keychainFailure, setKeychainFailure] = useState<KeyForm['keychainFailure']>(null);
  const [isSession, setIsSession] = useState(false);
  const [isSessionMissing, setIsSessionMissing] = useState(false);

  const submit: KeyForm['submit'] = async (save) => {
    const key = keyRef.current?.value.trim() ?? '';
    const isKeyMissing = key === '';
    const isPlaceMissing = !hasKeychain && !isSession;
    setRefused(null);
    setKeyError(isKeyMissing ? t.text('addAccount.key.empty') : null);
    setIsSessionMissing(isPlaceMissing);
    if (isKeyMissing) keyRef.current?.focus();
    if (isKeyMissing || isPlaceMissing || isPending) return null;

    setIsPending(true);
    const outcome = await save(key, isSession ? 'session' : 'keychain');
    setIsPending(false);
    if (outcome?.outcome === 'added') {
      if (keyRef.current) keyRef.current.value = '';
      return outcome;
    }
    if (outcome?.outcome === 'key-refused') {
      setRefused({ remoteText: outcome.remoteText });
      keyRef.current?.focus({ preventScroll: true });
      keyRef.current?.select();
    }
    if (outcome?.outcome === 'keychain-failed') setKeychainFailure(outcome.why);
    return null;
  };

  const chooseLocation = (): KeyLocation | null => {
    const isMissing = !hasKeychain && !isSession;
    setIsSessionMissing(isMissing);
    return isMissing ? null : isSession ? 'session' : 'keychain';
  };

  return {
    chooseLocation,
    keyRef,
    keyError,
    isPending,
    refused,
    keychainFailure,
    isSession,
    isSessionMissing,
    setIsSession: (next) => {
      setIsSession(next);
      setIsSessionMissing(false);
    },
    submit,
  };
}
