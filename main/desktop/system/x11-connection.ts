import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { readCookie, type X11Address, type X11Cookie, x11Address } from './x11-address';

// The few requests of the X protocol that tell whether a window owns a selection. Neither Electron nor Node
// can be asked that, and a library would bring the whole protocol for four messages.
// https://www.x.org/releases/current/doc/xproto/x11protocol.html

const ANSWER_MS = 3000;
/** Everything that a server sends after its greeting is at least this long. */
const PACKET_BYTES = 32;

const CHANGE_WINDOW_ATTRIBUTES = 2;
const INTERN_ATOM = 16;
const GET_SELECTION_OWNER = 23;
const EVENT_MASK = 0x800;
const STRUCTURE_NOTIFY = 0x20000;

/** One event: its number, and all its bytes. */
export interface X11Event {
  code: number;
  body: Buffer;
}

/** An open connection to an X server. Requests reject when the server refuses them, or is gone. */
export interface X11Connection {
  screen: number;
  /** The root window of the screen. */
  root: number;
  atom(name: string): Promise<number>;
  /** The window that owns a selection; 0 for none. */
  selectionOwner(selection: number): Promise<number>;
  /** Asks for events about a window itself, and for messages sent to it. */
  followWindow(window: number): void;
  close(): void;
}

const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4);

function greeting({ name, data }: X11Cookie): Buffer {
  const head = Buffer.alloc(12);
  head.write('l');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(name.length, 6);
  head.writeUInt16LE(data.length, 8);
  return Buffer.concat([head, Buffer.from(name), padding(name.length), data, padding(data.length)]);
}

/** How long the server's answer to the greeting is; null if its beginning has not come yet. */
const greetedBytes = (received: Buffer): number | null =>
  received.length < 8 ? null : 8 + received.readUInt16LE(6) * 4;

/** The root window of a screen, from the server's answer to the greeting. Throws if it refused. */
function rootOf(answer: Buffer, screen: number): number {
  if (answer[0] !== 1) throw new Error('the X server refused the connection');
  const vendorBytes = answer.readUInt16LE(24);
  let at = 40 + vendorBytes + padding(vendorBytes).length + answer.readUInt8(29) * 8;
  for (let number = 0; number < screen; number += 1) {
    let depths = answer.readUInt8(at + 39);
    at += 40;
    for (; depths > 0; depths -= 1) at += 8 + answer.readUInt16LE(at + 2) * 24;
  }
  return answer.readUInt32LE(at);
}

/** A request of one or more 32-bit words after its head. */
function request(opcode: number, words: number[], tail: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(4 + words.length * 4);
  bytes.writeUInt8(opcode, 0);
  bytes.writeUInt16LE((bytes.length + tail.length) / 4, 2);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, 4 + index * 4);
  return Buffer.concat([bytes, tail]);
}

interface Settle<T = Buffer> {
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}

/** Rejects without an answer in time: a server that hangs must not hold up the start of the app. */
async function inTime<T>(begin: (settle: Settle<T>) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer of the X server')), ANSWER_MS);
      begin({ resolve, reject });
    });
  } finally {
    clearTimeout(timer);
  }
}

async function openSocket({ sockets, host, port }: X11Address): Promise<Socket> {
  const targets = sockets?.map((path) => ({ path })) ?? [{ host, port }];
  let failure: unknown;
  for (const target of targets) {
    const socket = connect(target);
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(ANSWER_MS) });
      return socket;
    } catch (error) {
      socket.destroy();
      failure = error;
    }
  }
  throw failure;
}

/** Connects to the X server of a display such as `:0.1`. Rejects when there is none. */
export async function connectX11(
  display: string,
  { onEvent, onClose }: { onEvent: (event: X11Event) => void; onClose: () => void },
): Promise<X11Connection> {
  const address = x11Address(display);
  if (address === null) throw new Error('no display of an X server');
  const socket = await openSocket(address);
  let received = Buffer.alloc(0);
  let sequence = 0;
  let root: number | null = null;
  let greeted: (root: number) => void = () => {};
  const waiting = new Map<number, Settle>();

  function fail(error: Error): void {
    socket.destroy();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function accept(packet: Buffer): void {
    const kind = packet.readUInt8(0);
    if (kind > 1) {
      onEvent({ code: kind & 0x7f, body: packet });
      return;
    }
    const caller = waiting.get(packet.readUInt16LE(2));
    waiting.delete(packet.readUInt16LE(2));
    if (kind === 1) caller?.resolve(packet);
    else caller?.reject(new Error(`X error ${packet.readUInt8(1)}`));
  }

  function read(): void {
    if (root === null) {
      const length = greetedBytes(received);
      if (length === null || received.length < length) return;
      root = rootOf(received, address?.screen ?? 0);
      received = received.subarray(length);
      greeted(root);
    }
    while (received.length >= PACKET_BYTES) {
      const extra = received.readUInt8(0) === 1 ? received.readUInt32LE(4) * 4 : 0;
      if (received.length < PACKET_BYTES + extra) return;
      accept(received.subarray(0, PACKET_BYTES + extra));
      received = received.subarray(PACKET_BYTES + extra);
    }
  }

  socket.on('data', (piece) => {
    received = Buffer.concat([received, piece]);
    try {
      read();
    } catch (error) {
      fail(error as Error);
    }
  });
  socket.on('error', fail);

  function send(bytes: Buffer): number {
    socket.write(bytes);
    sequence = (sequence + 1) & 0xffff;
    return sequence;
  }

  const ask = (bytes: Buffer) =>
    inTime<Buffer>((settle) => {
      if (socket.destroyed) settle.reject(new Error('the X server is gone'));
      else waiting.set(send(bytes), settle);
    });

  const cookie = await readCookie(address.display);
  const rootWindow = await inTime<number>(({ resolve, reject }) => {
    greeted = resolve;
    socket.once('close', () => reject(new Error('the X server closed the connection')));
    socket.write(greeting(cookie));
  }).catch((error) => {
    socket.destroy();
    throw error;
  });
  socket.on('close', () => {
    fail(new Error('the X server is gone'));
    onClose();
  });
  return {
    screen: address.screen,
    root: rootWindow,
    async atom(name) {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(name.length, 0);
      const tail = Buffer.concat([head, Buffer.from(name), padding(name.length)]);
      return (await ask(request(INTERN_ATOM, [], tail))).readUInt32LE(8);
    },
    selectionOwner: async (selection) =>
      (await ask(request(GET_SELECTION_OWNER, [selection]))).readUInt32LE(8),
    followWindow: (window) =>
      void send(request(CHANGE_WINDOW_ATTRIBUTES, [window, EVENT_MASK, STRUCTURE_NOTIFY])),
    close: () => socket.destroy(),
  };
}
