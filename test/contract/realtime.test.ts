import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../main/domain/clock';
import type {
  LiveChannel,
  LiveChannelClient,
  LiveChannelState,
} from '../../main/domain/live-channel';
import { createRealtimeClient } from '../../main/http/realtime-client';
import { clipping } from '../../main/services/clipping/module';
import { eventually } from '../eventually';
import { openLedger } from './ledger';

const { tried } = openLedger('realtime');

/**
 * Time runs a hundred times as fast here, so that no test waits for a backoff. It is read in fractions of
 * a millisecond: whole ones would be steps of a hundred.
 */
const clock: Clock = {
  nowMs: () => (performance.timeOrigin + performance.now()) * 100,
  monotonicMs: () => performance.now() * 100,
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs / 100);
    return () => clearTimeout(timer);
  },
};

const TOKEN = 'eyJhbGciOiJub25lIn0.e30.c2VjcmV0';
const address = clipping.realtime ?? { path: '', tokenParameter: '', refusalCodes: [] };

let server: Server;
let sockets: Set<Duplex>;
let urls: string[];
let heads: Record<string, unknown>[];
/** How the server answers the next handshakes. */
let accept: (socket: Duplex, key: string) => void;
let answersGoodbye: boolean;
/** Marks the tokens of one test. */
let test = 0;
let baseUrl: string;
let client: LiveChannelClient;
let channel: LiveChannel | null = null;
let states: LiveChannelState[];
let hints: number;
let hintsAtMs: number[];

function welcome(socket: Duplex, key: string): void {
  const sum = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${sum}\r\n\r\n`,
  );
}

const refuse = (status: number) => (socket: Duplex) => {
  socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
};

function frame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
}

const tell = (text: string) => {
  for (const socket of sockets) socket.write(frame(1, Buffer.from(text)));
};

function closeWith(code: number) {
  return (socket: Duplex, key: string) => {
    welcome(socket, key);
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    socket.write(frame(8, payload));
  };
}

beforeAll(async () => {
  server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => {});
    if (!request.url?.endsWith(`x${test}`)) {
      // The last message of the test before.
      socket.destroy();
      return;
    }
    socket.on('close', () => sockets.delete(socket));
    socket.on('end', () => socket.destroy());
    // A close frame has opcode 8, and its answer is the end of the connection.
    socket.on('data', (bytes: Buffer) => {
      if (((bytes[0] ?? 0) & 0x0f) === 8 && answersGoodbye) socket.end();
    });
    sockets.add(socket);
    urls.push(request.url ?? '');
    heads.push(request.headers);
    accept(socket, String(request.headers['sec-websocket-key']));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createRealtimeClient({ clock, random: () => 0.5, userAgent: 'Cliptray/test' });
});
afterAll(async () => {
  await client.close();
  server.close();
});
beforeEach(() => {
  test += 1;
  sockets = new Set();
  urls = [];
  heads = [];
  states = [];
  hints = 0;
  hintsAtMs = [];
  accept = welcome;
  answersGoodbye = true;
});
afterEach(() => {
  channel?.close();
  for (const socket of sockets) socket.destroy();
});

function open(token = TOKEN, to = baseUrl): LiveChannel {
  channel = client.open({
    baseUrl: to,
    address,
    token: async () => `${token}x${test}`,
    onHint: () => {
      hints += 1;
      hintsAtMs.push(clock.nowMs());
    },
    onState: (state) => states.push(state),
  });
  return channel;
}

const until = (check: () => void) => eventually(check);
const isOpen = () => until(() => expect(states.at(-1)).toBe('open'));

function tokenThatEnds(atMs: number): string {
  const claims = Buffer.from(JSON.stringify({ exp: atMs / 1000 })).toString('base64url');
  return `eyJhbGciOiJub25lIn0.${claims}.c2VjcmV0`;
}

describe('the socket', () => {
  it('gets the token in the query, and no key', async () => {
    open();
    await isOpen();
    expect(urls).toEqual([`/v1/realtime?token=${TOKEN}x${test}`]);
    expect(heads[0]).not.toHaveProperty('authorization');
    expect(heads[0]).not.toHaveProperty('x-api-key');
    expect(hints).toBe(0);
  });

  it.each([
    ['event', '{"type":"event","execution_id":"exc_1"}'],
    ['deposit', '{"type":"deposit_credited"}'],
    ['any message', '{{{'],
  ])('any message means: poll now, whatever it says (%s)', async (name, message) => {
    open();
    await isOpen();
    tell(message);
    await until(() => expect(hints).toBe(1));
    tried('realtime', name);
  });

  it('a flood of messages leads to one poll a second and not a thousand: each costs coins', async () => {
    open();
    await isOpen();
    const many = Buffer.concat(Array.from({ length: 1_000 }, () => frame(1, Buffer.from('x'))));
    for (const socket of sockets) socket.write(many);
    await until(() => expect(hints).toBeGreaterThan(1));
    for (const [index, atMs] of hintsAtMs.entries()) {
      const gapMs = atMs - (hintsAtMs[index - 1] ?? 0);
      // A timer may fire a millisecond early, which counts as a hundred here.
      expect(gapMs).toBeGreaterThan(800);
    }
  });

  it('a message without end costs no memory: the connection is closed', async () => {
    open();
    await isOpen();
    const head = Buffer.from([0x82, 127, 0, 0, 0, 0, 0x40, 0, 0, 0]);
    for (const socket of sockets) socket.write(head);
    await until(() => expect(states).toContain('waiting'));
  });

  it.each([401, 403, 400])('a token that is refused (%i) is not shown again', async (status) => {
    accept = refuse(status);
    open();
    await until(() => expect(states.at(-1)).toBe('refused'));
    channel?.restart();
    expect(states).toEqual(['connecting', 'refused']);
    // Our HTTP library may repeat the same handshake when its connection broke.
    expect(new Set(heads.map((head) => head['sec-websocket-key'])).size).toBe(1);
    tried('realtime', 'refused');
  });

  it.each([1008, 4401])(
    'nor is one whose connection was closed because of the token (%i)',
    async (code) => {
      accept = closeWith(code);
      open();
      await until(() => expect(states.at(-1)).toBe('refused'));
      expect(urls).toHaveLength(1);
      tried('realtime', 'policy close');
    },
  );

  it('a token that has expired is not sent at all', async () => {
    open(tokenThatEnds(clock.nowMs() - 1_000));
    await until(() => expect(states.at(-1)).toBe('expired'));
    expect(urls).toEqual([]);
    tried('realtime', 'expired');
  });

  it('closes by itself when the token expires', async () => {
    open(tokenThatEnds(clock.nowMs() + 20_000));
    await isOpen();
    await until(() => expect(states.at(-1)).toBe('expired'));
    await until(() => expect(sockets.size).toBe(0));
  });

  it('reconnects by itself after a break, and polls for what it has missed', async () => {
    open();
    await isOpen();
    for (const socket of sockets) socket.destroy();
    await until(() =>
      expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']),
    );
    await until(() => expect(hints).toBe(1));
    tried('realtime', 'closed');
  });

  it.each([503, 429])(
    'a service that is busy (%i) is tried again at growing intervals',
    async (status) => {
      accept = refuse(status);
      open();
      await until(() => expect(urls.length).toBeGreaterThan(3));
      expect(states).not.toContain('refused');
    },
  );

  it('failing to connect at all is not reported, only tried again', async () => {
    open(TOKEN, 'http://127.0.0.1:9');
    await until(() =>
      expect(states.filter((state) => state === 'connecting').length).toBeGreaterThan(2),
    );
    tried('realtime', 'not there');
  });

  it('never goes to a plain address elsewhere: the token could be read on the way', async () => {
    open(TOKEN, 'http://api.example');
    await until(() => expect(states).toContain('waiting'));
    expect(urls).toEqual([]);
  });

  it.each([true, false])(
    'stays closed once it is closed, answered or not (%s)',
    async (answers) => {
      answersGoodbye = answers;
      open();
      await isOpen();
      channel?.close();
      await until(() => expect(sockets.size).toBe(0));
      expect(states.at(-1)).toBe('closed');
      channel?.restart();
      expect(urls).toHaveLength(1);
    },
  );
});
