import { describe, expect, it } from 'vitest';
import type { Verb } from '../../../preload/contract';
import { verbs } from '../../../preload/contract/verbs';
import { sampleRequests } from './sample-requests';

function accepts(verb: Verb, request: unknown): boolean {
  return verbs[verb].request.safeParse(request).success;
}

it('a limit is a whole number of bytes a second that lets uploads move, or none', () => {
  const limit = (value: unknown) =>
    accepts('settings.change', { uploadLimitBytesPerSecond: value });
  expect([null, 10_000, 1_250_000, 10_000_000_000].map(limit)).toEqual([true, true, true, true]);
  const refused = [0, 9_999, -1, 10_000.5, 10_000_000_001, '10000', Number.NaN];
  expect(refused.map(limit)).toEqual(refused.map(() => false));
});

it('a page can move an upload only to positions that exist', () => {
  const move = (to: unknown) => accepts('upload.move', { uploadId: 'u', to });
  expect(['first', 'earlier', 'later', 'last'].map(move)).toEqual([true, true, true, true]);
  expect(['third', 0, null].map(move)).toEqual([false, false, false]);
});

it('a schedule cannot be without its time, which would make the post public at once', () => {
  const post = (change: object) =>
    accepts('post.publish', { ...(sampleRequests['post.publish'] as object), ...change });
  expect(post({ mode: 'schedule', scheduledAtMs: 1 })).toBe(true);
  const missing = [null, undefined, Number.NaN, -1, 0.5, Date.UTC(10_000, 0)];
  expect(missing.filter((scheduledAtMs) => post({ mode: 'schedule', scheduledAtMs }))).toEqual([]);
  expect(post({ mode: 'publish', scheduledAtMs: null })).toBe(true);
  expect(post({ mode: 'publish', scheduledAtMs: 1 })).toBe(false);
});

it('a page can ask for files or folders and for nothing else', () => {
  const choose = (what: unknown) =>
    accepts('uploads.choose', { accountId: null, brandId: null, what });
  expect([choose('files'), choose('folder'), choose('devices')]).toEqual([true, true, false]);
  expect(accepts('uploads.add', { paths: ['relative.mp4'], accountId: null, brandId: null })).toBe(
    false,
  );
  expect(accepts('uploads.cancelAll', { everything: true })).toBe(false);
});

it('a page can ask what an unfinished start costs, and send only a finished one', () => {
  const form = { kind: 'schedule', reporterId: 'rep_1', scheduleId: '' };
  const request = { accountId: 'a1', form };
  expect(accepts('execution.cost', request)).toBe(true);
  expect(accepts('execution.start', { ...request, agreed: true })).toBe(false);
  const finished = { ...form, scheduleId: 'sch_1' };
  expect(accepts('execution.start', { accountId: 'a1', form: finished, agreed: true })).toBe(true);
  expect(accepts('execution.start', { accountId: 'a1', form: finished })).toBe(false);
  const other = { ...finished, kind: 'anything' };
  expect(accepts('execution.start', { accountId: 'a1', form: other, agreed: true })).toBe(false);
});

/** The request with one extra key, once for each object in it. */
function withExtraKey(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return [
    { ...value, extra: true },
    ...Object.entries(value).flatMap(([key, part]) =>
      withExtraKey(part).map((changed) => ({ ...value, [key]: changed })),
    ),
  ];
}

describe('every verb', () => {
  const all = Object.keys(verbs) as Verb[];

  it.each(all)('%s accepts its own request', (verb) => {
    expect(accepts(verb, sampleRequests[verb])).toBe(true);
  });

  it.each(all)('%s refuses a call without a request, and one with an extra key', (verb) => {
    const request = sampleRequests[verb];
    const wrong = request === null ? [{}, { extra: true }] : [null, ...withExtraKey(request)];
    expect([undefined, ...wrong].filter((each) => accepts(verb, each))).toEqual([]);
  });
});
