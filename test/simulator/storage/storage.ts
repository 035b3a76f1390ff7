import { type Answer, type Exchange, requestBody } from '../wire/exchange';
import type { Service } from '../wire/perform';
import { serveFile } from './downloads';
import { maxPartBytes, maxPartNumber } from './object-store';
import { judgeSignature } from './presign';
import { expiredAnswer, xmlError } from './xml';

/** The storage host: part PUTs to presigned URLs, and results to download. */
export const storageService: Service = {
  arrived({ world, url, entry }) {
    const upload = world.store.find(url.searchParams.get('uploadId') ?? '');
    if (entry.method !== 'PUT' || !upload || entry.partNumber === null) return;
    const history = world.store.historyOf(upload, entry.partNumber);
    history.begun += 1;
    if (history.answered > 0) history.begunAfterAnswered += 1;
  },
  async apply(exchange) {
    const answer = await route(exchange);
    exchange.world.log.count(exchange.entry);
    return answer;
  },
  error(_exchange, status, code, message) {
    return xmlError(
      status,
      code ?? codes[status] ?? 'InternalError',
      message ?? 'Try again later.',
    );
  },
};

const codes: Record<number, string> = {
  403: 'AccessDenied',
  404: 'NoSuchKey',
  429: 'TooManyRequests',
  503: 'SlowDown',
};

async function route(exchange: Exchange): Promise<Answer> {
  const { entry, req, path } = exchange;
  if (entry.keyForm !== 'none') {
    // S3-like stores refuse a second way of signing; the log records it as a leaked key.
    return xmlError(400, 'InvalidArgument', 'A signed address takes no other credentials.');
  }
  if (req.method === 'PUT' && path.startsWith('/uploads/')) {
    entry.route = 'PUT /uploads/{key}';
    return putPart(exchange);
  }
  if (req.method === 'GET' || req.method === 'HEAD') return serveFile(exchange);
  return xmlError(405, 'MethodNotAllowed', 'This address does not take this method.');
}

async function putPart(exchange: Exchange): Promise<Answer> {
  const { world, req, res, url, path } = exchange;
  const signature = judgeSignature(world, 'PUT', url);
  if (signature.state === 'expired') {
    return expiredAnswer(world.clock.now(), signature.expiredMs);
  }
  if (signature.state === 'missing') return xmlError(403, 'AccessDenied', 'No signature.');
  if (signature.state === 'wrong') {
    return xmlError(403, 'SignatureDoesNotMatch', 'The signature is not of this request.');
  }
  const unsigned = Object.keys(req.headers).filter((name) => name.startsWith('x-amz-'));
  if (unsigned.length > 0) {
    return xmlError(403, 'AccessDenied', 'There are x-amz headers that were not signed.', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
  const upload = world.store.find(url.searchParams.get('uploadId') ?? '');
  if (upload?.state !== 'open' || `/uploads/${upload.key}` !== decodeURIComponent(path)) {
    return xmlError(404, 'NoSuchUpload', 'No upload is open under this id.');
  }
  const partNumber = exchange.entry.partNumber;
  if (partNumber === null || partNumber > maxPartNumber) {
    return xmlError(400, 'InvalidArgument', 'A part number is 1 to 10,000.');
  }
  const length = req.headers['content-length'];
  if (length === undefined) return xmlError(411, 'MissingContentLength', 'Length required.');
  const expectedBytes = Number(length);
  if (expectedBytes > maxPartBytes) return xmlError(400, 'EntityTooLarge', 'A part is too large.');
  const digest = req.headers['content-md5'];
  if (digest !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(String(digest))) {
    return xmlError(400, 'InvalidDigest', 'Content-MD5 is not a base64 MD5.');
  }

  const history = world.store.historyOf(upload, partNumber);
  const stored = await world.store.putPart(
    upload,
    partNumber,
    expectedBytes,
    requestBody(exchange),
    (md5) =>
      digest === undefined ||
      exchange.interception.corrupt === true ||
      md5.toString('base64') === digest,
  );
  if (stored === 'incomplete') return xmlError(400, 'IncompleteBody', 'The body is too short.');
  if (stored === 'bad digest') return xmlError(400, 'BadDigest', 'Content-MD5 does not match.');
  if (stored === 'no upload') return xmlError(404, 'NoSuchUpload', 'The upload has ended.');
  exchange.entry.applied = true;
  res.on('finish', () => {
    if (res.statusCode === 200 && res.hasHeader('ETag')) history.answered += 1;
  });
  return { status: 200, headers: { ETag: `"${stored.md5Hex}"` }, body: null };
}
