import { expect, it } from 'vitest';
import type { Upload } from '../../../main/domain/upload';
import { createChangeFeed } from '../../../main/events';
import { createPollingService } from '../../../main/polling/polling-service';
import { followSentUploads } from '../../../main/polling/sent-uploads';
import { sampleUpload } from '../../builders/upload';
import {
  account,
  activeList,
  FakeClock,
  MemoryStore,
  module,
  observation,
  ScriptedService,
  single,
} from './fakes';

const remote = { clipId: 'c1', uploadId: 'r1', key: 'k1' };

/** A watched account, and the upload that is to be followed. */
function setUp(upload: Upload | null) {
  const logger = { info() {}, warn() {}, error() {} };
  const clock = new FakeClock();
  const feed = createChangeFeed(logger);
  const store = new MemoryStore();
  const service = new ScriptedService(clock);
  service.list = () => ({ ...activeList(), covers: { kind: 'processing', clipId: null } });
  const polling = createPollingService({
    ...{ store, feed, clock, logger },
    random: () => 0.5,
    rateLimits: () => null,
  });
  const end = followSentUploads({ feed, polling, upload: () => upload });
  polling.start(account, { ...module, listShows: ['processing'] }, service.connection);
  const sent = () => feed.emit('uploadEvent', { uploadId: 'u1', event: { kind: 'sent' } });
  return { clock, feed, store, service, end, sent };
}

it('follows a clip from the moment its upload is sent, so that even a quick end is notified', async () => {
  const { clock, store, service, sent } = setUp(sampleUpload({ remote, fileName: 'boat.mp4' }));
  await clock.advance(0);
  sent();
  expect(store.get('a1/processing/c1')).toMatchObject({ phase: 'running', title: 'boat.mp4' });
  service.read = () => single(observation({ kind: 'processing', remoteId: 'c1', phase: 'done' }));
  await clock.advance(3000);
  expect(service.count('processing c1')).toBeGreaterThan(0);
  expect(store.notifications).toMatchObject([{ jobId: 'a1/processing/c1', outcome: 'done' }]);
});

it('follows nothing for other events, unknown uploads, and accounts that are not polled', () => {
  const other = setUp(sampleUpload({ remote }));
  other.feed.emit('uploadEvent', { uploadId: 'u1', event: { kind: 'paused' } });
  const unknown = setUp(null);
  const notPolled = setUp(sampleUpload({ remote, accountId: 'a2' }));
  const ended = setUp(sampleUpload({ remote }));
  ended.end();
  for (const { sent } of [unknown, notPolled, ended]) sent();
  for (const { store } of [other, unknown, notPolled, ended]) expect(store.jobs.size).toBe(0);
});
