import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { InterimResponses } from './interim-responses';

/** The sockets of this thread's clients, idle ones too, with what each still has to skip. */
const sockets = new Map<Socket, InterimResponses>();

// undici opens its sockets by itself, also those to proxies and through them. These channels are its
// documented way to see them: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
subscribe('undici:client:connected', (message) => {
  const { socket } = message as { socket: Socket };
  const interim = new InterimResponses();
  sockets.set(socket, interim);
  socket.once('close', () => sockets.delete(socket));
  skipInterimResponses(socket, interim);
});

// Comes right before the first byte of each request; undici sends the next one after the whole answer.
subscribe('undici:client:sendHeaders', (message) => {
  sockets.get((message as { socket: Socket }).socket)?.requestSent();
});

/** undici pulls what has arrived with `read`. */
function skipInterimResponses(socket: Socket, interim: InterimResponses): void {
  const read = socket.read.bind(socket);
  socket.read = (sizeBytes?: number) => {
    for (;;) {
      const received: unknown = read(sizeBytes);
      if (!Buffer.isBuffer(received)) return received;
      const rest = interim.without(received);
      if (rest === null) {
        socket.destroy(new Error('too many interim responses'));
        return null;
      }
      if (rest.length > 0) return rest;
    }
  };
}

/** The same address has several spellings: IPv4 in IPv6, and with the interface's name. */
function plain(address: string): string {
  return address
    .toLowerCase()
    .replace(/^::ffff:(?=[\d.]+$)/, '')
    .replace(/%.*$/, '');
}

/**
 * Breaks the sockets of this thread that end at one of these addresses of this machine, which it no
 * longer has: they look open but never answer. Calls under way on them end as `unreachable`.
 */
export function breakSocketsFrom(lostAddresses: Iterable<string>): void {
  const lost = new Set([...lostAddresses].map(plain));
  for (const socket of sockets.keys()) {
    const { localAddress } = socket;
    if (localAddress !== undefined && lost.has(plain(localAddress))) {
      socket.destroy(new Error('the address of this machine is gone'));
    }
  }
}
