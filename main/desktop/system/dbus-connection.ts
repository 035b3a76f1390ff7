import type { EventEmitter } from 'node:events';
import type { Message, MessageBus } from 'dbus-next';
import { type Logger, reason } from '../../domain/logger';

/** The bus itself answers at once; if an answer takes longer than this, a program hangs. */
const ANSWER_MS = 5000;

const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };

/** A method call to a program on the bus. */
export interface BusCall {
  destination: string;
  path: string;
  interface: string;
  member: string;
  /** One D-Bus type for each value of the body; variants are dbus-next's `Variant`. */
  signature?: string;
  body?: unknown[];
  /** Whether the bus may start the called program if it is not running. True by default. */
  mayStart?: boolean;
}

/** Which signals to listen for: those of an interface that `sender`, a well-known name, broadcasts. */
interface SignalSource {
  sender: string;
  interface: string;
  /** Only those of this object. */
  path?: string;
  /** Only those of this name. */
  member?: string;
}

/** An answer or a signal. `sender` is a unique name, which no other program can take over. */
export type BusMessage = Pick<Message, 'path' | 'interface' | 'member' | 'body'> & {
  sender: string;
};

/** Whether anybody on the bus has a well-known name. */
interface NameState {
  /** Owned by a program, or by one that the bus starts at the first call. */
  present: boolean;
  /** Unique name of the program that has the name; null while none runs. */
  owner: string | null;
}

type OnChange = (name: string, state: NameState) => void;

interface Link {
  bus: MessageBus;
  dbus: typeof import('dbus-next');
  /** Rejects when the connection is lost. */
  lost: Promise<never>;
}

/** A call was sent, but its answer never came: what it asked for may have been done. */
export class NoAnswer extends Error {}

/** The error that the bus itself sends when the called program leaves it without having answered. */
const NO_REPLY = 'org.freedesktop.DBus.Error.NoReply';

/** How long after the connection was lost a new one is tried, doubling from try to try. */
const RECONNECT_MS = { first: 1_000, max: 60_000 };

/** Rejects with `NoAnswer` when the promise takes longer than `limitMs`. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer in ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface DbusConnectionDeps {
  bus: 'session' | 'system';
  logger: Logger;
}

/**
 * A connection to a D-Bus bus, opened by the first call. Calls reject without a bus, on an error reply,
 * and with `NoAnswer` when they were sent and nothing answers in time. When the connection is lost, as by
 * a restart of the bus, it is opened again by the next call, or after a while, and everything that was
 * followed is followed again.
 */
export function createDbusConnection({ bus: kind, logger }: DbusConnectionDeps) {
  const listeners: { rule: string; accept: (message: BusMessage) => void }[] = [];
  const followers: { names: readonly string[]; onChange: OnChange }[] = [];
  let link: Promise<Link> | null = null;
  let current: MessageBus | null = null;
  /** Why there is no bus, as the log says already: each call tries again, and fails as the one before. */
  let told: string | null = null;
  let hasWorked = false;
  let retryMs = RECONNECT_MS.first;
  let reconnecting: NodeJS.Timeout | null = null;

  /** Tries again later. A bus that was never there, as the system bus of many machines, stays away. */
  function reconnectLater(): void {
    if (!hasWorked) return;
    // Each call that fails meanwhile asks for it, too.
    if (reconnecting !== null) return;
    const reconnect = () => {
      reconnecting = null;
      open().catch(() => {});
    };
    reconnecting = setTimeout(reconnect, retryMs).unref();
    retryMs = Math.min(retryMs * 2, RECONNECT_MS.max);
  }

  function lost(bus: MessageBus | null, error: unknown): void {
    // A connection that was abandoned before may fail once more.
    if (link === null || bus !== current) return;
    link = null;
    current = null;
    reconnectLater();
    // Every desktop has a session bus, but many machines have no system bus.
    const level = kind === 'session' ? 'warn' : 'info';
    const why = reason(error);
    if (why !== told) logger[level]('no D-Bus connection', { bus: kind, reason: why });
    told = why;
    for (const { names, onChange } of followers) {
      for (const name of names) onChange(name, { present: false, owner: null });
    }
  }

  async function connect(): Promise<Link> {
    // Loaded here, since only Linux has the bus.
    const dbus = await import('dbus-next');
    const bus = kind === 'session' ? dbus.sessionBus() : dbus.systemBus();
    // The types lack the `error` event, which without a listener would end the app.
    const emitter = bus as EventEmitter;
    current = bus;
    const ended = new Promise<never>((_, reject) => {
      const end = (error: unknown) => {
        lost(bus, error);
        reject(new NoAnswer(reason(error)));
      };
      emitter.on('error', end);
      // dbus-next keeps to itself that the bus closed the connection, as it does when it is stopped, and
      // then holds back all further calls.
      const { _connection: stream } = bus as unknown as { _connection?: EventEmitter };
      stream?.on('end', () => end(new Error('the bus closed the connection')));
    });
    // Without a call under way nobody waits for it.
    ended.catch(() => {});
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
    const made = { bus, dbus, lost: ended };
    for (const { rule } of listeners) await addMatch(made, rule);
    for (const follower of followers) await readNames(made, follower);
    told = null;
    hasWorked = true;
    if (reconnecting !== null) clearTimeout(reconnecting);
    reconnecting = null;
    retryMs = RECONNECT_MS.first;
    return made;
  }

  function open(): Promise<Link> {
    link ??= connect().catch((error) => {
      lost(current, error);
      throw error;
    });
    return link;
  }

  async function send(to: Link, call: BusCall, waitMs: number): Promise<BusMessage> {
    const { mayStart = true, ...fields } = call;
    const flags = mayStart ? 0 : to.dbus.MessageFlag.NO_AUTO_START;
    try {
      const reply = to.bus.call(new to.dbus.Message({ ...fields, flags }));
      return (await within(Promise.race([reply, to.lost]), waitMs)) as BusMessage;
    } catch (error) {
      const isUnanswered = error instanceof to.dbus.DBusError && error.type === NO_REPLY;
      throw isUnanswered ? new NoAnswer(error.message) : error;
    }
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
    // Asking for the owner of a name that nobody owns is an error.
    if (!(await ask(to, 'NameHasOwner', 's', [name]))) return null;
    return (await ask(to, 'GetNameOwner', 's', [name]).catch(() => null)) as string | null;
  }

  /** Reports the state of the names, now and at every change. */
  async function readNames(
    to: Link,
    { names, onChange }: (typeof followers)[number],
  ): Promise<void> {
    const startable = (await ask(to, 'ListActivatableNames')) as string[];
    to.bus.on('message', (message: Message) => {
      if (message.member !== 'NameOwnerChanged' || message.sender !== BUS.destination) return;
      const [name, , owner] = message.body as [string, string, string];
      // A program that exits when idle is started again by the next call to it.
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
    /** Calls a method and returns its answer. Waits for it at most `waitMs`. */
    async call(call: BusCall, waitMs = ANSWER_MS): Promise<BusMessage> {
      return send(await open(), call, waitMs);
    },
    /**
     * Calls `accept` for every matching signal. Any program can send us such a signal directly, so
     * compare `sender` with the expected one, or do not rely on the content. Must be called once for each
     * listener: without a bus it resolves all the same, and listens from when there is one.
     */
    async onSignal(source: SignalSource, accept: (message: BusMessage) => void): Promise<void> {
      const fields = Object.entries(source).map(([key, value]) => `${key}='${value}'`);
      const rule = ["type='signal'", ...fields].join(',');
      const matches = (message: BusMessage) =>
        message.interface === source.interface &&
        message.path === (source.path ?? message.path) &&
        message.member === (source.member ?? message.member);
      const before = link;
      listeners.push({
        rule,
        accept(message) {
          // A signal may arrive together with an earlier answer, whose promise settles a little later.
          if (matches(message)) setImmediate(() => accept(message));
        },
      });
      try {
        const to = await open();
        // A connection that was opened just now has added the rule already.
        if (before !== null) await addMatch(to, rule);
      } catch {
        // The next connection adds the rule.
      }
    },
    /**
     * Follows whether programs with these names are on the bus. Resolves once `onChange` was called for
     * each name; it is called again at every change. Without a bus, none of them is present.
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

export type DbusConnection = ReturnType<typeof createDbusConnection>;
