import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../main/compose/system-clock';
import { delay } from '../../../main/domain/delay';
import { StorageError } from '../../../main/domain/storage-error';
import { makeQuiet } from '../../builders/quiet-file';
import { faults } from '../../simulator/client';
import { QueueClock } from './queue-clock';
import { ACCOUNT, MIB, type Rig, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
/** How long an upload waits on a full disk. */
const DEFECT_WAIT_MS = 30_000;
const ONE_BY_ONE = { partsInFlight: 1, transfers: 1 };

/** Lets this many parts through and hangs every later one, so that there is a middle. */
function hangAfter(parts: number): Promise<string> {
  return setting.simulator.addFault({
    service: 'storage',
    skip: parts,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
}

/** Waits until one part is stored and the next one hangs on the wire. */
async function inTheMiddle(rig: Rig, id: string): Promise<void> {
  await until('a part is stored', () => rig.store.parts(id).length === 1);
  await until('another hangs', async () => (await setting.puts()).length > 1);
}

it('files are uploaded in the order they were added, and never more parts at once than allowed', async () => {
  let inFlight = 0;
  let peak = 0;
  const rig = setting.rig({
    limits: { partsInFlight: 3, transfers: 2 },
    workers: (real) => ({
      send: async (request) => {
        inFlight += 1;
        peak = Math.max(peak, inFlight);
        try {
          return await real.send(request);
        } finally {
          inFlight -= 1;
        }
      },
    }),
  });
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) {
    ids.push(await rig.add(setting.folder.video(`order-${name}.mp4`, 8 * MIB)));
  }
  expect(await setting.puts()).toEqual([]);
  rig.queue.start();
  for (const id of ids) await rig.reaches(id, 'sent');

  const begun = rig.states.filter(({ state }) => state === 'sending').map((one) => one.uploadId);
  expect([...new Set(begun)]).toEqual(ids);
  const third = rig.states.findIndex((one) => one.uploadId === ids[2] && one.state === 'sending');
  const ended = rig.states.slice(0, third).filter(({ state }) => state === 'sent');
  expect(ended.length).toBeGreaterThanOrEqual(1);
  expect(peak).toBe(3);
});

it('a paused upload sends nothing, and when resumed it continues from its stored parts', async () => {
  const path = setting.folder.video('paused.mp4', 11 * MIB);
  await hangAfter(1);
  const rig = setting.rig({ limits: ONE_BY_ONE });
  rig.queue.start();
  const id = await rig.add(path);
  await inTheMiddle(rig, id);
  rig.queue.pause(id);
  expect(rig.upload(id).state).toBe('paused');
  await setting.simulator.clearFaults();
  await setting.clearLog();
  const other = await rig.add(setting.folder.video('next.mp4', MIB));
  await rig.reaches(other, 'sent');
  expect((await setting.puts()).length).toBe(1);
  expect(rig.upload(id).state).toBe('paused');
  const rests = { sentBytes: 5 * MIB, bytesPerSecond: null, timeLeftMs: null };
  expect(rig.queue.progress.get(id)).toEqual(rests);

  rig.queue.resume(id);
  await rig.reaches(id, 'sent');
  expect((await setting.puts()).map((put) => put.partNumber)).toEqual([1, 2, 3]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('when the network returns, everything restarts by itself, and every state is kept', async () => {
  const path = setting.folder.video('offline.mp4', 6 * MIB);
  await hangAfter(1);
  const rig = setting.rig({ limits: ONE_BY_ONE });
  rig.queue.start();
  const id = await rig.add(path);
  await inTheMiddle(rig, id);
  await setting.simulator.clearFaults();
  rig.networkReturns();
  expect(rig.upload(id)).toMatchObject({ state: 'sending', problem: 'unreachable' });
  await rig.reaches(id, 'sent');
  expect(rig.upload(id).problem).toBeNull();
  expect((await setting.calls('init')).length).toBe(1);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a network that is gone for long fails nothing: the upload says why it waits', async () => {
  const path = setting.folder.video('away.mp4', 6 * MIB);
  await setting.simulator.addFault({
    service: 'storage',
    times: 30,
    action: faults.resetBeforeBody(),
  });
  const rig = setting.rig({ limits: ONE_BY_ONE });
  rig.queue.start();
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  const shown = rig.states.map(({ state, problem }) => `${state} ${problem}`);
  expect(shown).toContain('sending unreachable');
  expect(shown.at(-1)).toBe('sent null');
});

it('cancel aborts at the service and leaves no upload dangling there', async () => {
  await hangAfter(1);
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(setting.folder.video('cancelled.mp4', 16 * MIB));
  await inTheMiddle(rig, id);
  await rig.queue.cancel(id);
  expect(rig.upload(id)).toMatchObject({ state: 'cancelled', remote: null });
  expect(rig.store.parts(id)).toEqual([]);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
  expect(await setting.calls('complete')).toEqual([]);
});

it('a cancel during the initiation still aborts the upload that it made', async () => {
  await setting.simulator.addFault({ path: '/clips/upload/init', action: faults.delayed(100) });
  const rig = setting.rig();
  rig.queue.start();
  const id = await rig.add(setting.folder.video('early.mp4', MIB));
  await until('init is asked', async () => (await setting.calls('init')).length === 1);
  await rig.queue.cancel(id);
  expect((await setting.simulator.objects()).map((object) => object.state)).toEqual(['aborted']);
  expect(await setting.puts()).toEqual([]);
});

it('a cancel that did not reach the service is repeated at the next start', async () => {
  await hangAfter(1);
  const first = setting.rig();
  first.queue.start();
  const id = await first.add(setting.folder.video('unheard.mp4', 6 * MIB));
  await inTheMiddle(first, id);
  await setting.simulator.addFault({
    path: '/clips/upload/abort',
    action: faults.resetWithoutEffect(),
  });
  await first.queue.cancel(id);
  expect(first.upload(id).remote).not.toBeNull();
  expect((await setting.simulator.danglingUploads()).length).toBe(1);
  await first.end();

  const second = setting.rig({ store: first.store });
  second.queue.start();
  await until('it is aborted', () => second.upload(id).remote === null);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
  expect(second.upload(id).state).toBe('cancelled');
});

it('quitting aborts nothing and keeps what was sent', async () => {
  await hangAfter(1);
  const path = setting.folder.video('quit.mp4', 6 * MIB);
  const first = setting.rig({ limits: ONE_BY_ONE });
  first.queue.start();
  const id = await first.add(path);
  await inTheMiddle(first, id);
  await first.queue.close();
  expect(first.upload(id)).toMatchObject({ state: 'sending', problem: null });
  expect(await setting.calls('abort')).toEqual([]);

  await setting.simulator.clearFaults();
  const second = setting.rig({ store: first.store });
  second.queue.start();
  expect(second.queue.progress.get(id)?.sentBytes).toBeGreaterThanOrEqual(5 * MIB);
  await second.reaches(id, 'sent');
  expect(await setting.storedHash(second, id)).toBe(sha256(path));
});

it('the same file dropped twice is recognised; dropped after a failure it is tried again', async () => {
  const path = setting.folder.video('twice.mp4', MIB);
  const rig = setting.rig();
  const to = { accountId: ACCOUNT, brandId: rig.brandId };
  const [one, two] = await Promise.all([rig.queue.add(path, to), rig.queue.add(path, to)]);
  expect([one.outcome, two.outcome].sort()).toEqual(['added', 'refused']);
  expect([one, two]).toContainEqual({ outcome: 'refused', problem: 'file-already-added' });

  await setting.simulator.addFault({ path: '/clips/upload/init', action: faults.noCredit() });
  rig.queue.start();
  const id = rig.store.list()[0]?.id ?? '';
  await rig.reaches(id, 'failed');
  expect(await rig.queue.add(path, to)).toEqual({ outcome: 'added', uploadId: id });
  await rig.reaches(id, 'sent');
  const again = await rig.queue.add(path, to);
  expect(again.outcome).toBe('added');
  expect(rig.store.list().length).toBe(2);
});

it('an upload whose account has no key waits for it, and lets the others pass', async () => {
  const rig = setting.rig();
  const path = setting.folder.video('waiting.mp4', MIB);
  const added = await rig.queue.add(path, { accountId: 'locked', brandId: rig.brandId });
  const waitingId = added.outcome === 'added' ? added.uploadId : '';
  const id = await rig.add(path);
  rig.queue.start();
  await rig.reaches(id, 'sent');
  expect(rig.upload(waitingId)).toMatchObject({ state: 'queued', problem: 'key-missing' });
  rig.accountIds.add('locked');
  rig.accountConnected('locked');
  await rig.reaches(waitingId, 'sent');
  expect(rig.upload(waitingId).problem).toBeNull();
});

it('nothing is sent before the start, even if the network returns earlier', async () => {
  const rig = setting.rig();
  const id = await rig.add(setting.folder.video('early.mp4', MIB));
  rig.networkReturns();
  expect(rig.upload(id).state).toBe('queued');
  expect(await setting.simulator.objects()).toEqual([]);
});

it('the progress of an upload is emitted 4 times a second, and never goes back', async () => {
  const path = setting.folder.video('large.mp4', MIB);
  truncateSync(path, 100 * MIB);
  makeQuiet(path);
  const rig = setting.rig({
    limits: { partsInFlight: 2, transfers: 1 },
    workers: (real) => ({
      md5: async () => 'd'.repeat(32),
      send: async ({ sizeBytes, onMoved }) => {
        for (let moved = 0; moved <= sizeBytes; moved += MIB) {
          onMoved(moved);
          await delay(systemClock, 20);
        }
        return {
          status: 200,
          etag: '"no checksum"',
          code: null,
          retryAtMs: null,
          isPage: false,
          redirectUrl: null,
        };
      },
      setLimit: real.setLimit,
    }),
  });
  rig.queue.start();
  const id = await rig.add(path);
  await until('all parts are stored', () => rig.store.parts(id).length === 20);
  const figures = rig.progress.filter((one) => one.uploadId === id);
  const spanMs = (figures.at(-1)?.atMs ?? 0) - (figures[0]?.atMs ?? 0);
  expect(figures.length).toBeGreaterThan(2);
  expect(figures.length).toBeLessThanOrEqual(spanMs / 240 + 1);
  const sent = figures.map((one) => one.progress.sentBytes);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
});

it('a database that cannot be written neither fails an upload nor crashes the app', async () => {
  const path = setting.folder.video('disk-full.mp4', 6 * MIB);
  const clock = new QueueClock();
  const rig = setting.rig({ clock });
  const record = rig.store.recordParts.bind(rig.store);
  let failures = 2;
  rig.store.recordParts = (id, parts) => {
    failures -= 1;
    if (failures >= 0) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    record(id, parts);
  };
  rig.queue.start();
  const id = await rig.add(path);
  await until('it is sent', () => {
    clock.pass(DEFECT_WAIT_MS);
    return rig.upload(id).state === 'sent';
  });
  expect(rig.log.some((line) => line.includes('SQLITE_FULL'))).toBe(true);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('waits while nothing can be stored, and sends what is missing once something can', async () => {
  const path = setting.folder.video('full.mp4', 6 * MIB);
  const clock = new QueueClock();
  const rig = setting.rig({ clock });
  const record = rig.store.recordParts.bind(rig.store);
  let tries = 0;
  rig.store.recordParts = () => {
    tries += 1;
    // As the store does: it says so before it throws.
    rig.store.feed.emit('storage', { problem: 'full' });
    throw new StorageError('full', 'database or disk is full', { code: 'SQLITE_FULL' });
  };
  rig.queue.start();
  const id = await rig.add(path);
  await until('it waits', () => rig.log.some((line) => line.includes('can be stored: full')));
  const triesUntilNow = tries;
  for (let n = 0; n < 10; n += 1) clock.pass(DEFECT_WAIT_MS);
  expect(tries).toBe(triesUntilNow);
  expect(rig.upload(id).problem).toBeNull();
  rig.store.recordParts = record;
  rig.store.feed.emit('storage', { problem: null });
  await until('it is sent', () => rig.upload(id).state === 'sent');
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('starts with a full disk, although nothing that it learns can be stored', async () => {
  const path = setting.folder.video('start-full.mp4', 6 * MIB);
  const rig = setting.rig();
  const id = await rig.add(path);
  rig.store.update(id, { problem: 'unreachable' });
  const update = rig.store.update.bind(rig.store);
  rig.store.update = () => {
    rig.store.feed.emit('storage', { problem: 'full' });
    throw new StorageError('full', 'database or disk is full', { code: 'SQLITE_FULL' });
  };
  expect(() => rig.queue.start()).not.toThrow();
  rig.store.update = update;
  rig.store.feed.emit('storage', { problem: null });
  await until('it is sent', () => rig.upload(id).state === 'sent');
});

it('a file that cannot be uploaded is refused with the reason', async () => {
  const rig = setting.rig();
  const to = { accountId: ACCOUNT, brandId: rig.brandId };
  const problemOf = async (path: string) => {
    const added = await rig.queue.add(path, to);
    return added.outcome === 'refused' ? added.problem : 'added';
  };
  expect(await problemOf(join(setting.folder.path, 'nowhere.mp4'))).toBe('file-missing');
  expect(await problemOf(setting.folder.path)).toBe('file-not-video');
  expect(rig.store.list()).toEqual([]);
});
