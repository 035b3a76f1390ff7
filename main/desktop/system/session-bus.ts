import type { EventEmitter } from 'node:events';
import type { Message, MessageBus } from 'dbus-next';
import { type Logger, reason } from '../../domain/logger';

/** The desktop services whose absence Electron does not report (electron#5872). */
export const TRAY_HOST = 'org.kde.StatusNotifierWatcher';
export const NOTIFICATION_DAEMON = 'org.freedesktop.Notifications';

/** The bus itself answers at once; what takes longer is a program that hangs. */
const ANSWER_MS = 5000;

const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };

export interface BusCall {
  destination: string;
  path: string;
  interface: string;
  member: string;
  /** One D-Bus type for each value of the body; variants are `Variant`s of dbus-next. */
  signature?: string;
  body?: unknown[];
  /** Whether the called program is started for it if it does not run. */
  mayStart?: boolean;
}

/** What was answered or announced. `sender` is a unique name, which nobody can take over. */
export type BusMessage = Pick<Message, 'path' | 'interface' | 'member' | 'body'> & {
  sender: string;
};

/** `owner` is the unique name of the program that has the name; null while none runs. */
export interface NameState {
  /** Owned, or started on demand by the next call. */
  present: boolean;
  owner: string | null;
}

type OnChange = (name: string, state: NameState) => void;

interface Link {
  bus: MessageBus;
  dbus: typeof import('dbus-next');
}

/** Rejects when the promise takes longer than `limitMs`. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The app's one connection to the D-Bus session bus, made by the first call. Calls reject without a
 * bus, on an error answer, and when nothing answers in time. A lost connection is made anew by the
 * next call.
 */
export function createSessionBus(logger: Logger) {
  const listeners: { rule: string; accept: (message: BusMessage) => void }[] = [];
  const followers: { names: readonly string[]; onChange: OnChange }[] = [];
  let link: Promise<Link> | null = null;
  let current: MessageBus | null = null;

  function lost(bus: MessageBus | null, error: unknown): void {
    // One that was given up before may fail once more.
    if (link === null || bus !== current) return;
    link = null;
    current = null;
    logger.warn('no session bus', { reason: reason(error) });
    for (const { names, onChange } of followers) {
      for (const name of names) onChange(name, { present: false, owner: null });
    }
  }

  async function connect(): Promise<Link> {
    // Loaded here, since only Linux has the bus.
    const dbus = await import('dbus-next');
    const bus = dbus.sessionBus();
    // Its types know no `error` event, but it emits one, and an unheard one would end the app.
    const emitter = bus as EventEmitter;
    current = bus;
    emitter.on('error', (error) => lost(bus, error));
    await within(
      new Promise<void>((resolve, reject) => {
        emitter.once('connect', resolve);
        emitter.once('error', reject);
      }),
      ANSWER_MS,
    );
    bus.on('message', (message: Message) => {
      if (message.type !== dbus.MessageType.SIGNAL) return;
      for (const { accept } of listeners) accept(message as BusMessage);
    });
    const made = { bus, dbus };
    for (const { rule } of listeners) await addMatch(made, rule);
    for (const follower of followers) await readNames(made, follower);
    return made;
  }

  function open(): Promise<Link> {
    link ??= connect().catch((error) => {
      lost(current, error);
      throw error;
    });
    return link;
  }

  async function send({ bus, dbus }: Link, call: BusCall, waitMs: number): Promise<BusMessage> {
    const { mayStart = true, ...fields } = call;
    const flags = mayStart ? 0 : dbus.MessageFlag.NO_AUTO_START;
    const reply = await within(bus.call(new dbus.Message({ ...fields, flags })), waitMs);
    return reply as BusMessage;
  }

  const ask = async (to: Link, member: string, signature = '', body: unknown[] = []) =>
    (
      await send(
        to,
        { ...BUS, interface: BUS.destination, member, signature, body, mayStart: false },
        ANSWER_MS,
      )
    ).body[0] as unknown;

  const addMatch = (to: Link, rule: string) => ask(to, 'AddMatch', 's', [rule]);

  async function ownerOf(to: Link, name: string): Promise<string | null> {
    // Asking who owns a name that nobody owns is an error.
    if (!(await ask(to, 'NameHasOwner', 's', [name]))) return null;
    return (await ask(to, 'GetNameOwner', 's', [name]).catch(() => null)) as string | null;
  }

  /** Tells how the names stand, and from now on at every change. */
  async function readNames(
    to: Link,
    { names, onChange }: (typeof followers)[number],
  ): Promise<void> {
    const startable = (await ask(to, 'ListActivatableNames')) as string[];
    to.bus.on('message', (message: Message) => {
      if (message.member !== 'NameOwnerChanged' || message.sender !== BUS.destination) return;
      const [name, , owner] = message.body as [string, string, string];
      // One that ends when idle is started again by the next call to it.
      if (names.includes(name)) {
        onChange(name, { present: owner !== '' || startable.includes(name), owner: owner || null });
      }
    });
    for (const name of names) {
      const from = `sender='${BUS.destination}',member='NameOwnerChanged',arg0='${name}'`;
      await addMatch(to, `type='signal',${from}`);
      const owner = await ownerOf(to, name);
      onChange(name, { present: owner !== null || startable.includes(name), owner });
    }
  }

  return {
    /** Calls a method and gives its answer. `waitMs` is how long to wait for it. */
    async call(call: BusCall, waitMs = ANSWER_MS): Promise<BusMessage> {
      return send(await open(), call, waitMs);
    },
    /**
     * Hears the signals of an interface that `sender`, a well-known name, sends to all. A program may
     * also send one to us alone, whatever its name: compare `sender` with who is expected.
     */
    async onSignal(
      { sender, interface: name }: { sender: string; interface: string },
      accept: (message: BusMessage) => void,
    ): Promise<void> {
      const rule = `type='signal',sender='${sender}',interface='${name}'`;
      // A signal may come in one piece with the answer before it, whose promise is heard a little later.
      const only = (message: BusMessage) => {
        if (message.interface === name) setImmediate(() => accept(message));
      };
      const before = link;
      listeners.push({ rule, accept: only });
      const to = await open();
      // A connection that was made only now has it already.
      if (before !== null) await addMatch(to, rule);
    },
    /**
     * Follows whether names are to be had on the bus. Resolves once `onChange` was called for each;
     * it is called again at every change. Without a bus, none is.
     */
    async followNames(names: readonly string[], onChange: OnChange): Promise<void> {
      const follower = { names, onChange };
      try {
        const to = await open();
        await readNames(to, follower);
        followers.push(follower);
      } catch {
        followers.push(follower);
        for (const name of names) onChange(name, { present: false, owner: null });
      }
    },
  };
}

export type SessionBus = ReturnType<typeof createSessionBus>;
