import { expect, it } from 'vitest';
import { faults } from '../../simulator/client';
import { ACCOUNT, MIB, type Rig, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
const ONE_BY_ONE = { partsInFlight: 1, transfers: 1 };

function hangAfter(parts: number): Promise<string> {
  return setting.simulator.addFault({
    service: 'storage',
    skip: parts,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
}

async function addThree(rig: Rig): Promise<[string, string, string]> {
  const add = (name: string) => rig.add(setting.folder.video(`${name}.mp4`, 6 * MIB));
  return [await add('one'), await add('two'), await add('three')];
}

const states = (rig: Rig) => rig.store.list().map(({ state }) => state);
const kinds = (rig: Rig, id: string) => rig.store.events(id).map(({ event }) => event.kind);

it('an upload that is moved to the front starts next, and what is being sent continues', async () => {
  const rig = setting.rig({ limits: ONE_BY_ONE });
  await hangAfter(1);
  rig.queue.start();
  const [one, two, three] = await addThree(rig);
  await until('a part of the first is stored', () => rig.store.parts(one).length === 1);
  rig.queue.move(three, 'first');
  expect(rig.upload(one).state).toBe('sending');
  await setting.simulator.clearFaults();
  rig.networkReturns();
  for (const id of [one, two, three]) await rig.reaches(id, 'sent');
  const begun = rig.states
    .filter(({ state }) => state === 'sending')
    .map((logged) => logged.uploadId);
  expect([...new Set(begun)]).toEqual([one, three, two]);
});

it('all are paused at once, resumed at once, and say since when they are paused', async () => {
  const rig = setting.rig({ limits: ONE_BY_ONE });
  await hangAfter(1);
  rig.queue.start();
  const ids = await addThree(rig);
  await until('a part of the first is stored', () => rig.store.parts(ids[0]).length === 1);
  const beforeMs = Date.now();
  rig.queue.pauseAll();
  expect(states(rig)).toEqual(['paused', 'paused', 'paused']);
  for (const id of ids) expect(rig.upload(id).restsSinceMs).toBeGreaterThanOrEqual(beforeMs);
  await setting.simulator.clearFaults();
  rig.queue.resumeAll();
  expect(rig.upload(ids[1]).restsSinceMs).toBeNull();
  for (const id of ids) await rig.reaches(id, 'sent');
  expect((await setting.calls('init')).length).toBe(3);
});

it('all failed ones are retried at once', async () => {
  const rig = setting.rig({ limits: ONE_BY_ONE });
  await setting.simulator.addFault({
    path: '/clips/upload/init',
    times: 3,
    action: faults.noCredit(),
  });
  rig.queue.start();
  const ids = await addThree(rig);
  for (const id of ids) await rig.reaches(id, 'failed');
  expect(rig.upload(ids[0])).toMatchObject({ problem: 'no-credit', endedAtMs: null });
  expect(rig.upload(ids[0]).restsSinceMs).not.toBeNull();
  rig.queue.retryAll();
  for (const id of ids) {
    expect(await rig.reaches(id, 'sent')).toMatchObject({ problem: null, restsSinceMs: null });
  }
});

it('cancelling all leaves nothing at the service, and starts nothing in between', async () => {
  const rig = setting.rig({ limits: ONE_BY_ONE });
  await hangAfter(1);
  rig.queue.start();
  const ids = await addThree(rig);
  await until('a part of the first is stored', () => rig.store.parts(ids[0]).length === 1);
  rig.queue.pause(ids[0]);
  await until('the next has begun', () => rig.upload(ids[1]).remote !== null);
  await rig.queue.cancelAll();
  expect(states(rig)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
  expect((await setting.calls('init')).length).toBe(2);
  expect((await setting.calls('abort')).length).toBe(2);
});

it('the log records what was done with an upload, in order', async () => {
  const rig = setting.rig({ limits: ONE_BY_ONE });
  await setting.simulator.addFault({ path: '/clips/upload/init', action: faults.noCredit() });
  rig.queue.start();
  const id = await rig.add(setting.folder.video('logged.mp4', MIB));
  await rig.reaches(id, 'failed');
  await hangAfter(0);
  rig.queue.retry(id);
  await until('it is opened', () => rig.upload(id).remote !== null);
  rig.queue.pause(id);
  rig.queue.resume(id);
  await rig.queue.cancel(id);
  const own = ['added', 'failed', 'retried', 'paused', 'resumed', 'cancelled', 'given-up'];
  expect(kinds(rig, id).filter((kind) => own.includes(kind))).toEqual(own);
  const logged = rig.events
    .filter(({ uploadId }) => uploadId === id)
    .map(({ event }) => event.kind);
  expect(logged).toEqual(kinds(rig, id));
  expect(rig.store.events(id)).toContainEqual(
    expect.objectContaining({ event: { kind: 'failed', problem: 'no-credit' } }),
  );
});

it('a log that cannot be written stops no upload', async () => {
  const rig = setting.rig();
  const id = await rig.add(setting.folder.video('unlogged.mp4', MIB));
  rig.store.addEvent = () => {
    throw new Error('disk full');
  };
  rig.queue.pause(id);
  expect(rig.upload(id).state).toBe('paused');
  await rig.queue.cancel(id);
  expect(rig.upload(id).state).toBe('cancelled');
  expect(rig.log.some((line) => line.includes('cancelled'))).toBe(true);
});

it('an upload waits for an account that is being connected without a complaint about its key', async () => {
  const rig = setting.rig();
  const id = await rig.add(setting.folder.video('connecting.mp4', MIB));
  // What the last run of the app has left.
  rig.store.update(id, { problem: 'key-missing' });
  rig.connecting.add(ACCOUNT);
  rig.queue.start();
  expect(rig.upload(id)).toMatchObject({ state: 'queued', problem: null });
  rig.connecting.clear();
  rig.accountIds.clear();
  rig.accountConnected();
  expect(rig.upload(id).problem).toBe('key-missing');
  rig.accountIds.add(ACCOUNT);
  rig.accountConnected();
  expect((await rig.reaches(id, 'sent')).problem).toBeNull();
});
