import type { KeychainWatcher, SecretPlace } from '../../domain/keychain';
import { type Logger, reason } from '../../domain/logger';
import type { BusMessage, DbusConnection } from './dbus-connection';

/** https://specifications.freedesktop.org/secret-service-spec/latest/ */
const NAME = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const SERVICE = 'org.freedesktop.Secret.Service';
const COLLECTION = 'org.freedesktop.Secret.Collection';
const PROMPT = 'org.freedesktop.Secret.Prompt';
const PROPERTIES = 'org.freedesktop.DBus.Properties';
/** Stands for "no object". */
const NOTHING = '/';

/** The program that answered lacks a part of the API; any other error means that there was no answer. */
const isUnsupported = (error: unknown) =>
  /\.(UnknownMethod|UnknownInterface|UnknownObject|UnknownProperty|InvalidArgs|NotSupported)$/.test(
    String((error as { type?: unknown } | null)?.type),
  );

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

/**
 * The Secret Service of a Linux desktop: GNOME Keyring, KWallet, KeePassXC. Only `unlock` opens a prompt.
 * Services implement parts of the API: whatever one does not answer is `unknown`, or counts as unlocked.
 * `service` is the attribute that all of the app's entries have.
 */
export function createSecretService(
  bus: DbusConnection,
  { service, logger }: { service: string; logger: Logger },
): KeychainWatcher {
  const listeners: (() => void)[] = [];
  let owner: string | null = null;
  let timesGone = 0;

  const call = async (
    path: string,
    on: string,
    member: string,
    signature: string,
    body: unknown[],
  ) => (await bus.call({ destination: NAME, path, interface: on, member, signature, body })).body;

  /** The items with these attributes, unlocked and locked ones. */
  async function search(attributes: Record<string, string>): Promise<[string[], string[]]> {
    const found = await call(ROOT, SERVICE, 'SearchItems', 'a{ss}', [attributes]);
    return found as [string[], string[]];
  }

  async function defaultCollection(): Promise<string> {
    return (await call(ROOT, SERVICE, 'ReadAlias', 's', ['default']))[0] as string;
  }

  async function isLocked(collection: string): Promise<boolean> {
    try {
      const body = await call(collection, PROPERTIES, 'Get', 'ss', [COLLECTION, 'Locked']);
      return (body[0] as { value?: unknown } | undefined)?.value === true;
    } catch (error) {
      if (isUnsupported(error)) return false;
      throw error;
    }
  }

  async function placeOf(name: string): Promise<SecretPlace> {
    try {
      const [unlocked, locked] = await search({ service, account: name });
      if (unlocked.length > 0) return 'readable';
      // KeePassXC also calls an item locked that it would hand out after asking the user: then its
      // collection is not.
      if (locked[0] !== undefined)
        return (await isLocked(parentOf(locked[0]))) ? 'locked' : 'readable';
      const collection = await defaultCollection();
      // Some services cannot look into a locked collection, and one that is gone may come back.
      if (collection === NOTHING) return 'unknown';
      return (await isLocked(collection)) ? 'locked' : 'absent';
    } catch (error) {
      logger.info('secret service', { place: 'unknown', reason: reason(error) });
      return 'unknown';
    }
  }

  async function state() {
    try {
      const collection = await defaultCollection();
      if (collection === NOTHING) return 'no-default';
      return (await isLocked(collection)) ? 'locked' : 'ready';
    } catch (error) {
      return isUnsupported(error) ? 'ready' : 'missing';
    }
  }

  /** Every locked collection that has, or would get, an entry of the app. */
  async function lockedCollections(): Promise<string[]> {
    const [, locked] = await search({ service }).catch(() => [[], []] as [string[], string[]]);
    const collection = await defaultCollection().catch(() => NOTHING);
    const all = new Set([...locked.map(parentOf), collection].filter((path) => path !== NOTHING));
    const areLocked = await Promise.all([...all].map(isLocked));
    return [...all].filter((_, index) => areLocked[index]);
  }

  /**
   * Opens the prompt, and waits until it is answered, or not needed any more. It is not dismissed then:
   * GNOME Keyring 42 dies of that.
   */
  async function prompt(path: string): Promise<void> {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const onSignal = ({ path: from, member }: BusMessage) => {
      if (from === path && member === 'Completed') end();
    };
    prompts.add(onSignal);
    const onChange = () => {
      lockedCollections().then((left) => left.length === 0 && end(), end);
    };
    listeners.push(onChange);
    try {
      await call(path, PROMPT, 'Prompt', 's', ['']);
      await ended;
    } finally {
      prompts.delete(onSignal);
      listeners.splice(listeners.indexOf(onChange), 1);
    }
  }

  const prompts = new Set<(message: BusMessage) => void>();
  let hearsPrompts: Promise<void> | null = null;

  async function askToUnlock(): Promise<boolean> {
    hearsPrompts ??= bus.onSignal({ sender: NAME, interface: PROMPT }, (message) => {
      for (const onSignal of prompts) onSignal(message);
    });
    await hearsPrompts;
    const locked = await lockedCollections();
    if (locked.length === 0) return true;
    const [, path] = (await call(ROOT, SERVICE, 'Unlock', 'ao', [locked])) as [string[], string];
    if (path !== NOTHING) await prompt(path);
    // Any program can send us a signal that says so: only this is certain.
    return (await lockedCollections()).length === 0;
  }

  return {
    state,
    placeOf,
    async unlock(): Promise<boolean> {
      try {
        return await askToUnlock();
      } catch (error) {
        logger.warn('the keyring could not be unlocked', { reason: reason(error) });
        return false;
      }
    },
    async follow(onChange): Promise<void> {
      listeners.push(onChange);
      const changed = () => {
        for (const listener of [...listeners]) listener();
      };
      for (const source of [SERVICE, COLLECTION, PROPERTIES]) {
        await bus.onSignal({ sender: NAME, interface: source }, changed).catch(() => {});
      }
      await bus.followNames([NAME], (_name, now) => {
        if (owner !== null && now.owner !== owner) timesGone += 1;
        owner = now.owner;
        changed();
      });
    },
    timesGone: () => timesGone,
  };
}
