import { expect, it } from 'vitest';
import { ServiceError } from '../../../main/domain/service-error';
import { systemClock } from '../../../main/uploads/clock';
import { MIB, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();

it('a part that moves no byte for 30 seconds is broken off and sent again', async () => {
  const path = setting.folder.video('stalled.mp4', MIB);
  let hangs = true;
  let waitedMs = 0;
  let tries = 0;
  const rig = setting.rig({
    clock: {
      now: Date.now,
      // While the part hangs, seconds pass at once.
      delay: (ms, signal) => {
        if (!hangs) return systemClock.delay(ms, signal);
        waitedMs += ms === 1_000 ? ms : 0;
        return systemClock.delay(0, signal);
      },
    },
    sender: (real) => ({
      putPart: (request) => {
        tries += 1;
        if (tries > 1) return real.putPart(request);
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
  expect(rig.log.some((line) => line.startsWith('part 1: timed-out'))).toBe(true);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a host that asks for quiet is left alone by every part of the upload', async () => {
  const path = setting.folder.video('quiet.mp4', 11 * MIB);
  const startsMs: number[] = [];
  let askedAtMs = 0;
  const rig = setting.rig({
    limits: { partsInFlight: 1, transfers: 1 },
    sender: (real) => ({
      putPart: async (request) => {
        startsMs.push(performance.now());
        if (startsMs.length !== 2) return real.putPart(request);
        askedAtMs = performance.now();
        const retryAtMs = Date.now() + 300;
        return { status: 503, etag: null, code: 'SlowDown', retryAtMs };
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  expect((startsMs[2] ?? 0) - askedAtMs).toBeGreaterThan(250);
  expect(startsMs.length).toBe(4);
});

it('an upload that has ended at the storage host fails at once and starts over on a retry', async () => {
  const path = setting.folder.video('ended.mp4', MIB);
  let ended = true;
  const rig = setting.rig({
    sender: (real) => ({
      putPart: async (request) =>
        ended
          ? { status: 404, etag: null, code: 'NoSuchUpload', retryAtMs: null }
          : real.putPart(request),
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

it('bytes that a slow sender still holds are not overwritten by the next part', async () => {
  const path = setting.folder.video('held.mp4', 16 * MIB);
  const rig = setting.rig({
    limits: { partsInFlight: 2, transfers: 1 },
    sender: (real) => ({
      // Like a stream between the file and the socket: two slices ahead of what is written.
      putPart: (request) =>
        real.putPart({
          ...request,
          body: (async function* () {
            const held: Uint8Array[] = [];
            for await (const slice of request.body) {
              held.push(slice);
              if (held.length > 2) yield held.shift() as Uint8Array;
            }
            yield* held;
          })(),
        }),
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  await until('the file is whole', async () =>
    setting.storedHash(rig, id).then((hash) => hash === sha256(path)),
  );
  expect((await setting.puts()).length).toBe(4);
});
