import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { World } from '../world';

/** The channel of the web app: open to a session token in the query, never to an API key. */
export class Realtime {
  readonly #world: World;
  readonly #sockets = new Map<Duplex, string>();
  readonly #tokens = new Map<string, { accountId: string; expiresAtMs: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Makes a session token; its contents mean nothing. */
  createToken(accountId: string, lifetimeMs: number): string {
    const token = `eyJ.${this.#world.newText(24)}.${this.#world.newText(24)}`;
    this.#tokens.set(token, { accountId, expiresAtMs: this.#world.clock.now() + lifetimeMs });
    return token;
  }

  /** Sends a text message to the account's open sockets; returns how many there were. */
  send(accountId: string, message: string): number {
    const frame = textFrame(message);
    let sent = 0;
    for (const [socket, owner] of this.#sockets) {
      if (owner !== accountId) continue;
      socket.write(frame);
      sent += 1;
    }
    return sent;
  }

  /** How many sockets are open. */
  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Drops every socket, as a restarting service does. */
  dropAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  /** Forgets tokens and sockets. */
  clear(): void {
    this.dropAll();
    this.#tokens.clear();
  }

  /** Takes the upgrade requests of the Clipping server. */
  attach(server: Server): void {
    server.on('upgrade', (req, socket) => {
      socket.on('error', () => socket.destroy());
      const url = new URL(req.url ?? '/', 'http://simulator');
      const entry = this.#world.log.open('clipping', 'UPGRADE', url.pathname, url, req.headers);
      for (const key of this.#world.keys.keys()) {
        if (url.search.includes(key)) this.#world.log.leak(entry, 'key-in-url');
      }
      const session = this.#tokens.get(url.searchParams.get('token') ?? '');
      const good = session && session.expiresAtMs > this.#world.clock.now();
      const handshake = req.headers['sec-websocket-key'];
      entry.status = url.pathname === '/v1/realtime' && good && handshake ? 101 : 401;
      this.#world.log.close(entry, 'answered', 0);
      if (entry.status === 401 || !session) refuse(socket);
      else this.#accept(socket, String(handshake), session.accountId);
    });
  }

  #accept(socket: Duplex, handshake: string, accountId: string): void {
    // The fixed text is the one RFC 6455 section 1.3 appends to the client's key.
    const accept = createHash('sha1')
      .update(`${handshake}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    this.#sockets.set(socket, accountId);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('end', () => socket.end());
    // The client only ever sends a close frame, opcode 8.
    socket.on('data', (frame: Buffer) => {
      if (((frame[0] ?? 0) & 0x0f) === 8) socket.end(Buffer.from([0x88, 0]));
    });
  }
}

function refuse(socket: Duplex): void {
  const body = JSON.stringify({ erro: 'o canal em tempo real pede um token de sessão' });
  socket.end(
    `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function textFrame(message: string): Buffer {
  const payload = Buffer.from(message);
  const head = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4);
  head[0] = 0x81;
  if (payload.length < 126) {
    head[1] = payload.length;
  } else {
    head[1] = 126;
    head.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([head, payload]);
}
