import { expect, it } from 'vitest';
import type { PartAnswer } from '../../../main/domain/part-put';
import { judgeAnswer, type PartChecksum } from '../../../main/uploads/part-outcome';

const MD5 = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);

function judged(answer: Partial<PartAnswer>, checksum: Partial<PartChecksum> = {}) {
  return judgeAnswer(
    {
      ...{ status: 200, etag: null, code: null, retryAtMs: null, isPage: false, redirectUrl: null },
      ...answer,
    },
    { md5Hex: MD5, isFromBefore: true, mismatches: 0, etagsAreMd5: null, ...checksum },
  );
}

it.each([
  ['401', { status: 401 }, 'url-refused'],
  ['403', { status: 403, code: 'SignatureDoesNotMatch' }, 'url-refused'],
  ['an expired token', { status: 400, code: 'ExpiredToken' }, 'url-refused'],
  ['other bytes than the Content-MD5 says', { status: 400, code: 'BadDigest' }, 'mismatch'],
  ['no such upload', { status: 404, code: 'NoSuchUpload' }, 'upload-ended'],
  ['a connection that broke off', { status: 400, code: 'RequestTimeout' }, 'failed'],
  ['503', { status: 503, code: 'SlowDown' }, 'failed'],
  ['success without an ETag', { status: 200 }, 'failed'],
] as const)('an answer of %s means what it says', (_, answer, kind) => {
  const { outcome, etagsAreMd5 } = judged(answer, { etagsAreMd5: true });
  expect(outcome.kind).toBe(kind);
  expect(etagsAreMd5).toBe(true);
});

it.each([
  [429, 'rate-limited'],
  [503, 'service-fault'],
  [408, 'service-fault'],
  [404, 'storage-refused'],
])('status %d has the problem %s, which the retry policy uses', (status, problem) => {
  const retryAtMs = status === 404 ? null : 5_000;
  const { outcome } = judged({ status, retryAtMs });
  expect(outcome).toMatchObject({ kind: 'failed', failure: { problem, retryAtMs } });
});

it.each([
  [301, 'PermanentRedirect'],
  [307, 'TemporaryRedirect'],
])(
  'a redirect of the host itself (%i) is a refusal, not a network that asks for a sign-in',
  (status, code) => {
    const { outcome } = judged({ status, code });
    const failure = { problem: 'storage-refused', remoteText: code };
    expect(outcome).toMatchObject({ kind: 'failed', failure });
    expect(judged({ status, code, isPage: true }).outcome).toMatchObject({
      failure: { problem: 'not-json' },
    });
  },
);

it('an ETag that is the MD5 shows that the host answers with MD5s, whatever its case', () => {
  const etag = `"${MD5.toUpperCase()}"`;
  expect(judged({ etag })).toEqual({ outcome: { kind: 'sent', etag }, etagsAreMd5: true });
});

it('another MD5 is a mismatch, unless it is the third and the host never gave the right one', () => {
  const etag = `"${OTHER}"`;
  const kind = (checksum: Partial<PartChecksum>) => judged({ etag }, checksum).outcome.kind;
  expect(kind({ mismatches: 1 })).toBe('mismatch');
  expect(judged({ etag }, { mismatches: 2 })).toEqual({
    outcome: { kind: 'sent', etag },
    etagsAreMd5: false,
  });
  expect(kind({ mismatches: 9, etagsAreMd5: true })).toBe('mismatch');
  expect(kind({ etagsAreMd5: false })).toBe('sent');
});

it('an ETag that is no MD5 confirms nothing about a part that was sent without its own', () => {
  const etag = '"opaque"';
  expect(judged({ etag }, { etagsAreMd5: true })).toMatchObject({ outcome: { kind: 'sent' } });
  expect(judged({ etag }, { etagsAreMd5: true, isFromBefore: false })).toEqual({
    outcome: { kind: 'mismatch' },
    etagsAreMd5: null,
  });
});

it.each([
  ['a page', { status: 200, isPage: true }],
  ['a page with an ETag of its own', { status: 200, isPage: true, etag: '"5f3e-61a"' }],
  ['a page with an ETag like an MD5', { status: 200, isPage: true, etag: `"${MD5}"` }],
  ['a redirect', { status: 302 }],
  ['a redirect that must not be followed', { status: 307 }],
  ['a page that forbids it', { status: 403, isPage: true }],
  ['a page that knows no PUT', { status: 405, isPage: true }],
  ['a page of a server that knows no PUT', { status: 501, isPage: true }],
  ['the status for a sign-in to the network', { status: 511 }],
] as const)(
  '%s comes from in between: the part is not there, and the way may get free',
  (_, answer) => {
    expect(judged(answer).outcome).toMatchObject({
      kind: 'failed',
      failure: { problem: 'not-json' },
    });
  },
);

it.each([
  ['a page of a host that has a fault', { status: 502, isPage: true }, 'service-fault'],
  ['a page of a proxy that takes no such size', { status: 413, isPage: true }, 'storage-refused'],
  ['a proxy that asks for a sign-in', { status: 407, isPage: true }, 'unreachable'],
  ['success without an ETag', { status: 204 }, 'unexpected-shape'],
])('%s has a problem of its own', (_, answer, problem) => {
  expect(judged(answer).outcome).toMatchObject({ kind: 'failed', failure: { problem } });
});
