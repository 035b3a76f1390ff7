import { expect, it } from 'vitest';
import { systemClock } from '../../../main/compose/system-clock';
import { ServiceError } from '../../../main/domain/service-error';
import type { PartRequest, PartWorkers } from '../../../main/uploads/workers/part-workers';
import { QueueClock } from './queue-clock';
import { MIB, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();

it('a part that moves no byte for 30 seconds is aborted and sent again', async () => {
  const path = setting.folder.video('stalled.mp4', MIB);
  let hangs = true;
  let waitedMs = 0;
  let tries = 0;
  const clock = new QueueClock();
  const rig = setting.rig({
    clock: {
      nowMs: Date.now,
      monotonicMs: Date.now,
      // While the part hangs, seconds pass at once.
      after: (ms, task) => {
        if (!hangs) return clock.after(ms, task);
        waitedMs += ms === 1_000 ? ms : 0;
        return systemClock.after(0, task);
      },
    },
    workers: (real) => ({
      send: (request) => {
        tries += 1;
        if (tries > 1) return real.send(request);
        return new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            hangs = false;
            reject(new ServiceError('cancelled'));
          });
        });
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(tries).toBe(2);
  expect(waitedMs).toBeGreaterThanOrEqual(29_000);
  expect(waitedMs).toBeLessThanOrEqual(31_000);
  expect(rig.happened('waited')).toMatchObject([
    { step: 'part', partNumber: 1, problem: 'timed-out' },
  ]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a host that asks clients to slow down gets no part of the upload until the time is over', async () => {
  const path = setting.folder.video('slow-down.mp4', 11 * MIB);
  const startsMs: number[] = [];
  let askedAtMs = 0;
  const rig = setting.rig({
    limits: { partsInFlight: 1, transfers: 1 },
    // The wait is as long as the host asks for, and no longer.
    random: () => 0,
    workers: (real) => ({
      send: async (request) => {
        startsMs.push(performance.now());
        if (startsMs.length !== 2) return real.send(request);
        askedAtMs = performance.now();
        const retryAtMs = Date.now() + 300;
        return {
          status: 503,
          etag: null,
          code: 'SlowDown',
          retryAtMs,
          isPage: false,
          redirectUrl: null,
        };
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((startsMs[2] ?? 0) - askedAtMs).toBeGreaterThan(250);
  expect(startsMs.length).toBe(4);
});

it('a busy host gets no part of another upload between its answer and the wait', async () => {
  const startsMs: number[] = [];
  let signed = 0;
  let hashed = 0;
  const rig = setting.rig({
    limits: { partsInFlight: 1, transfers: 2 },
    random: () => 0,
    remote: (real) => ({
      ...real,
      sign: async (...asked) => {
        const urls = await real.sign(...asked);
        signed += 1;
        return urls;
      },
    }),
    workers: (real) => ({
      md5: async (part, signal) => {
        const hex = await real.md5(part, signal);
        hashed += 1;
        return hex;
      },
      send: async (request) => {
        startsMs.push(performance.now());
        if (startsMs.length !== 1) return real.send(request);
        // By then the part of the other upload waits for a permit.
        await until('both parts are ready', () => signed === 2 && hashed === 2);
        // Before the time is named: the process may be kept waiting between the two.
        startsMs[0] = performance.now();
        const retryAtMs = Date.now() + 300;
        return {
          status: 503,
          etag: null,
          code: 'SlowDown',
          retryAtMs,
          isPage: false,
          redirectUrl: null,
        };
      },
    }),
  });
  const ids = [];
  for (const name of ['busy-one', 'busy-two']) {
    ids.push(await rig.add(setting.folder.video(`${name}.mp4`, MIB)));
  }
  rig.queue.start();
  for (const id of ids) await rig.reaches(id, 'sent');
  expect((startsMs[1] ?? 0) - (startsMs[0] ?? 0)).toBeGreaterThan(250);
  expect(startsMs.length).toBe(3);
});

it('an upload that has ended at the storage host fails at once and starts over on a retry', async () => {
  const path = setting.folder.video('ended.mp4', MIB);
  let ended = true;
  const rig = setting.rig({
    workers: (real) => ({
      send: async (request) =>
        ended
          ? {
              status: 404,
              etag: null,
              code: 'NoSuchUpload',
              retryAtMs: null,
              isPage: false,
              redirectUrl: null,
            }
          : real.send(request),
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  const failed = await rig.reaches(id, 'failed');
  expect(failed).toMatchObject({ problem: 'storage-refused', remoteText: 'NoSuchUpload' });
  ended = false;
  rig.queue.retry(id);
  const sent = await rig.reaches(id, 'sent');
  expect(sent.remote?.clipId).not.toBe(failed.remote?.clipId);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('a host that refuses the checksum header gets the part without it', async () => {
  const path = setting.folder.video('plain.mp4', MIB);
  const headers: (string | null)[] = [];
  const rig = setting.rig({
    workers: (real) => ({
      send: async (request) => {
        headers.push(request.md5Hex);
        if (request.md5Hex === null) return real.send(request);
        return {
          status: 403,
          etag: null,
          code: 'SignatureDoesNotMatch',
          retryAtMs: null,
          isPage: false,
          redirectUrl: null,
        };
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(headers.map((header) => header !== null)).toEqual([true, true, false]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('bytes that change on the way are refused by the host and sent again', async () => {
  const path = setting.folder.video('damaged.mp4', MIB);
  let tries = 0;
  const rig = setting.rig({
    workers: (real) => ({
      send: (request) => {
        tries += 1;
        // To the host, a wrong checksum looks the same as wrong bytes.
        return real.send(tries > 1 ? request : { ...request, md5Hex: '0'.repeat(32) });
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((await setting.puts()).map(({ status }) => status)).toEqual([400, 200]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

/** Workers that hash the second part only once it is being sent. */
function hashingLate(sent: (request: PartRequest) => void, etag?: string) {
  let seen = (): void => {};
  const onItsWay = new Promise<void>((resolve) => {
    seen = resolve;
  });
  return (real: PartWorkers): Partial<PartWorkers> => ({
    md5: async (part, signal) => {
      if (part.offsetBytes > 0) await onItsWay;
      return real.md5(part, signal);
    },
    send: async (request) => {
      if (request.offsetBytes === 0) return real.send(request);
      sent(request);
      const answer = await real.send(request);
      seen();
      return request.md5Hex === null && etag !== undefined ? { ...answer, etag } : answer;
    },
  });
}

it('a fast link does not wait for hashing once the host is known to answer with MD5s', async () => {
  const path = setting.folder.video('beside.mp4', 6 * MIB);
  const md5s: (string | null)[] = [];
  const rig = setting.rig({
    limits: { partsInFlight: 1, transfers: 1 },
    workers: hashingLate(({ md5Hex }) => md5s.push(md5Hex)),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(md5s).toEqual([null]);
  // The answer was compared with what was computed in the meantime.
  expect(rig.store.facts.find(({ partNumber }) => partNumber === 2)?.md5Hex).toMatch(
    /^[0-9a-f]{32}$/,
  );
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a part that waits for its MD5 keeps no other part from the network', async () => {
  // More parts than are sent at once on a fresh link.
  const path = setting.folder.video('ahead.mp4', 30 * MIB);
  let sends = 0;
  let allSent = (): void => {};
  let hashing = Promise.resolve();
  const rig = setting.rig({
    workers: (real) => ({
      md5: async (part, signal) => {
        await hashing;
        return real.md5(part, signal);
      },
      send: async (request) => {
        const answer = await real.send(request);
        sends += 1;
        if (sends === 7) allSent();
        return answer;
      },
    }),
  });
  rig.queue.start();
  // From this upload on it is known that the host answers with MD5s.
  await rig.reaches(await rig.add(setting.folder.video('before.mp4', MIB)), 'sent');
  hashing = new Promise((resolve) => {
    allSent = resolve;
  });
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect(sends).toBe(7);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it.each([
  ['another MD5', `"${'0'.repeat(32)}"`],
  ['no MD5 at all', '"opaque"'],
])(
  'a part that was hashed while it was sent does not count when the answer has %s',
  async (_, etag) => {
    const path = setting.folder.video('unchecked.mp4', 6 * MIB);
    const md5s: (string | null)[] = [];
    const rig = setting.rig({
      limits: { partsInFlight: 1, transfers: 1 },
      workers: hashingLate(({ md5Hex }) => md5s.push(md5Hex), etag),
    });
    rig.queue.start();
    const id = await rig.add(path);
    await rig.reaches(id, 'sent');
    expect(md5s.map((md5Hex) => md5Hex !== null)).toEqual([false, true]);
    expect(rig.store.recorded).toEqual([`${id}/1`, `${id}/2`]);
    expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  },
);
