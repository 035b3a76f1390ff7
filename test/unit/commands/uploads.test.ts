import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createUploadCommands, type UploadCommandDeps } from '../../../main/commands/uploads';
import { systemClock } from '../../../main/compose/system-clock';
import type { Account } from '../../../main/domain/account';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { addFiles, MAX_VIDEOS } from '../../../main/uploads/add-files';
import { createUploadQueue } from '../../../main/uploads/queue';
import { readUploadLog, uploadLogFile } from '../../../main/uploads/read-log';
import { sampleAccount } from '../../builders/account';
import { silentLogger } from '../../builders/logger';

const VIDEO = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom'),
  Buffer.alloc(500),
]);

/** Two thousand files are written: usually a moment, but seconds on a busy disk. */
const MANY_FILES_TIMEOUT_MS = 30_000;

const account = sampleAccount({
  service: 'autoposting',
  brands: [{ id: 'b1', name: 'Acme' }],
  brandId: 'b1',
});

let folder: string;
let storage: Storage;
let saved: { name: string; text: string }[];
let filesShown: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-commands-'));
  storage = openStorage(join(folder, 'test.db'), silentFeed, silentLogger);
  storage.accounts.save(account);
  saved = [];
  filesShown = [];
});
afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true });
});

/** The verbs over a queue that sends nothing. */
function commands({
  uploadTargets = () => [account],
  ...changes
}: Partial<UploadCommandDeps> & { uploadTargets?: () => Account[] } = {}) {
  const nobody = async (): Promise<never> => {
    throw new Error('nothing is to be sent');
  };
  const queue = createUploadQueue({
    store: storage.uploads,
    workers: { md5: nobody, sha256: nobody, send: nobody, setLimit: () => {} },
    uploadRemote: () => null,
    writers: { has: async () => false },
    clock: systemClock,
    random: () => 0,
    feed: silentFeed,
    logger: { info() {}, warn() {}, error() {} },
  });
  return createUploadCommands({
    queue,
    upload: storage.uploads.get,
    addFiles: (paths, target) => addFiles(paths, target, { queue, uploadTargets }),
    log: (uploadId) => readUploadLog(storage.uploads, uploadId),
    logFile: (uploadId) => uploadLogFile(storage.uploads, uploadId),
    chooseFiles: async () => [],
    saveText: async (name, text) => {
      saved.push({ name, text });
      return true;
    },
    showFile: (path) => void filesShown.push(path),
    ...changes,
  });
}

function put(name: string, content: Buffer | string = VIDEO): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

it('a folder gives its videos, known by their first bytes, and the rest is skipped', async () => {
  put('trip/2.mp4');
  put('trip/10.mp4');
  put('trip/more/no-ending');
  put('trip/notes.txt', 'no video');
  put('trip/song.mp4', '');
  const outcome = await commands()['uploads.add']({
    paths: [join(folder, 'trip')],
    accountId: null,
    brandId: null,
  });
  expect(outcome).toEqual({ addedCount: 3, refused: [], skippedCount: 2 });
  const names = storage.uploads.list().map(({ fileName }) => fileName);
  expect(names).toEqual(['2.mp4', '10.mp4', 'no-ending']);
});

it('files that are dropped themselves are refused with a reason, whatever else was dropped', async () => {
  const video = put('good.mp4');
  const paths = [put('notes.txt', 'no video'), video, video, join(folder, 'nowhere.mp4')];
  const outcome = await commands()['uploads.add']({ paths, accountId: 'a1', brandId: null });
  expect(outcome).toEqual({
    addedCount: 1,
    refused: [
      { fileName: 'notes.txt', problem: 'file-not-video' },
      { fileName: 'good.mp4', problem: 'file-already-added' },
      { fileName: 'nowhere.mp4', problem: 'file-missing' },
    ],
    skippedCount: 0,
  });
});

it('a folder without a video is refused under its own name', async () => {
  put('texts/a.txt', 'no video');
  mkdirSync(join(folder, 'empty'));
  const paths = ['texts', 'empty'].map((name) => join(folder, name));
  expect(await commands()['uploads.add']({ paths, accountId: null, brandId: null })).toEqual({
    addedCount: 0,
    refused: [
      { fileName: 'texts', problem: 'folder-without-videos' },
      { fileName: 'empty', problem: 'folder-without-videos' },
    ],
    skippedCount: 0,
  });
});

it(
  'a few videos among thousands of other files are added: only videos count',
  async () => {
    const paths = [join(folder, 'crowd')];
    for (let index = 0; index < 5; index += 1) put(`crowd/${index}.mp4`);
    for (let index = 0; index < MAX_VIDEOS; index += 1) put(`crowd/${index}.txt`, 'no video');
    const outcome = await commands()['uploads.add']({ paths, accountId: null, brandId: null });
    expect(outcome).toEqual({ addedCount: 5, refused: [], skippedCount: MAX_VIDEOS });
  },
  MANY_FILES_TIMEOUT_MS,
);

it(
  'a folder with more videos than are taken at once is refused as a whole, for that reason',
  async () => {
    const paths = [join(folder, 'crowd')];
    for (let index = 0; index <= MAX_VIDEOS; index += 1) put(`crowd/${index}`);
    expect(await commands()['uploads.add']({ paths, accountId: null, brandId: null })).toEqual({
      addedCount: 0,
      refused: [{ fileName: 'crowd', problem: 'folder-too-many-videos' }],
      skippedCount: 0,
    });
  },
  MANY_FILES_TIMEOUT_MS,
);

it('a video of a kind that is not taken is named as such, dropped or in a folder', async () => {
  const mxf = Buffer.concat([
    Buffer.from('060e2b34020501010d01020101020400', 'hex'),
    Buffer.alloc(500),
  ]);
  put('card/a.mp4');
  const paths = [put('card/b.mxf', mxf), join(folder, 'card')];
  const problem = 'file-kind-not-taken';
  expect(await commands()['uploads.add']({ paths, accountId: null, brandId: null })).toEqual({
    addedCount: 1,
    refused: [
      { fileName: 'b.mxf', problem },
      { fileName: 'b.mxf', problem },
    ],
    skippedCount: 0,
  });
});

// Elsewhere the system refuses such names.
it.runIf(process.platform === 'linux')(
  'a video whose name is not UTF-8 is to be renamed, and stops no other',
  async () => {
    const inTrip = (name: string) =>
      Buffer.concat([Buffer.from(join(folder, 'trip/')), Buffer.from(name, 'latin1')]);
    put('trip/a.mp4');
    put('trip/z.mp4');
    writeFileSync(inTrip('fête.mp4'), VIDEO);
    writeFileSync(inTrip('fête.txt'), 'no video');
    // This is how the path of a dropped file arrives.
    const dropped = inTrip('fête.mp4').toString();
    const paths = [dropped, join(folder, 'trip')];
    const fileName = 'f\ufffdte.mp4';
    expect(await commands()['uploads.add']({ paths, accountId: null, brandId: null })).toEqual({
      addedCount: 2,
      refused: [
        { fileName, problem: 'file-name-unreadable' },
        { fileName, problem: 'file-name-unreadable' },
      ],
      skippedCount: 1,
    });
    // Text all the same: this file is there.
    const odd = { paths: [put('\ufffd.mp4')], accountId: null, brandId: null };
    expect((await commands()['uploads.add'](odd)).addedCount).toBe(1);
    const gone = { ...odd, paths: [join(folder, 'gone.mp4')] };
    expect((await commands()['uploads.add'](gone)).refused[0]?.problem).toBe('file-missing');
  },
);

it('without an account or a brand nothing is added, and each file says why', async () => {
  const paths = [put('a.mp4')];
  const noBrand = commands({ uploadTargets: () => [{ ...account, brandId: null }] });
  expect((await noBrand['uploads.add']({ paths, accountId: null, brandId: null })).refused).toEqual(
    [{ fileName: 'a.mp4', problem: 'no-brand' }],
  );
  const none = commands({ uploadTargets: () => [] });
  expect((await none['uploads.add']({ paths, accountId: null, brandId: null })).refused).toEqual([
    { fileName: 'a.mp4', problem: 'no-account' },
  ]);
  expect(storage.uploads.list()).toEqual([]);
});

it('the chosen kind is asked for, and what was chosen is added', async () => {
  const asked: string[] = [];
  put('trip/1.mp4');
  const chosen = commands({
    chooseFiles: async (what) => {
      asked.push(what);
      return what === 'folder' ? [join(folder, 'trip')] : [];
    },
  });
  expect(
    (await chosen['uploads.choose']({ accountId: null, brandId: null, what: 'files' })).addedCount,
  ).toBe(0);
  expect(
    (await chosen['uploads.choose']({ accountId: null, brandId: null, what: 'folder' })).addedCount,
  ).toBe(1);
  expect(asked).toEqual(['files', 'folder']);
});

it('the log is shown and saved as the same facts; of an unknown upload there is none', async () => {
  const verbs = commands();
  await verbs['uploads.add']({ paths: [put('talk.mp4')], accountId: null, brandId: null });
  const uploadId = storage.uploads.list()[0]?.id ?? '';
  verbs['upload.pause']({ uploadId });
  const log = verbs['upload.log']({ uploadId });
  expect(log).toMatchObject({ fileName: 'talk.mp4', sizeBytes: VIDEO.length, partCount: 1 });
  expect(log?.events.map(({ event }) => event.kind)).toEqual(['added', 'paused']);
  expect(await verbs['upload.exportLog']({ uploadId })).toEqual({ saved: true });
  expect(saved[0]?.name).toBe('Upload log of talk.mp4.txt');
  expect(saved[0]?.text).toContain(' Paused\n');
  expect(saved[0]?.text).not.toContain(folder);

  expect(verbs['upload.log']({ uploadId: 'nobody' })).toBeNull();
  expect(await verbs['upload.exportLog']({ uploadId: 'nobody' })).toEqual({ saved: false });
});

it('the file of a sent upload can be sent again; the offer is over then', async () => {
  const verbs = commands();
  const path = put('talk.mp4');
  await verbs['uploads.add']({ paths: [path], accountId: null, brandId: null });
  const uploadId = storage.uploads.list()[0]?.id ?? '';
  expect(await verbs['upload.sendAgain']({ uploadId })).toBeNull();
  storage.uploads.update(uploadId, { state: 'sent', problem: 'file-changed-since' });
  const refused = [{ fileName: 'talk.mp4', problem: 'file-missing' }];
  rmSync(path);
  const gone = await verbs['upload.sendAgain']({ uploadId });
  expect(gone).toEqual({ addedCount: 0, refused, skippedCount: 0 });
  expect(storage.uploads.get(uploadId)?.problem).toBe('file-changed-since');
  put('talk.mp4');
  expect(await verbs['upload.sendAgain']({ uploadId })).toMatchObject({ addedCount: 1 });
  expect(storage.uploads.get(uploadId)?.problem).toBeNull();
  expect(storage.uploads.list().map(({ state }) => state)).toEqual(['sent', 'queued']);
  expect(await verbs['upload.sendAgain']({ uploadId: 'nobody' })).toBeNull();
});

it('the order of the queue can be changed, and all be paused, resumed and cancelled', async () => {
  const verbs = commands();
  await verbs['uploads.add']({
    paths: [put('1.mp4'), put('2.mp4')],
    accountId: null,
    brandId: null,
  });
  const [, second] = storage.uploads.list();
  verbs['upload.move']({ uploadId: second?.id ?? '', to: 'first' });
  expect(storage.uploads.list().map(({ fileName }) => fileName)).toEqual(['2.mp4', '1.mp4']);
  const states = () => storage.uploads.list().map(({ state }) => state);
  verbs['uploads.pauseAll']();
  expect(states()).toEqual(['paused', 'paused']);
  verbs['uploads.resumeAll']();
  expect(states()).toEqual(['queued', 'queued']);
  await verbs['uploads.cancelAll']();
  expect(states()).toEqual(['cancelled', 'cancelled']);
});

it('shows the file of an upload where it lies, and says so when it is gone', async () => {
  const path = put('clip.mp4');
  const verbs = commands();
  await verbs['uploads.add']({ paths: [path], accountId: null, brandId: null });
  const uploadId = storage.uploads.list()[0]?.id ?? '';
  expect(await verbs['upload.showFile']({ uploadId })).toEqual({ shown: true });
  rmSync(path);
  expect(await verbs['upload.showFile']({ uploadId })).toEqual({ shown: false });
  expect(await verbs['upload.showFile']({ uploadId: 'unknown' })).toEqual({ shown: false });
  expect(filesShown).toEqual([path]);
});
