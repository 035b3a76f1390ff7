import { connect, createServer, type Socket } from 'node:net';
import { Link } from './link';

/**
 * A slow link in front of the sink: passes connections on at a given rate, shared by all of them,
 * and with a given round trip. A new connection costs one round trip. Losses and TCP's slow start
 * are not simulated.
 */

/** A sender is held back while this much is waiting, so that connections take turns. */
const QUEUE_MS = 20;
const PIECE_BYTES = 16 * 1024;

const { targetPort, bitsPerSecond, roundTripMs } = JSON.parse(process.argv[2] ?? '') as {
  targetPort: number;
  bitsPerSecond: number;
  roundTripMs: number;
};
const rate = { bitsPerSecond, delayMs: roundTripMs / 2 };
const up = new Link(rate);
const down = new Link(rate);

function pass(from: Socket, to: Socket, link: Link): void {
  const take = (): void => {
    if (link.queueMs > QUEUE_MS) {
      setTimeout(take, link.queueMs - QUEUE_MS / 2);
      return;
    }
    // Piece by piece, although more may be there: the others get their turn in between.
    const piece: Buffer | null = from.read(Math.min(PIECE_BYTES, from.readableLength || 1));
    if (piece === null) {
      from.once('readable', take);
      return;
    }
    link.send(piece.length, () => to.write(piece));
    take();
  };
  from.once('readable', take);
  from.once('end', () => link.send(0, () => to.end()));
  from.once('error', () => to.destroy());
}

const server = createServer((client) => {
  const target = connect(targetPort, '127.0.0.1');
  setTimeout(() => pass(client, target, up), roundTripMs);
  pass(target, client, down);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
