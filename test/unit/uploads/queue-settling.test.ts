import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StorageError } from '../../../main/domain/storage-error';
import { Writers } from '../../../main/uploads/writers';
import { makeQuiet } from '../../builders/quiet-file';
import { faults } from '../../simulator/client';
import { QueueClock } from './queue-clock';
import { ACCOUNT, MIB, type Rig, type RigOptions, sha256, until } from './rig';
import { Setting } from './setting';

const setting = new Setting();
const ONE_BY_ONE = { partsInFlight: 1, transfers: 1 };
const WAITING = { state: 'queued', problem: 'file-being-written' };

/** A queue of which a test says which files a program has open for writing. */
function rigWith(options: RigOptions = {}) {
  const open = new Set<string>();
  // The looks at a file are two seconds apart at first.
  const clock = new QueueClock(2_000);
  const rig = setting.rig({
    ...{ limits: ONE_BY_ONE, clock },
    writers: { has: async (path) => open.has(path) },
    ...options,
  });
  rig.queue.start();
  return { rig, open, clock };
}

function waits(rig: Rig, id: string): Promise<void> {
  return until('it waits', () => rig.upload(id).problem === 'file-being-written');
}

/** Lets the looks at the file go on until the upload is sent. */
async function isSentInTheEnd(rig: Rig, clock: QueueClock, id: string): Promise<void> {
  await until('it is sent', () => {
    clock.pass(2_000);
    return rig.upload(id).state === 'sent';
  });
}

it('a recording on hold is not sent cut: it waits, holds nobody up, and arrives whole', async () => {
  const { rig, open, clock } = rigWith();
  const path = setting.folder.video('recording.mp4', 6 * MIB);
  open.add(path);
  const id = await rig.add(path);
  const other = await rig.add(setting.folder.video('finished.mp4', MIB));
  await rig.reaches(other, 'sent');
  expect(rig.upload(id)).toMatchObject(WAITING);

  appendFileSync(path, Buffer.alloc(6 * MIB, 7));
  open.delete(path);
  await isSentInTheEnd(rig, clock, id);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(
    (await setting.calls('init')).map(({ body }) => JSON.parse(body ?? '').fileSize),
  ).toContain(12 * MIB);
  expect(rig.happened('waited').length).toBe(1);
  expect(rig.happened('failed')).toEqual([]);
});

it('a recording that has just begun, with nothing in it, is waited for too', async () => {
  const { rig, open, clock } = rigWith();
  const path = join(setting.folder.path, 'begun.mp4');
  const text = join(setting.folder.path, 'begun.mkv');
  for (const empty of [path, text]) writeFileSync(empty, '');
  await expect(rig.add(path)).rejects.toThrow('file-empty');
  open.add(path).add(text);
  const id = await rig.add(path);
  const other = await rig.add(text);
  await waits(rig, id);
  setting.folder.video('begun.mp4', 6 * MIB);
  writeFileSync(text, 'this became a text');
  makeQuiet(text);
  open.clear();
  await isSentInTheEnd(rig, clock, id);
  expect(rig.upload(id)).toMatchObject({ sizeBytes: 6 * MIB, fileName: 'begun.mp4' });
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  await until('the text is refused', () => {
    clock.pass(2_000);
    return rig.upload(other).problem === 'file-not-video';
  });
});

it.runIf(process.platform === 'linux')('a file that is really open for writing waits', async () => {
  const { rig, clock } = rigWith({ writers: new Writers() });
  const path = setting.folder.video('held.mp4', MIB);
  const fd = openSync(path, 'a');
  const id = await rig.add(path);
  await waits(rig, id);
  closeSync(fd);
  await isSentInTheEnd(rig, clock, id);
});

it('a file that was written a moment ago waits until it is still, and is sent', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('copied.mp4', MIB);
  utimesSync(path, new Date(), new Date());
  const id = await rig.add(path);
  await waits(rig, id);
  await isSentInTheEnd(rig, clock, id);
});

it('an upload that waits can be paused, resumed, and cancelled; after a new start it waits again', async () => {
  const { rig, open } = rigWith();
  const path = setting.folder.video('long.mp4', MIB);
  open.add(path);
  const id = await rig.add(path);
  await waits(rig, id);
  rig.queue.pause(id);
  expect(rig.upload(id)).toMatchObject({ state: 'paused', problem: null });
  rig.queue.resume(id);
  await waits(rig, id);
  await rig.end();

  const second = rigWith({ store: rig.store, writers: { has: async () => true } }).rig;
  await waits(second, id);
  await second.queue.cancel(id);
  expect(second.upload(id).state).toBe('cancelled');
  expect(await setting.calls('init')).toEqual([]);
});

it('a file that disappears while it is waited for is waited for as a missing one', async () => {
  const { rig, open, clock } = rigWith();
  const path = setting.folder.video('removed.mp4', MIB);
  open.add(path);
  const id = await rig.add(path);
  await waits(rig, id);
  rmSync(path);
  await until('it is missed', () => {
    clock.pass(2_000);
    return rig.upload(id).problem === 'file-missing';
  });
});

it('the same recording dropped again while it grows is not uploaded twice', async () => {
  const { rig, open } = rigWith();
  const path = setting.folder.video('dropped-again.mp4', MIB);
  open.add(path);
  const id = await rig.add(path);
  await waits(rig, id);
  appendFileSync(path, 'more');
  expect(await rig.queue.add(path, { accountId: ACCOUNT, brandId: rig.brandId })).toEqual({
    outcome: 'refused',
    problem: 'file-already-added',
  });
});

/** An upload with one part stored, paused in the middle of another. */
async function halfSent(rig: Rig, path: string): Promise<string> {
  await setting.simulator.addFault({
    service: 'storage',
    skip: 1,
    times: 'always',
    action: faults.stallAfterRequestBytes(MIB),
  });
  const id = await rig.add(path);
  await until('a part is stored', () => rig.store.parts(id).length === 1);
  await until('another hangs', async () => (await setting.puts()).length > 1);
  rig.queue.pause(id);
  await setting.simulator.clearFaults();
  await setting.clearLog();
  return id;
}

it.each([
  ['an hour later, as after the clocks change', 3_600],
  ['an hour earlier', -3_600],
  ['a fraction of a second later, as on network drives', 0.3],
])('a time that is %s sends nothing again', async (_, seconds) => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video(`touched-${seconds}.mp4`, 11 * MIB);
  makeQuiet(path, 7_200);
  const id = await halfSent(rig, path);
  makeQuiet(path, 7_200 - seconds);
  rig.queue.resume(id);
  await isSentInTheEnd(rig, clock, id);
  expect((await setting.puts()).map(({ partNumber }) => partNumber)).toEqual([2, 3]);
  expect(await setting.calls('init')).toEqual([]);
  expect(rig.happened('compared')).toEqual([{ kind: 'compared', keptParts: 1, changedParts: 0 }]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('of a file that changed within the same size, the parts that differ are sent again', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('edited.mp4', 11 * MIB);
  const id = await halfSent(rig, path);
  const fd = openSync(path, 'r+');
  appendFileSync(fd, 'ftypisom', {});
  closeSync(fd);
  makeQuiet(path, 30);
  rig.queue.resume(id);
  await isSentInTheEnd(rig, clock, id);
  expect((await setting.puts()).map(({ partNumber }) => partNumber)).toEqual([1, 2, 3]);
  expect(rig.happened('compared')).toEqual([{ kind: 'compared', keptParts: 0, changedParts: 1 }]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a file that has grown after a part was sent starts over by itself, and says why', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('grown.mp4', 6 * MIB);
  const id = await halfSent(rig, path);
  appendFileSync(path, Buffer.alloc(6 * MIB, 1));
  makeQuiet(path, 30);
  rig.queue.resume(id);
  await isSentInTheEnd(rig, clock, id);
  expect(rig.happened('grown').length).toBe(1);
  expect(rig.happened('started-over').length).toBe(1);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('a recording whose header is written anew at its end starts over, since it was seen to go on', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('finalised.mp4', 6 * MIB);
  const id = await halfSent(rig, path);
  setting.folder.video('finalised.mp4', 12 * MIB);
  makeQuiet(path, 0);
  rig.queue.resume(id);
  await waits(rig, id);
  await isSentInTheEnd(rig, clock, id);
  expect(rig.happened('grown').length).toBe(1);
  expect(rig.happened('failed')).toEqual([]);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a larger file of another card is not sent unasked in the place of one that was added long before', async () => {
  // Nothing is sent before the start.
  const first = setting.rig();
  const path = setting.folder.video('C0003.MP4', MIB);
  makeQuiet(path, 3_600);
  const grown = setting.folder.video('C0004.MP4', MIB);
  const id = await first.add(path);
  const other = await first.add(grown);
  await first.end();

  setting.folder.video('C0003.MP4', 2 * MIB);
  makeQuiet(path, 3_600);
  setting.folder.video('C0004.MP4', 2 * MIB);
  const { rig, clock } = rigWith({ store: first.store });
  expect(await rig.reaches(id, 'failed')).toMatchObject({ problem: 'file-changed' });
  await isSentInTheEnd(rig, clock, other);
  expect((await setting.calls('init')).length).toBe(1);
  rig.queue.retry(id);
  await isSentInTheEnd(rig, clock, id);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
});

it('a retry takes the file that is there then, and not whatever is there after another failure', async () => {
  const { rig } = rigWith();
  const path = setting.folder.video('replaced-twice.mp4', 11 * MIB);
  const id = await halfSent(rig, path);
  setting.folder.video('replaced-twice.mp4', 7 * MIB);
  rig.queue.resume(id);
  expect(await rig.reaches(id, 'failed')).toMatchObject({ problem: 'file-changed' });
  await setting.simulator.addFault({ path: '/clips/upload/init', action: faults.noCredit() });
  rig.queue.retry(id);
  await until('it has failed for another reason', () => rig.happened('failed').length === 2);
  setting.folder.video('replaced-twice.mp4', 6 * MIB);
  rig.queue.retry(id);
  await until('it has failed again', () => rig.happened('failed').length === 3);
  expect(rig.upload(id).problem).toBe('file-changed');
  expect(await setting.puts()).toEqual([]);
});

it('a file that is finished while others are being sent is no longer said to be written', async () => {
  const { rig, open, clock } = rigWith();
  const path = setting.folder.video('its-turn.mp4', MIB);
  open.add(path);
  const id = await rig.add(path);
  await waits(rig, id);
  await setting.simulator.addFault({
    service: 'storage',
    times: 'always',
    action: faults.stallAfterRequestBytes(1_000),
  });
  await rig.add(setting.folder.video('long-one.mp4', 6 * MIB));
  await until('the other one is sent', async () => (await setting.puts()).length > 0);
  open.delete(path);
  await until('its file is finished', () => {
    clock.pass(2_000);
    return rig.upload(id).problem === null;
  });
  expect(rig.upload(id).state).toBe('queued');
});

it('the app can be quit while the drive of a file hangs, one that is sent or one that was sent', async () => {
  let isHung = false;
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const asked = new Set<string>();
  const { rig, clock } = rigWith({
    writers: {
      has: async (path) => {
        if (isHung) asked.add(path);
        if (isHung) await answered;
        return false;
      },
    },
  });
  const path = setting.folder.video('hung-later.mp4', MIB);
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  isHung = true;
  appendFileSync(path, 'more');
  makeQuiet(path, 30);
  const second = await rig.add(setting.folder.video('hung-now.mp4', MIB));
  await until('both hang', () => {
    clock.pass(5_000);
    return asked.size === 2;
  });
  let isClosed = false;
  void rig.queue.close().then(() => {
    isClosed = true;
  });
  await until('the queue is closed', () => {
    clock.pass(3_000);
    return isClosed;
  });
  // What comes from the drive later changes nothing any more: the database is closed by then.
  const stored = [rig.upload(id), rig.upload(second)];
  answer();
  await rig.end();
  expect([rig.upload(id), rig.upload(second)]).toEqual(stored);
});

it.each([
  ['cancelled', 'cancel'],
  ['paused', 'pause'],
] as const)('%s while it starts over, it stays so, and nothing is sent', async (state, verb) => {
  let answer = (): void => undefined;
  const isAsked = new Promise<void>((asked) => {
    answer = asked;
  });
  let aborts = 0;
  const { rig } = rigWith({
    remote: (real) => ({
      ...real,
      abort: async (upload) => {
        aborts += 1;
        await isAsked;
        return real.abort(upload);
      },
    }),
  });
  const path = setting.folder.video(`stopped-${verb}.mp4`, 6 * MIB);
  const id = await halfSent(rig, path);
  appendFileSync(path, Buffer.alloc(6 * MIB, 1));
  makeQuiet(path, 30);
  rig.queue.resume(id);
  await until('the service is told', () => aborts === 1);
  const done = rig.queue[verb](id);
  answer();
  await done;
  // The next one in the queue is sent only when the first has come to its end.
  const next = await rig.add(setting.folder.video(`after-${verb}.mp4`, MIB));
  await rig.reaches(next, 'sent');
  expect(rig.upload(id).state).toBe(state);
  expect((await setting.calls('init')).length).toBe(1);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('another file of another size is not sent without being asked for; a retry sends it', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('replaced-half.mp4', 11 * MIB);
  const id = await halfSent(rig, path);
  setting.folder.video('replaced-half.mp4', 7 * MIB);
  rig.queue.resume(id);
  expect(await rig.reaches(id, 'failed')).toMatchObject({ problem: 'file-changed' });
  expect(await setting.calls('complete')).toEqual([]);
  rig.queue.retry(id);
  await isSentInTheEnd(rig, clock, id);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('a file that is written while it is being sent waits, and no two versions are mixed', async () => {
  const path = setting.folder.video('written.mp4', MIB);
  let writes = 1;
  const { rig, clock } = rigWith({
    workers: (real) => ({
      send: async (request) => {
        const answer = await real.send(request);
        if (writes-- > 0) appendFileSync(path, 'more');
        return answer;
      },
    }),
  });
  const id = await rig.add(path);
  await waits(rig, id);
  expect(rig.store.parts(id)).toEqual([]);
  await isSentInTheEnd(rig, clock, id);
  expect(await setting.storedHash(rig, id)).toBe(sha256(path));
  expect(rig.happened('failed')).toEqual([]);
  expect(await setting.simulator.danglingUploads()).toEqual([]);
});

it('an upload whose parts are all there is completed whatever became of its file', async () => {
  const { rig, clock } = rigWith();
  await setting.simulator.addFault({
    path: '/clips/upload/complete',
    times: 'always',
    action: faults.serverError(503),
  });
  const path = setting.folder.video('sent-whole.mp4', MIB);
  const id = await rig.add(path);
  await rig.reaches(id, 'finishing');
  rmSync(path);
  rig.networkReturns();
  await setting.simulator.clearFaults();
  await isSentInTheEnd(rig, clock, id);
});

it('a file that changed after it was sent is offered again; sending it again is a new upload', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('cut.mp4', MIB);
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  appendFileSync(path, Buffer.alloc(MIB, 3));
  await until('it is said', () => {
    clock.pass(5_000);
    return rig.upload(id).problem === 'file-changed-since';
  });
  expect(rig.upload(id).state).toBe('sent');
  expect(rig.happened('changed-since').length).toBe(1);

  const again = await rig.queue.sendAgain(id);
  expect(rig.upload(id).problem).toBeNull();
  const second = again?.outcome === 'added' ? again.uploadId : '';
  await isSentInTheEnd(rig, clock, second);
  expect(await setting.storedHash(rig, second)).toBe(sha256(path));
});

it('a file replaced by one of the same size after it was sent is noticed, also at the next start', async () => {
  const { rig } = rigWith();
  const path = setting.folder.video('same-size.mp4', MIB);
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  await rig.end();
  const other = setting.folder.video('same-size-other.mp4', MIB);
  renameSync(other, path);
  makeQuiet(path, 30);
  const second = rigWith({ store: rig.store }).rig;
  await until('it is said', () => second.upload(id).problem === 'file-changed-since');
});

it('a changed file that was sent again is not offered once more, neither then nor at the next start', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('exported-again.mp4', MIB);
  const id = await rig.add(path);
  const cut = await rig.add(setting.folder.video('exported-cut.mp4', MIB));
  await rig.reaches(cut, 'sent');
  // Exported to the same path, and dropped again before anybody looked.
  for (const changed of [path, rig.upload(cut).path]) {
    appendFileSync(changed, Buffer.alloc(MIB, 5));
    makeQuiet(changed, 30);
  }
  const second = await rig.add(path);
  await rig.reaches(second, 'sent');
  await until('the other one is told', () => {
    clock.pass(5_000);
    return rig.upload(cut).problem === 'file-changed-since';
  });
  const again = await rig.queue.sendAgain(cut);
  await isSentInTheEnd(rig, clock, again?.outcome === 'added' ? again.uploadId : '');
  await rig.end();
  expect(rig.upload(id).problem).toBeNull();

  const restarted = rigWith({ store: rig.store });
  const news = await restarted.rig.add(setting.folder.video('exported-news.mp4', MIB));
  await restarted.rig.reaches(news, 'sent');
  appendFileSync(restarted.rig.upload(news).path, 'more');
  await until('the files are looked at, one after the other', () => {
    restarted.clock.pass(5_000);
    return restarted.rig.upload(news).problem === 'file-changed-since';
  });
  expect([id, cut].map((one) => restarted.rig.upload(one).problem)).toEqual([null, null]);
});

it('that a file changed after it was sent is told later if it could not be stored at once', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('untold.mp4', MIB);
  const id = await rig.add(path);
  await rig.reaches(id, 'sent');
  appendFileSync(path, 'more');
  makeQuiet(path, 30);
  const markChanged = rig.store.markChanged.bind(rig.store);
  let failures = 0;
  rig.store.markChanged = () => {
    failures += 1;
    throw new StorageError('full', 'database or disk is full', { code: 'SQLITE_FULL' });
  };
  await until('it cannot be stored', () => {
    clock.pass(5_000);
    return failures > 0;
  });
  rig.store.markChanged = markChanged;
  await until('it is said', () => {
    clock.pass(5_000);
    return rig.upload(id).problem === 'file-changed-since';
  });
});

it('a sent file whose time alone has moved, or that is gone, is no news', async () => {
  const { rig, clock } = rigWith();
  const path = setting.folder.video('moved-time.mp4', MIB);
  const id = await rig.add(path);
  const gone = await rig.add(setting.folder.video('gone-after.mp4', MIB));
  await rig.reaches(id, 'sent');
  await rig.reaches(gone, 'sent');
  rmSync(rig.upload(gone).path);
  makeQuiet(path, 3_600);
  const movedMs = Date.now() - 3_600_000;
  await until('the new time is taken over', () => {
    clock.pass(5_000);
    return rig.upload(id).modifiedAtMs <= movedMs;
  });
  expect(rig.upload(id).problem).toBeNull();
  expect(rig.upload(gone).problem).toBeNull();
});

it('a file that is cut shorter while it is read is not called damaged', async () => {
  const { rig } = rigWith();
  const path = setting.folder.video('shorter.mp4', 11 * MIB);
  const id = await halfSent(rig, path);
  truncateSync(path, 8 * MIB);
  makeQuiet(path, 30);
  rig.queue.resume(id);
  expect(await rig.reaches(id, 'failed')).toMatchObject({ problem: 'file-changed' });
});
