import { expect, it } from 'vitest';
import { KEPT_MS } from '../../../main/domain/upload';
import { faults } from '../../simulator/client';
import { QueueClock } from './queue-clock';
import { ACCOUNT, MIB, type Rig, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
const ONE_BY_ONE = { partsInFlight: 1, transfers: 1 };
const DAY_MS = 24 * 60 * 60_000;

/** A paused upload of two parts; the service has the first one. */
async function pausedHalfway(rig: Rig, path: string): Promise<string> {
  await setting.simulator.addFault({
    service: 'storage',
    skip: 1,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await until('a part is stored', () => rig.store.parts(id).length === 1);
  await until('another hangs', async () => (await setting.puts()).length > 1);
  rig.queue.pause(id);
  await setting.simulator.clearFaults();
  return id;
}

it('an upload that nobody resumes is aborted at the service after the time that is shown', async () => {
  const clock = new QueueClock();
  const path = setting.folder.video('forgotten.mp4', 6 * MIB);
  const rig = setting.rig({ limits: ONE_BY_ONE, clock });
  const id = await pausedHalfway(rig, path);
  clock.pass(KEPT_MS - DAY_MS);
  rig.accountConnected();
  expect(rig.upload(id).state).toBe('paused');
  expect((await setting.simulator.danglingUploads()).length).toBe(1);

  await until('it is aborted', () => {
    clock.pass(DAY_MS);
    return rig.upload(id).remote === null;
  });
  expect(rig.upload(id)).toMatchObject({ state: 'failed', problem: 'expired' });
  expect(rig.store.parts(id)).toEqual([]);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
  const kinds = rig.store.events(id).map(({ event }) => event.kind);
  expect(kinds.slice(-3)).toEqual(['paused', 'expired', 'given-up']);

  rig.queue.retry(id);
  await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(2);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a service that cannot be reached is called again an hour later', async () => {
  const clock = new QueueClock();
  const rig = setting.rig({ limits: ONE_BY_ONE, clock });
  const id = await pausedHalfway(rig, setting.folder.video('unheard.mp4', 6 * MIB));
  await setting.simulator.addFault({
    path: '/clips/upload/abort',
    times: 1,
    action: faults.resetWithoutEffect(),
  });
  clock.pass(KEPT_MS);
  await until('it was tried', () => {
    clock.pass(60 * 60_000);
    return rig.log.some((line) => line.startsWith('remote abort'));
  });
  expect(rig.upload(id)).toMatchObject({ state: 'failed', problem: 'expired' });
  expect(rig.upload(id).remote).not.toBeNull();
  await until('it is asked again', () => {
    clock.pass(60 * 60_000);
    return rig.upload(id).remote === null;
  });
  expect(await setting.simulator.danglingUploads()).toEqual([]);
  expect(rig.happened('expired').length).toBe(1);
});

it('an upload that expired meanwhile is aborted at the start, once its account is connected', async () => {
  const first = setting.rig({ limits: ONE_BY_ONE });
  const id = await pausedHalfway(first, setting.folder.video('overslept.mp4', 6 * MIB));
  await first.end();
  const clock = new QueueClock();
  clock.pass(KEPT_MS);
  const rig = setting.rig({ store: first.store, clock });
  rig.connecting.add(ACCOUNT);
  rig.queue.start();
  expect(rig.upload(id).state).toBe('paused');
  rig.connecting.clear();
  rig.accountConnected();
  await until('it is aborted', () => rig.upload(id).remote === null);
  expect(rig.upload(id).problem).toBe('expired');
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('an upload of which the service has nothing may stay paused for ever', async () => {
  const clock = new QueueClock();
  const rig = setting.rig({ clock });
  const id = await rig.add(setting.folder.video('unsent.mp4', MIB));
  rig.queue.pause(id);
  rig.queue.start();
  clock.pass(2 * KEPT_MS);
  rig.accountConnected();
  expect(rig.upload(id)).toMatchObject({ state: 'paused', problem: null });
  rig.queue.resume(id);
  await rig.reaches(id, 'sent');
});
