import { type EventEmitter, once } from 'node:events';
import {
  Message,
  type MessageBus,
  MessageType,
  NameFlag,
  RequestNameReply,
  sessionBus,
  Variant,
} from 'dbus-next';
import { defaultTimeoutMs } from './wait';

/** The bus daemon itself: who owns a name, which signals are delivered. */
const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

export interface Call {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: unknown[];
}

/** What one of our methods answers: a signature and one value for each of its complete types. */
type Answer = { signature: string; body: unknown[] } | undefined;

/**
 * One of our methods; if it returns a promise, it answers later. `sender` is the caller's unique
 * name.
 */
export type Method = (body: unknown[], sender: string) => Answer | Promise<Answer>;

export interface Signal {
  sender: string;
  path: string;
  interface: string;
  member: string;
  body: unknown[];
}

/**
 * A connection to a D-Bus: plain method calls, methods and signals of our own. Plain on purpose: a
 * tray item cannot be introspected, so no proxy object can be made for it.
 */
export class Bus {
  readonly #bus: MessageBus;
  readonly #methods = new Map<string, Method>();

  private constructor(bus: MessageBus) {
    this.#bus = bus;
    // When the bus daemon ends first, at the end of a test, writing to it fails, which does not
    // matter.
    (bus as EventEmitter).on('error', () => {});
    bus.addMethodHandler((message: Message) => this.#answer(message));
  }

  /** Connects to the bus at an address such as `unix:path=/run/bus`. */
  static async connect(address: string): Promise<Bus> {
    const bus = sessionBus({ busAddress: address });
    await once(bus, 'connect');
    return new Bus(bus);
  }

  /** Calls a method and returns its values, with variants unwrapped. */
  async call(call: Call): Promise<unknown[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${call.destination} did not answer ${call.member}`)),
        defaultTimeoutMs,
      );
    });
    try {
      const reply = await Promise.race([this.#bus.call(new Message(call)), late]);
      return unwrapAll(reply?.body ?? []);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Owns a well-known name. Throws if another connection owns it. */
  async own(name: string): Promise<void> {
    const reply = await this.#bus.requestName(name, NameFlag.DO_NOT_QUEUE);
    if (reply !== RequestNameReply.PRIMARY_OWNER) throw new Error(`${name} is taken`);
  }

  async hasOwner(name: string): Promise<boolean> {
    const [has] = await this.call({
      ...daemon,
      member: 'NameHasOwner',
      signature: 's',
      body: [name],
    });
    return has === true;
  }

  /** Answers calls of `interface.member` at any path. */
  serve(interfaceName: string, methods: Record<string, Method>): void {
    for (const [member, method] of Object.entries(methods)) {
      this.#methods.set(`${interfaceName}.${member}`, method);
    }
  }

  /** Sends a signal to all listeners, or to one connection alone, which need not listen. */
  emit(
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[],
    destination?: string,
  ): void {
    const type = MessageType.SIGNAL;
    const to = destination === undefined ? {} : { destination };
    this.#bus.send(
      new Message({ type, path, interface: interfaceName, member, signature, body, ...to }),
    );
  }

  /** Listens to the signals of an interface, from anyone. */
  async onSignal(interfaceName: string, listener: (signal: Signal) => void): Promise<void> {
    this.#bus.on('message', (message) => {
      if (message.type !== MessageType.SIGNAL || message.interface !== interfaceName) return;
      const { sender, path, member } = message;
      listener({ sender, path, interface: interfaceName, member, body: unwrapAll(message.body) });
    });
    await this.call({
      ...daemon,
      member: 'AddMatch',
      signature: 's',
      body: [`type='signal',interface='${interfaceName}'`],
    });
  }

  /** Leaves the bus and releases the names it owned. */
  disconnect(): void {
    this.#bus.disconnect();
  }

  #answer(message: Message): boolean {
    const method = this.#methods.get(`${message.interface}.${message.member}`);
    if (!method) return false;
    const send = (answer: Answer) =>
      this.#bus.send(Message.newMethodReturn(message, answer?.signature, answer?.body));
    const answer = method(unwrapAll(message.body), message.sender);
    if (answer instanceof Promise) void answer.then(send);
    else send(answer);
    return true;
  }
}

/** A value with its type, as properties are sent. */
export function variant(signature: string, value: unknown): unknown {
  return new Variant(signature, value);
}

function unwrapAll(values: unknown[]): unknown[] {
  return values.map(unwrap);
}

function unwrap(value: unknown): unknown {
  if (value instanceof Variant) return unwrap(value.value);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
  }
  return value;
}
