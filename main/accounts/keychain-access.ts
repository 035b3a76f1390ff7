import type { Clock } from '../domain/clock';
import type { KeychainFailureKind, KeychainState, KeychainWatcher } from '../domain/keychain';
import type { Logger } from '../domain/logger';
import { reason } from '../domain/logger';
import type { ChangeFeed } from '../events';
import { KeychainFailure, keychainFailure } from './keychain-failure';
import type { Keychain } from './os-keychain';

/** Read to learn whether a keychain answers; never written. */
const PROBE = 'availability-check';
/** A call that takes this long most likely waits for the user, whom the system asks for something. */
const SLOW_MS = 1_500;
/** KeePassXC does not report that it was unlocked (keepassxc#11368). */
const CHECK_MS = 10_000;
/** A change is mostly reported several times. */
const SETTLE_MS = 100;

export interface KeychainAccessDeps {
  keychain: Keychain;
  /** Null where nothing tells what the keychain would do: there it is simply asked. */
  watcher: KeychainWatcher | null;
  feed: ChangeFeed;
  clock: Clock;
  logger: Logger;
}

/**
 * The keychain, asked for a secret only when it would hand it over. A locked one is not the same as a
 * missing secret, and libsecret answers both alike once a prompt was dismissed. So the user is asked to
 * unlock it once: at the first secret that is needed after a start, and then only when the user wants
 * something of it. Emits `keychain`.
 */
export function createKeychainAccess({
  keychain,
  watcher,
  feed,
  clock,
  logger,
}: KeychainAccessDeps) {
  let state: KeychainState = 'ready';
  let mayAsk = true;
  /** The prompt that is open: whatever needs the keychain meanwhile waits for the same one. */
  let unlocking: Promise<boolean> | null = null;
  /** Secrets that are there, and that the user did not want to be handed out. */
  const refused = new Set<string>();
  let waitingCalls = 0;
  let cancelCheck = () => {};
  let cancelSettle: (() => void) | null = null;
  let isClosed = false;

  function become(next: KeychainState): void {
    if (waitingCalls > 0) next = 'asking';
    if (next === state) return;
    if (next === 'ready') refused.clear();
    state = next;
    logger.info('keychain', { state });
    feed.emit('keychain', { state });
  }

  async function readState(): Promise<Exclude<KeychainState, 'asking'>> {
    const watched = (await watcher?.state()) ?? 'missing';
    if (watched !== 'missing') return watched;
    try {
      // An entry that does not exist unlocks nothing. In a sandbox, libsecret needs no service.
      await keychain.read(PROBE);
      return 'ready';
    } catch {
      return 'missing';
    }
  }

  /** Reports the state, and that what could not be read before may be readable now. */
  async function check(): Promise<void> {
    cancelSettle?.();
    cancelSettle = null;
    cancelCheck();
    become(await readState());
    if (isClosed) return;
    feed.emit('keychainChecked', null);
    // One that is missing is announced on the bus when it appears.
    if (state === 'locked' || state === 'no-default') {
      cancelCheck = clock.after(CHECK_MS, () => void check());
    }
  }

  const checkSoon = () => {
    if (!isClosed) cancelSettle ??= clock.after(SETTLE_MS, () => void check());
  };

  /** Says that the user is being asked for as long as the call takes, from `afterMs` on. */
  async function whileAsking<T>(afterMs: number, call: () => Promise<T>): Promise<T> {
    let isCounted = false;
    const cancel = clock.after(afterMs, () => {
      isCounted = true;
      waitingCalls += 1;
      become('asking');
    });
    try {
      return await call();
    } finally {
      cancel();
      if (isCounted) {
        waitingCalls -= 1;
        checkSoon();
      }
    }
  }

  /** Makes a call to the keychain itself. Throws KeychainFailure. */
  async function ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await whileAsking(SLOW_MS, call);
    } catch (error) {
      logger.warn('keychain', { failure: reason(error) });
      throw keychainFailure(error);
    }
  }

  async function unlock(): Promise<void> {
    if (!watcher || (!mayAsk && !unlocking)) throw new KeychainFailure('locked');
    mayAsk = false;
    unlocking ??= whileAsking(0, () => watcher.unlock()).finally(() => {
      unlocking = null;
    });
    if (!(await unlocking)) throw new KeychainFailure('locked');
  }

  async function read(name: string): Promise<string | null> {
    const place = (await watcher?.placeOf(name)) ?? 'unknown';
    if (place === 'absent') return null;
    if (refused.has(name)) throw new KeychainFailure('locked');
    if (place === 'locked') await unlock();
    const secret = await ask(() => keychain.read(name)).catch((error: KeychainFailure) => {
      if (error.kind === 'locked') refused.add(name);
      throw error;
    });
    if (secret !== null || !watcher) return secret;
    if (place === 'unknown') {
      if ((await watcher.state()) === 'no-default') throw new KeychainFailure('no-default');
      return null;
    }
    if ((await watcher.placeOf(name)) === 'absent') return null;
    refused.add(name);
    throw new KeychainFailure('locked');
  }

  return {
    state: (): KeychainState => state,
    /** Throws KeychainFailure when it cannot be known whether there is such a secret. */
    read,
    /** Stores a secret, and makes sure that it is there. Throws KeychainFailure if it is not. */
    async write(name: string, secret: string): Promise<void> {
      const before = await watcher?.state();
      const failed = (kind: KeychainFailureKind) =>
        new KeychainFailure(before === 'no-default' ? 'no-default' : kind);
      if (before === 'locked') await unlock();
      await ask(() => keychain.write(name, secret)).catch((error: KeychainFailure) => {
        throw failed(error.kind);
      });
      // libsecret calls it a success when a prompt was dismissed.
      if ((await read(name)) !== secret) throw failed('locked');
      if (before !== 'ready') checkSoon();
    },
    /** Removes a secret; asks nobody for it. Throws KeychainFailure if it may still be there. */
    async remove(name: string): Promise<void> {
      const place = (await watcher?.placeOf(name)) ?? 'unknown';
      if (place === 'absent') return;
      if (place === 'locked') throw new KeychainFailure('locked');
      await ask(() => keychain.remove(name));
      if (watcher && (await watcher.placeOf(name)) === 'readable')
        throw new KeychainFailure('locked');
    },
    /** The user wants something of the keychain: a prompt is expected, even if one was dismissed. */
    allowAsking(): void {
      mayAsk = true;
      refused.clear();
    },
    /** Finds out the state, and follows it. */
    async start(): Promise<void> {
      await check();
      await watcher?.follow(checkSoon);
    },
    close(): void {
      isClosed = true;
      cancelCheck();
      cancelSettle?.();
    },
  };
}

export type KeychainAccess = ReturnType<typeof createKeychainAccess>;
