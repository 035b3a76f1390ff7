import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggedRequest, Outcome } from '../request-log';
import type { Account, ApiKey } from '../types';
import type { World } from '../world';

/** The answer of a route. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string | null;
  /** For files: opened once the headers are sent. */
  stream?: { sizeBytes: number; open(): Readable };
}

/** What a fault does to the incoming bytes of a request. */
interface Interception {
  bytesPerSecond?: number;
  cutAfterBytes?: number;
  /** Flips one bit of the first byte. */
  corrupt?: boolean;
}

/** The request body has reached the byte at which a fault cuts it. */
export class BodyCut extends Error {}

/** One request and its answer on the wire. */
export interface Exchange {
  world: World;
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  /** The path as documented. */
  path: string;
  entry: LoggedRequest;
  key: ApiKey | null;
  account: Account | null;
  interception: Interception;
  /** Set by a fault that breaks the connection or leaves it hanging. */
  fate: Outcome | null;
  /** The client waits for `100 Continue`. */
  expectsContinue: boolean;
  bodyRead: boolean;
}

/** The request body in chunks; counted, and slowed or cut as a fault asks. Can be read once. */
export async function* requestBody(exchange: Exchange): AsyncGenerator<Buffer> {
  const { req, res, entry, interception } = exchange;
  exchange.bodyRead = true;
  if (exchange.expectsContinue) {
    exchange.expectsContinue = false;
    res.writeContinue();
  }
  const startMs = performance.now();
  let seen = 0;
  const cutAt = interception.cutAfterBytes;
  if (cutAt === 0) throw new BodyCut();
  // The stream must outlive this loop: an answer may still be sent after a cut.
  for await (const piece of req.iterator({ destroyOnReturn: false })) {
    let chunk = piece as Buffer;
    if (cutAt !== undefined && seen + chunk.length >= cutAt)
      chunk = chunk.subarray(0, cutAt - seen);
    if (interception.corrupt && seen === 0 && chunk.length > 0) {
      chunk = Buffer.from(chunk);
      chunk[0] = (chunk[0] ?? 0) ^ 1;
    }
    seen += chunk.length;
    entry.bytesIn += chunk.length;
    yield chunk;
    if (cutAt !== undefined && seen >= cutAt) throw new BodyCut();
    await pace(seen, interception.bytesPerSecond, startMs);
  }
  if (!req.complete) throw new Error('the client went away in the middle of its body');
}

/** Reads the body to its end and discards it. */
export async function skipBody(exchange: Exchange): Promise<void> {
  if (exchange.bodyRead) return;
  for await (const chunk of requestBody(exchange)) void chunk;
}

export interface SendOptions {
  bytesPerSecond?: number;
  /** Cuts the connection after so many bytes of the body. */
  cutAfterBytes?: number;
  /** Goes silent after so many bytes of the body instead. */
  hangAfterBytes?: number;
}

/** Writes an answer, at a given speed and up to a given byte. */
export async function send(
  exchange: Exchange,
  answer: Answer,
  options: SendOptions = {},
): Promise<void> {
  const { res, req, entry } = exchange;
  if (res.destroyed || res.headersSent) return;
  const sizeBytes = answer.stream?.sizeBytes ?? Buffer.byteLength(answer.body ?? '');
  res.statusCode = answer.status;
  res.sendDate = false;
  res.setHeader('Date', new Date(exchange.world.clock.now()).toUTCString());
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  if (answer.status !== 204 && answer.status !== 304) res.setHeader('Content-Length', sizeBytes);
  entry.status = answer.status;
  entry.answeredAtMs = exchange.world.clock.now();
  const stopAt = options.cutAfterBytes ?? options.hangAfterBytes;
  if (req.method === 'HEAD') {
    res.end();
  } else if (!answer.stream && !options.bytesPerSecond && stopAt === undefined) {
    entry.bytesOut += sizeBytes;
    res.end(answer.body ?? undefined);
  } else {
    const whole = await writePaced(exchange, answer, options.bytesPerSecond, stopAt);
    if (!whole) {
      if (options.cutAfterBytes !== undefined) breakConnection(exchange);
      else exchange.fate = 'hung';
      return;
    }
    res.end();
  }
  // The rest of the request must be read, or the client never gets to read this answer.
  if (!req.readableEnded) req.resume();
}

/** Writes the body at a given speed. Returns false when it stopped at the byte `stopAt`. */
async function writePaced(
  exchange: Exchange,
  answer: Answer,
  bytesPerSecond: number | undefined,
  stopAt: number | undefined,
): Promise<boolean> {
  const { res, entry } = exchange;
  const startMs = performance.now();
  let sent = 0;
  res.flushHeaders();
  for await (const piece of bodyChunks(answer, bytesPerSecond)) {
    if (res.destroyed) return true;
    const chunk = stopAt === undefined ? piece : piece.subarray(0, Math.max(0, stopAt - sent));
    sent += chunk.length;
    entry.bytesOut += chunk.length;
    if (chunk.length > 0 && !res.write(chunk)) await drained(exchange);
    if (stopAt !== undefined && sent >= stopAt) {
      await flushed(exchange);
      return false;
    }
    await pace(sent, bytesPerSecond, startMs);
  }
  return true;
}

/** The body of an answer, in chunks of a twentieth of a second at a given speed. */
async function* bodyChunks(
  answer: Answer,
  bytesPerSecond: number | undefined,
): AsyncGenerator<Buffer> {
  const source = answer.stream ? answer.stream.open() : [Buffer.from(answer.body ?? '')];
  for await (const piece of source as AsyncIterable<Buffer>) {
    const step = bytesPerSecond ? Math.max(1, Math.ceil(bytesPerSecond / 20)) : piece.length;
    for (let at = 0; at < piece.length; at += step) yield piece.subarray(at, at + step);
  }
}

/** Waits until so many bytes may have passed since `startMs`; not at all without a speed. */
async function pace(
  bytes: number,
  bytesPerSecond: number | undefined,
  startMs: number,
): Promise<void> {
  if (!bytesPerSecond) return;
  const waitMs = (bytes / bytesPerSecond) * 1000 - (performance.now() - startMs);
  if (waitMs > 1) await sleep(waitMs);
}

function drained(exchange: Exchange): Promise<void> {
  const { res } = exchange;
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.on('drain', done);
    res.on('close', done);
  });
}

// A reset discards what is still in the socket's buffer, and the test wants these bytes to arrive.
async function flushed(exchange: Exchange): Promise<void> {
  await new Promise<void>((resolve) => {
    if (exchange.res.destroyed) resolve();
    else exchange.res.write('', () => resolve());
  });
  await sleep(20);
}

/** Ends the connection with a TCP reset, like a cut line. */
export function breakConnection(exchange: Exchange): void {
  exchange.fate = 'reset';
  exchange.req.socket.resetAndDestroy();
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** An answer with an HTML body. */
export function html(status: number, body: string): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}
