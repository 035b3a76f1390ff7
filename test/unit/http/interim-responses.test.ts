import { describe, expect, it } from 'vitest';
import { InterimResponses } from '../../../main/http/interim-responses';

const FINAL = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\netag: "e"\r\n\r\nok';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const HINTS =
  'HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\nlink: <HTTP/1.1 100>\r\n\r\n';

/** What is left of a stream that arrives in these pieces. */
function left(pieces: Iterable<string>): string | null {
  const interim = new InterimResponses();
  interim.requestSent();
  let text = '';
  for (const piece of pieces) {
    const bytes = Buffer.from(piece, 'latin1');
    const rest = interim.without(bytes);
    if (rest === null) return null;
    text += rest.toString('latin1');
    // What a socket read is overwritten by what it reads next.
    bytes.fill('x');
  }
  return text;
}

describe('interim responses', () => {
  const streams: [string, string][] = [
    ['100', CONTINUE],
    ['100 without a reason', 'HTTP/1.1 100\r\n\r\n'],
    ['100 by an old proxy', 'HTTP/1.0 100 Continue\r\n\r\n'],
    ['100 with headers', 'HTTP/1.1 100 Continue\r\nconnection: close\r\nserver: IIS\r\n\r\n'],
    ['100 with bare line feeds', 'HTTP/1.1 100 Continue\nserver: x\n\n'],
    ['102', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103', HINTS],
    ['a status that nobody knows', 'HTTP/1.1 199 Mystery\r\n\r\n'],
    ['several', CONTINUE + HINTS + CONTINUE],
  ];
  it.each(streams)(
    '%s: the answer after them is read, however the bytes are split',
    (_, before) => {
      const stream = before + FINAL;
      expect(left([stream])).toBe(FINAL);
      expect(left([...stream])).toBe(FINAL);
      for (let at = 1; at < stream.length; at += 1) {
        expect(left([stream.slice(0, at), stream.slice(at)])).toBe(FINAL);
      }
    },
  );

  it.each([
    FINAL,
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n\x81\x02hi',
    'HTTP/1.1 403 Forbidden\r\n\r\n',
    'HTTP/2 100\r\n\r\n',
    'SSH-2.0-OpenSSH_9\r\n',
    '\r\nHTTP/1.1 200 OK\r\n\r\n',
  ])('are not seen in %j, of which no byte is lost', (stream) => {
    expect(left([stream])).toBe(stream);
    expect(left([...stream])).toBe(stream);
  });

  it('are not looked for in a body, which may contain anything', () => {
    const stream = `HTTP/1.1 200 OK\r\n\r\n${CONTINUE}${CONTINUE}`;
    expect(left([stream])).toBe(stream);
    expect(left([...stream])).toBe(stream);
    expect(left(['HTTP/1.1 200 OK\r\n\r\n', CONTINUE])).toBe(`HTTP/1.1 200 OK\r\n\r\n${CONTINUE}`);
  });

  it('are bounded: a server that sends nothing else, or a head without an end, is given up', () => {
    const endless = (piece: string) => Array.from({ length: 70_000 / piece.length }, () => piece);
    expect(left(endless(CONTINUE))).toBe(null);
    expect(left([CONTINUE.repeat(5_000)])).toBe(null);
    expect(left(['HTTP/1.1 100 Continue\r\n', ...endless('x-pad: 0123456789\r\n')])).toBe(null);
    expect(left(['HTTP/1.1 100 ', ...endless('x'.repeat(100))])).toBe(null);
    expect(left([CONTINUE.repeat(1_000), FINAL])).toBe(FINAL);
  });

  it('of the next request are skipped too', () => {
    const interim = new InterimResponses();
    for (let request = 0; request < 3; request += 1) {
      interim.requestSent();
      expect(interim.without(Buffer.from(CONTINUE + FINAL))?.toString()).toBe(FINAL);
      expect(interim.without(Buffer.from(CONTINUE))?.toString()).toBe(CONTINUE);
    }
  });
});
