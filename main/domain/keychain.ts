/**
 * What the keychain can do now. `asking`: the desktop asks the user for its password, or whether the app
 * may use it. `no-default`: a keyring program runs, but has no keyring that new keys would go to.
 */
export type KeychainState = 'ready' | 'locked' | 'asking' | 'no-default' | 'missing';

/**
 * Why a keychain does not store or hand out a secret. `no-default`: it has no keyring for new keys;
 * `too-long`: its entries are shorter than the secret; `silent`: it does not answer.
 */
export type KeychainFailureKind = 'locked' | 'no-default' | 'too-long' | 'silent';

/** Where a secret is. `unknown`: nothing can tell, so the keychain itself has to be asked. */
export type SecretPlace = 'readable' | 'locked' | 'absent' | 'unknown';

/** Tells what a keychain would do, before it is asked for a secret: asking it may open a prompt. */
export interface KeychainWatcher {
  state(): Promise<Exclude<KeychainState, 'asking'>>;
  placeOf(name: string): Promise<SecretPlace>;
  /** Has the desktop ask for the password. True once it is unlocked, by this prompt or in another way. */
  unlock(): Promise<boolean>;
  /** Calls `onChange` when the answer of `state` or `placeOf` may be another than before. */
  follow(onChange: () => void): Promise<void>;
  /** How often what keeps the secrets has gone, as far as it is followed: it may have come back since. */
  timesGone(): number;
}
