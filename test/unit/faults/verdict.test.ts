import { describe, expect, test } from 'vitest';
import type { Upload } from '../../../main/domain/upload';
import { type UploaderMessage, userAgentOf } from '../../faults/uploads/messages';
import type { Snapshot } from '../../faults/uploads/snapshot';
import {
  type Evidence,
  judge,
  type ObjectRecord,
  type RequestRecord,
  type RunRecord,
} from '../../faults/uploads/verdict';

const FILE = { path: '/videos/a.mp4', fileName: 'a.mp4', sizeBytes: 10, sha256Hex: 'true' };
const OBJECT: ObjectRecord = {
  uploadId: 'up-1',
  clipId: 'clip-1',
  fileName: 'a.mp4',
  state: 'completed',
  sizeBytes: 10,
  sha256Hex: 'true',
};

function row(change: Partial<Upload> = {}, parts: number[] = [1, 2]): Snapshot['uploads'][number] {
  return {
    id: 'row-1',
    accountId: 'account',
    brandId: 'brand',
    ...FILE,
    mimeType: 'video/mp4',
    modifiedAtMs: 0,
    partSizeBytes: 5,
    remote: { clipId: 'clip-1', uploadId: 'up-1', key: 'key' },
    clipId: 'clip-1',
    state: 'sent',
    problem: null,
    remoteText: null,
    addedAtMs: 0,
    endedAtMs: 1,
    restsSinceMs: null,
    ...change,
    parts: parts.map((partNumber) => ({ partNumber, sizeBytes: 5, etag: '"e"' })),
  };
}

function run(number: number, change: Partial<RunRecord> = {}): RunRecord {
  return { number, killed: false, messages: [], snapshot: { uploads: [row()] }, ...change };
}

const stored = (...parts: number[]): UploaderMessage[] =>
  parts.map((partNumber) => ({ type: 'part-stored', uploadId: 'up-1', partNumber }));

/** Requests in the order of their arrival. */
function log(...entries: (Partial<RequestRecord> & { run: number })[]): RequestRecord[] {
  return entries.map(({ run, ...entry }, index) => ({
    id: index + 1,
    service: 'autoposting',
    method: 'POST',
    path: '',
    query: {},
    headers: { 'user-agent': userAgentOf(run) },
    body: null,
    status: 200,
    outcome: 'answered',
    partNumber: null,
    applied: true,
    ...entry,
  }));
}

const init = { path: '/clips/upload/init', body: '{"fileName":"a.mp4"}', status: 201 };
const put = (partNumber: number) => ({
  service: 'storage',
  method: 'PUT',
  query: { uploadId: 'up-1' },
  partNumber,
});
const complete = { path: '/clips/upload/complete', body: '{"uploadId":"up-1"}' };

const GOOD: Evidence = {
  files: [FILE],
  runs: [run(1, { messages: stored(1, 2) })],
  requests: log(
    { run: 1, ...init },
    { run: 1, ...put(1) },
    { run: 1, ...put(2) },
    { run: 1, ...complete },
  ),
  objects: [OBJECT],
};

test('an upload that went well is judged so', () => {
  expect(judge(GOOD)).toEqual({
    problems: [],
    partsSentTwice: 0,
    danglingUploads: 0,
    unknowable: 0,
  });
});

describe('a loss is noticed:', () => {
  const { requests } = GOOD;
  test.each<[string, Partial<Evidence>, string]>([
    ['other bytes', { objects: [{ ...OBJECT, sha256Hex: 'other' }] }, 'other bytes'],
    ['too few bytes', { objects: [{ ...OBJECT, sizeBytes: 9 }] }, '9 bytes'],
    ['no object', { objects: [] }, '0 finished objects'],
    ['a second object', { objects: [OBJECT, { ...OBJECT, uploadId: 'up-2' }] }, '2 finished'],
    ['a second completion', { requests: [...requests, ...log({ run: 1, ...complete })] }, '2 comp'],
    [
      'an unfinished record',
      { runs: [run(1, { snapshot: { uploads: [row({ state: 'sending' })] } })] },
      'sending',
    ],
    [
      'a wrong checksum',
      { runs: [run(1, { snapshot: { uploads: [row({ sha256Hex: 'other' })] } })] },
      'SHA-256 other',
    ],
    ['two records', { runs: [run(1, { snapshot: { uploads: [row(), row()] } })] }, '2 records'],
  ])('%s', (_, change, problem) => {
    expect(judge({ ...GOOD, ...change }).problems.join()).toContain(problem);
  });
});

describe('a part is sent twice when it goes again', () => {
  const killed = (parts: number[]) =>
    run(1, { killed: true, snapshot: { uploads: [row({ state: 'sending' }, parts)] } });

  test('after a kill, although the database had it', () => {
    const requests = log({ run: 1, ...put(1) }, { run: 2, ...put(1) }, { run: 2, ...complete });
    const runs = [killed([1]), run(2)];
    expect(judge({ ...GOOD, runs, requests }).partsSentTwice).toBe(1);
  });

  test('but not when the kill came before it was stored', () => {
    const requests = log({ run: 1, ...put(1) }, { run: 2, ...put(1) }, { run: 2, ...complete });
    const runs = [killed([]), run(2, { messages: stored(1) })];
    expect(judge({ ...GOOD, runs, requests })).toMatchObject({ partsSentTwice: 0, problems: [] });
  });

  test('in the same life, after it was stored', () => {
    const requests = log({ run: 1, ...put(1) }, { run: 1, ...put(1) }, { run: 1, ...complete });
    const runs = [run(1, { messages: stored(1, 1) })];
    expect(judge({ ...GOOD, runs, requests }).partsSentTwice).toBe(1);
  });

  test('in the same life, and breaks off', () => {
    const again = { run: 1, ...put(1), status: null, outcome: 'reset' };
    const requests = log({ run: 1, ...put(1) }, again, { run: 1, ...complete });
    const runs = [run(1, { messages: stored(1) })];
    expect(judge({ ...GOOD, runs, requests }).partsSentTwice).toBe(1);
  });

  test('but not when its answer was lost', () => {
    const lost = { run: 1, ...put(1), status: null, outcome: 'reset' };
    const requests = log(lost, { run: 1, ...put(1) }, { run: 1, ...complete });
    const runs = [run(1, { messages: stored(1) })];
    expect(judge({ ...GOOD, runs, requests }).partsSentTwice).toBe(0);
  });
});

describe('an upload left open', () => {
  const open: ObjectRecord = { ...OBJECT, uploadId: 'up-0', clipId: 'clip-0', state: 'open' };
  const objects = [open, OBJECT];
  const own = log({ run: 2, ...init }, { run: 2, ...complete });

  test('is dangling when a record had it', () => {
    const remote = { clipId: 'clip-0', uploadId: 'up-0', key: 'key' };
    const first = run(1, { killed: true, snapshot: { uploads: [row({ remote }, [])] } });
    const requests = [...log({ run: 1, ...init }), ...own];
    const verdict = judge({ ...GOOD, runs: [first, run(2)], requests, objects });
    expect(verdict).toMatchObject({ danglingUploads: 1, unknowable: 0 });
  });

  test('is dangling when its id came and nothing died', () => {
    const requests = log({ run: 1, ...init }, { run: 1, ...init }, { run: 1, ...complete });
    expect(judge({ ...GOOD, requests, objects })).toMatchObject({ danglingUploads: 1 });
  });

  test('is dangling when it was used, whatever the database lost since', () => {
    const presign = { path: '/clips/upload/presign', body: '{"uploadId":"up-0"}' };
    const requests = [...log({ run: 1, ...init }, { run: 1, ...presign }), ...own];
    const first = run(1, { killed: true, snapshot: { uploads: [] } });
    const verdict = judge({ ...GOOD, runs: [first, run(2)], requests, objects });
    expect(verdict).toMatchObject({ danglingUploads: 1 });
  });

  test('is unknowable when the answer was lost', () => {
    const lost = { run: 1, ...init, outcome: 'reset', status: null };
    const requests = log(lost, { run: 1, ...init }, { run: 1, ...complete });
    const verdict = judge({ ...GOOD, requests, objects });
    expect(verdict).toMatchObject({ danglingUploads: 0, unknowable: 1, problems: [] });
  });

  test('is unknowable when the app was killed before it was recorded', () => {
    const requests = [...log({ run: 1, ...init }), ...own];
    const first = run(1, { killed: true, snapshot: { uploads: [] } });
    const verdict = judge({ ...GOOD, runs: [first, run(2)], requests, objects });
    expect(verdict).toMatchObject({ danglingUploads: 0, unknowable: 1, problems: [] });
  });
});
