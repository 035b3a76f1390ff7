import { renameSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UploadFailure } from '../../../main/uploads/failure';
import { faults } from '../../simulator/client';
import { QueueClock } from './queue-clock';
import { ACCOUNT, MIB, type Rig, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
const ONE_BY_ONE = { partsInFlight: 1, transfers: 1 };
const CHECK_MS = 5_000;

function waits(rig: Rig, id: string): Promise<void> {
  return until('it waits for its file', () => rig.upload(id).problem === 'file-missing');
}

it('a file whose drive is gone waits without holding others up, and resumes when it is back', async () => {
  const clock = new QueueClock();
  const path = setting.folder.video('away.mp4', 6 * MIB);
  const rig = setting.rig({ limits: ONE_BY_ONE, clock });
  const id = await rig.add(path);
  const other = await rig.add(setting.folder.video('there.mp4', MIB));
  renameSync(path, `${path}.away`);
  rig.queue.start();
  await rig.reaches(other, 'sent');
  expect(rig.upload(id)).toMatchObject({ state: 'queued', problem: 'file-missing' });

  clock.pass(CHECK_MS);
  renameSync(`${path}.away`, path);
  await until('it is checked again', () => {
    clock.pass(CHECK_MS);
    return rig.upload(id).state !== 'queued';
  });
  expect((await rig.reaches(id, 'sent')).problem).toBeNull();
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(rig.happened('waited').length).toBe(1);
});

it('a file that disappeared in the middle resumes from its parts, at once after a wake', async () => {
  await setting.simulator.addFault({
    service: 'storage',
    skip: 1,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
  const clock = new QueueClock();
  const path = setting.folder.video('moved.mp4', 6 * MIB);
  const rig = setting.rig({ limits: ONE_BY_ONE, clock });
  rig.queue.start();
  const id = await rig.add(path);
  await until('a part is stored', () => rig.store.parts(id).length === 1);
  rig.queue.pause(id);
  renameSync(path, `${path}.away`);
  rig.queue.resume(id);
  await waits(rig, id);
  await setting.simulator.clearFaults();
  renameSync(`${path}.away`, path);
  rig.networkReturns();
  await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(1);
  expect(rig.store.recorded).toEqual([`${id}/1`, `${id}/2`]);
});

it('a drive that is unplugged while it is read is waited for too', async () => {
  const clock = new QueueClock();
  const path = setting.folder.video('pulled.mp4', 6 * MIB);
  let pulled = true;
  const rig = setting.rig({
    ...{ limits: ONE_BY_ONE, clock },
    workers: (real) => ({
      send: async (request) => {
        if (request.offsetBytes > 0 && pulled) throw new UploadFailure('file-missing');
        return real.send(request);
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await waits(rig, id);
  expect(rig.upload(id).state).toBe('queued');
  pulled = false;
  rig.networkReturns();
  await rig.reaches(id, 'sent');
  expect(rig.store.recorded).toEqual([`${id}/1`, `${id}/2`]);
});

it('a damaged disk is not taken for an unplugged one for ever: the user is asked', async () => {
  const clock = new QueueClock();
  let reads = 0;
  const rig = setting.rig({
    ...{ limits: ONE_BY_ONE, clock },
    workers: () => ({
      send: async () => {
        reads += 1;
        throw new UploadFailure('file-missing');
      },
    }),
  });
  rig.queue.start();
  const id = await rig.add(setting.folder.video('damaged.mp4', MIB));
  await until('it is given to the user', () => {
    rig.accountConnected();
    return rig.upload(id).state === 'failed';
  });
  expect(rig.upload(id).problem).toBe('file-unreadable');
  expect(reads).toBe(6);
});

it('an upload that waits for its file can be paused and cancelled', async () => {
  const clock = new QueueClock();
  const path = setting.folder.video('gone.mp4', MIB);
  const rig = setting.rig({ clock });
  const id = await rig.add(path);
  renameSync(path, `${path}.away`);
  rig.queue.start();
  await waits(rig, id);
  rig.queue.pause(id);
  expect(rig.upload(id)).toMatchObject({ state: 'paused', problem: null });
  renameSync(`${path}.away`, path);
  clock.pass(CHECK_MS);
  rig.networkReturns();
  expect(rig.upload(id).state).toBe('paused');
  await rig.queue.cancel(id);
  expect(rig.upload(id).state).toBe('cancelled');
});

it('another file at the same path is not sent as if it were the one that was added', async () => {
  const clock = new QueueClock();
  const path = setting.folder.video('replaced.mp4', MIB);
  const rig = setting.rig({ clock });
  const id = await rig.add(path);
  renameSync(path, `${path}.away`);
  rig.queue.start();
  await waits(rig, id);
  setting.folder.video('replaced.mp4', 2 * MIB);
  rig.networkReturns();
  expect(await rig.reaches(id, 'failed')).toMatchObject({ problem: 'file-changed' });
  expect(await setting.puts()).toEqual([]);
});

it('the same file under another path is recognised: it is not uploaded twice', async () => {
  const path = setting.folder.video('real.mp4', MIB);
  const link = join(setting.folder.path, 'link.mp4');
  symlinkSync(path, link);
  const rig = setting.rig();
  const to = { accountId: ACCOUNT, brandId: rig.brandId };
  const first = await rig.queue.add(link, to);
  expect(first.outcome).toBe('added');
  expect(rig.store.list()[0]).toMatchObject({ fileName: 'link.mp4' });
  const again = { outcome: 'refused', problem: 'file-already-added' };
  expect(await rig.queue.add(path, to)).toEqual(again);
  // One that has grown is sent as it is when its turn comes; a shorter one is another file.
  truncateSync(path, 2 * MIB);
  expect(await rig.queue.add(path, to)).toEqual(again);
  truncateSync(path, MIB / 2);
  expect((await rig.queue.add(path, to)).outcome).toBe('added');
});
