import { Bus, variant } from './bus';
import { runProgram } from './programs';
import { KEYRING_PASSWORD, type VirtualDesktop } from './virtual-desktop';

/**
 * Looks up a secret in the desktop's keyring with a program that is not ours. @param attributes
 * Such as `{ service: 'Cliptray', account: '1' }`. @returns The secret, or undefined if there is
 * none.
 */
export async function lookupSecret(
  desktop: VirtualDesktop,
  attributes: Record<string, string>,
): Promise<string | undefined> {
  const result = await runProgram(desktop, 'secret-tool', ['lookup', ...flat(attributes)]);
  if (result.code !== 0 && result.stderr !== '') throw new Error(result.stderr);
  return result.code === 0 ? result.stdout : undefined;
}

function flat(attributes: Record<string, string>): string[] {
  return Object.entries(attributes).flat();
}

const SECRETS = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
};

/** Calls the keyring, which is given the path of the default keyring. */
async function withKeyring(
  desktop: VirtualDesktop,
  use: (bus: Bus, keyring: unknown) => Promise<unknown>,
): Promise<void> {
  const bus = await Bus.connect(desktop.busAddress);
  try {
    const readAlias = { member: 'ReadAlias', signature: 's', body: ['default'] };
    const [keyring] = await bus.call({ ...SECRETS, ...readAlias });
    await use(bus, keyring);
  } finally {
    bus.disconnect();
  }
}

/** Locks the desktop's default keyring, as the keyring's own program does. */
export const lockKeyring = (desktop: VirtualDesktop): Promise<void> =>
  withKeyring(desktop, (bus, keyring) =>
    bus.call({ ...SECRETS, member: 'Lock', signature: 'ao', body: [[keyring]] }),
  );

/** Unlocks it with its password, but not through a prompt. */
export const unlockKeyring = (desktop: VirtualDesktop): Promise<void> =>
  withKeyring(desktop, async (bus, keyring) => {
    const plain = { signature: 'sv', body: ['plain', variant('s', '')] };
    const [, session] = await bus.call({ ...SECRETS, member: 'OpenSession', ...plain });
    const password = [session, Buffer.alloc(0), Buffer.from(KEYRING_PASSWORD), 'text/plain'];
    await bus.call({
      ...SECRETS,
      interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
      member: 'UnlockWithMasterPassword',
      signature: 'o(oayays)',
      body: [keyring, password],
    });
  });

/**
 * The program that shows the keyring's prompts. Each stays open until it is dismissed here.
 * https://gitlab.gnome.org/GNOME/gcr/-/blob/main/gcr/org.gnome.keyring.Prompter.xml
 */
export class KeyringPrompter {
  readonly #bus: Bus;
  /** The prompts that are open, by whom to answer. */
  readonly #open: { destination: string; path: string }[] = [];
  /** How many were opened so far. */
  openedCount = 0;

  private constructor(bus: Bus) {
    this.#bus = bus;
  }

  static async start(busAddress: string): Promise<KeyringPrompter> {
    const bus = await Bus.connect(busAddress);
    const prompter = new KeyringPrompter(bus);
    bus.serve('org.gnome.keyring.internal.Prompter', {
      BeginPrompting([path], destination) {
        const callback = { destination, path: String(path) };
        setImmediate(() => prompter.#answer(callback, ''));
        return undefined;
      },
      PerformPrompt([path], destination) {
        prompter.#open.push({ destination, path: String(path) });
        prompter.openedCount += 1;
        return undefined;
      },
      StopPrompting([path], destination) {
        const index = prompter.#open.findIndex((each) => each.path === path);
        if (index >= 0) prompter.#open.splice(index, 1);
        setImmediate(() => void prompter.#call({ destination, path: String(path) }, 'PromptDone'));
        return undefined;
      },
    });
    await bus.own('org.gnome.keyring.SystemPrompter');
    return prompter;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Presses Cancel on every prompt. */
  dismiss(): void {
    for (const callback of this.#open.splice(0)) this.#answer(callback, 'no');
  }

  stop(): void {
    this.#bus.disconnect();
  }

  #answer(callback: { destination: string; path: string }, reply: string): void {
    void this.#call(callback, 'PromptReady', 'sa{sv}s', [reply, {}, '']);
  }

  async #call(
    callback: { destination: string; path: string },
    member: string,
    signature?: string,
    body?: unknown[],
  ): Promise<void> {
    const to = { ...callback, interface: 'org.gnome.keyring.internal.Prompter.Callback' };
    // The caller may have gone with its prompt.
    await this.#bus.call({ ...to, member, signature, body }).catch(() => {});
  }
}
