import type { KeychainRefusal } from '../domain/account';
import type { KeychainFailureKind } from '../domain/keychain';
import { StorageError } from '../domain/storage-error';

/** Raised instead of the keychain's own errors, whose texts may contain anything. */
export class KeychainFailure extends Error {
  readonly kind: KeychainFailureKind;

  constructor(kind: KeychainFailureKind) {
    super(`the keychain is ${kind}`);
    this.name = 'KeychainFailure';
    this.kind = kind;
  }
}

// macOS says these in the user's language, and keytar passes on nothing else. What is not recognised is
// only called silent, so the app waits and tries again either way.
// https://developer.apple.com/documentation/security/security-framework-result-codes
const LOCKED =
  /user canceled|interaction is not allowed|passphrase you entered is not correct|locked collection/i;

/** What an error of keytar means. */
export function keychainFailure(error: unknown): KeychainFailure {
  if (error instanceof KeychainFailure) return error;
  return new KeychainFailure(
    LOCKED.test(String((error as Error | null)?.message)) ? 'locked' : 'silent',
  );
}

/**
 * What the user is told when a secret could not be saved. Throws a StorageError again: a full disk is not
 * the keychain's fault.
 */
export function keychainRefusal(error: unknown): KeychainRefusal {
  if (error instanceof StorageError) throw error;
  return { outcome: 'keychain-failed', why: keychainFailure(error).kind };
}
