import { createServer, Socket } from 'node:net';

/**
 * A storage host without storage: it takes in every body to its last byte, keeps nothing, and
 * answers with an ETag. The MD5 in it is the one that the URL names, computed beforehand, since S3
 * would spend that time on another machine than the client's. It speaks as much of S3's multipart
 * upload as the clients here use.
 */

const READ_BYTES = 1024 * 1024;
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

const started = '<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key>';

/** What to answer, once the body of the request is there. */
function answerTo(head: string): string {
  const [, method = '', target = ''] = /^([A-Z]+) (\S+)/.exec(head) ?? [];
  const query = new URL(target, 'http://sink').searchParams;
  const etag = `"${query.get('etag') ?? `no checksum ${query.get('partNumber') ?? ''}`}"`;
  const body =
    method !== 'POST'
      ? ''
      : query.has('uploads')
        ? `${started}<UploadId>upload</UploadId></InitiateMultipartUploadResult>`
        : `<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>`;
  return `HTTP/1.1 200 OK\r\netag: ${etag}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function bodyLength(head: string): number {
  if (/transfer-encoding/i.test(head)) throw new Error('only bodies of a known length');
  return Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}

/** Reads requests from one connection, piece by piece, and answers each. */
function requestReader(write: (text: string) => void): (bytes: Buffer) => void {
  let head = '';
  let answer: string | null = null;
  let leftBytes = 0;
  return (bytes) => {
    let rest = bytes;
    while (rest.length > 0) {
      if (answer === null) {
        const seen = head.length;
        head += rest.toString('latin1', 0, MAX_HEAD_BYTES);
        const end = head.indexOf(HEAD_END);
        if (end < 0) {
          if (head.length > MAX_HEAD_BYTES) throw new Error('head too long');
          return;
        }
        rest = rest.subarray(end + HEAD_END.length - seen);
        head = head.slice(0, end);
        leftBytes = bodyLength(head);
        answer = answerTo(head);
        if (/expect: *100-continue/i.test(head)) write('HTTP/1.1 100 Continue\r\n\r\n');
      }
      const taken = Math.min(leftBytes, rest.length);
      leftBytes -= taken;
      rest = rest.subarray(taken);
      if (leftBytes > 0) return;
      write(answer);
      answer = null;
      head = '';
    }
  };
}

// Reading every piece into the same memory takes a third of the time of `data` events, but Node
// offers that only to connections that a program opens itself, so the socket is made anew.
const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
const server = createServer({ pauseOnConnect: true }, (accepted) => {
  const inner = accepted as unknown as { _handle: unknown };
  const handle = inner._handle;
  inner._handle = null;
  const read = requestReader((text) => socket.write(text));
  const socket: Socket = new Socket({
    handle,
    onread: {
      buffer,
      callback: (sizeBytes: number) => {
        read(buffer.subarray(0, sizeBytes));
        return true;
      },
    },
  } as object);
  socket.on('error', () => socket.destroy());
  socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
