import { createHash } from 'node:crypto';
import http from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/client';
import {
  autoposting,
  initUpload,
  mib,
  presignPart,
  putPart,
  sha256,
  someBytes,
  uploadClip,
} from './requests';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

describe('a finished upload', () => {
  test('has the bytes of the file, so an engine that mixes up parts is found out', async () => {
    const parts = [someBytes(5 * mib, 1), someBytes(6 * mib, 2), someBytes(1000, 3)];
    const clipId = await uploadClip(simulator, parts);
    const object = await simulator.objectHash(clipId);
    expect(object).toEqual({ sha256: sha256(Buffer.concat(parts)), sizeBytes: 11 * mib + 1000 });
    expect(await simulator.danglingUploads()).toEqual([]);
  });

  test('can be read back in ranges, so a preview shows what was sent', async () => {
    const part = someBytes(5 * mib, 7);
    const clipId = await uploadClip(simulator, [part, someBytes(500, 8)]);
    const reply = await fetch(`${simulator.storageUrl}/sources/${clipId}`, {
      headers: { range: `bytes=${5 * mib - 2}-${5 * mib + 1}` },
    });
    expect(reply.status).toBe(206);
    const expected = Buffer.concat([part.subarray(-2), someBytes(500, 8).subarray(0, 2)]);
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(expected);
  });
});

describe('completing is refused', () => {
  const cases: [string, string, (etags: string[]) => { partNumber: number; etag: string }[]][] = [
    [
      'without a part that was sent to nobody',
      'InvalidPart',
      ([a = '', b = '']) => [
        { partNumber: 1, etag: a },
        { partNumber: 2, etag: b },
        { partNumber: 3, etag: b },
      ],
    ],
    [
      'with an ETag of another part',
      'InvalidPart',
      ([a = '']) => [
        { partNumber: 1, etag: a },
        { partNumber: 2, etag: a },
      ],
    ],
    [
      'with parts out of order',
      'InvalidPartOrder',
      ([a = '', b = '']) => [
        { partNumber: 2, etag: b },
        { partNumber: 1, etag: a },
      ],
    ],
    [
      'with a part named twice',
      'InvalidPartOrder',
      ([a = '']) => [
        { partNumber: 1, etag: a },
        { partNumber: 1, etag: a },
      ],
    ],
  ];
  test.each(cases)('%s, so a broken list never makes a broken video', async (_, code, list) => {
    const upload = await initUpload(simulator);
    const etags: string[] = [];
    for (const [index, size] of [5 * mib, 10].entries()) {
      const url = await presignPart(simulator, upload, index + 1);
      etags.push((await putPart(url, someBytes(size, index))).etag ?? '');
    }
    const reply = await autoposting(simulator)('POST', '/clips/upload/complete', {
      ...upload,
      parts: list(etags),
    });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ success: false, code });
    expect(await simulator.danglingUploads()).toHaveLength(1);
  });

  test('when a part before the last is under 5 MiB', async () => {
    const upload = await initUpload(simulator);
    const parts = [];
    for (const partNumber of [1, 2]) {
      const url = await presignPart(simulator, upload, partNumber);
      const { etag } = await putPart(url, someBytes(5 * mib - 1, partNumber));
      parts.push({ partNumber, etag });
    }
    const reply = await autoposting(simulator)('POST', '/clips/upload/complete', {
      ...upload,
      parts,
    });
    expect(reply.body.code).toBe('EntityTooSmall');
  });

  test('a second time, so a lost answer must be settled by reading the clip', async () => {
    const upload = await initUpload(simulator);
    const { etag } = await putPart(await presignPart(simulator, upload, 1), someBytes(99));
    const body = { ...upload, parts: [{ partNumber: 1, etag }] };
    const api = autoposting(simulator);
    expect((await api('POST', '/clips/upload/complete', body)).status).toBe(200);
    const again = await api('POST', '/clips/upload/complete', body);
    expect([again.status, again.body.code]).toEqual([400, 'NoSuchUpload']);
  });
});

describe('an address for a part', () => {
  test('stops working after its time, by the simulator’s clock', async () => {
    const upload = await initUpload(simulator);
    const url = await presignPart(simulator, upload, 1);
    await simulator.advance(900_001);
    const late = await putPart(url, someBytes(100));
    expect(late.status).toBe(403);
    expect(late.text).toContain('<Code>AccessDenied</Code>');
    const fresh = await putPart(await presignPart(simulator, upload, 1), someBytes(100));
    expect(fresh.status).toBe(200);
  });

  test('is good for its own part only', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    const other = await putPart(url.replace('partNumber=1', 'partNumber=2'), someBytes(100));
    expect([other.status, /<Code>(\w+)/.exec(other.text)?.[1]]).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
  });

  test('refuses a key and reports the leak, so a key sent to storage fails a test', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    const reply = await putPart(url, someBytes(10), {
      authorization: `Bearer ${simulator.keys.autoposting}`,
    });
    expect(reply.status).toBe(400);
    expect(await simulator.keyLeaks()).toMatchObject([{ how: 'header-at-storage' }]);
    expect(JSON.stringify(await simulator.requests())).not.toContain(simulator.keys.autoposting);
  });

  test('takes an abort for the end: parts are gone and the upload no longer dangles', async () => {
    const upload = await initUpload(simulator);
    const url = await presignPart(simulator, upload, 1);
    await putPart(url, someBytes(100));
    const aborted = await autoposting(simulator)('POST', '/clips/upload/abort', upload);
    expect(aborted.body.data).toEqual({ aborted: true });
    expect(await simulator.danglingUploads()).toEqual([]);
    expect((await putPart(url, someBytes(100))).status).toBe(404);
  });
});

describe('a part', () => {
  test('has the MD5 of its bytes in quotes as ETag, and a wrong Content-MD5 is refused', async () => {
    const bytes = someBytes(1234);
    const md5 = createHash('md5').update(bytes).digest();
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    const good = await putPart(url, bytes, { 'content-md5': md5.toString('base64') });
    expect(good.etag).toBe(`"${md5.toString('hex')}"`);
    const bad = await putPart(url, someBytes(1234, 9), { 'content-md5': md5.toString('base64') });
    expect([bad.status, bad.text.includes('BadDigest')]).toEqual([400, true]);
  });

  test('needs its length beforehand', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = http.request(url, { method: 'PUT' }, (res) => {
        res.resume();
        resolve(res.statusCode);
      });
      req.on('error', reject);
      req.write('chunked');
      req.end();
    });
    expect(status).toBe(411);
  });

  test('sent again after its ETag was answered is counted, so wasted bytes show', async () => {
    const upload = await initUpload(simulator);
    const url = await presignPart(simulator, upload, 1);
    await putPart(url, someBytes(10));
    await putPart(url, someBytes(10));
    const [object] = await simulator.objects();
    expect(object?.history).toEqual([
      { partNumber: 1, begun: 2, stored: 2, answered: 2, begunAfterAnswered: 1 },
    ]);
  });

  test('is hashed but not kept in sink mode, so huge files need no disk', async () => {
    await simulator.configure({ storageKeepsBytes: false });
    const clipId = await uploadClip(simulator, [someBytes(5 * mib), someBytes(7)]);
    expect(await simulator.objectHash(clipId)).toEqual({ sha256: null, sizeBytes: 5 * mib + 7 });
  });
});
