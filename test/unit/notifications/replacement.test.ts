import { expect, it } from 'vitest';
import { ShownNotifications } from '../../../main/desktop/notifications/notification-replacement';
import type { ClipLine } from '../../../main/domain/clip-line';
import { type JobKind, type JobNotification, jobId } from '../../../main/domain/job';
import type { NotificationContent } from '../../../main/notifications/port';
import { createPresenter } from '../../../main/notifications/presenter';
import { createTranslator } from '../../../preload/messages';
import { sampleLine } from '../../builders/clip-line';
import { sampleJob } from '../../builders/job';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';

/** A desktop that shows what it is given until it is replaced. Each notification says what it is about. */
function screen(line: ClipLine | null = null) {
  const shown = new ShownNotifications();
  const visible = new Map<number, string>();
  let lastId = 0;
  let about = '';
  const show = async (content: NotificationContent) => {
    const id = shown.replacedBy(content) || ++lastId;
    shown.add(id, content);
    visible.set(id, about);
    return 'shown' as const;
  };
  const buttons = {
    openResult: async () => true,
    copyLink: async () => true,
    retryUpload: async () => true,
    sendAgain: async () => true,
    showFile: async () => true,
  };
  const presenter = createPresenter({
    t: createTranslator('en'),
    port: { show },
    lineOf: () => line,
    serviceName: () => 'Autoposting',
    buttons,
    showLine: () => {},
    feed: { emit: () => {} },
    logger: silentLogger,
  });
  const common = { id: 'n', workId: 'w', createdAtMs: 0, state: 'pending' as const };
  return {
    ended(kind: JobKind, remoteId: string, outcome: JobNotification['outcome'], accountId = 'a1') {
      about = `${remoteId} ${outcome}`;
      const clipId = kind === 'execution' ? null : 'clip';
      const id = jobId(accountId, kind, remoteId);
      const job = sampleJob({ id, accountId, kind, remoteId, clipId });
      return presenter.single({
        notification: { ...common, jobId: id, outcome },
        job,
        sound: true,
      });
    },
    stopped() {
      about = 'upload stopped';
      return presenter.single({
        notification: { ...common, uploadId: 'u1', outcome: 'stopped' },
        upload: sampleUpload({ id: 'u1', state: 'failed' }),
        sound: true,
      });
    },
    visible: () => [...visible.values()],
  };
}

const uploaded = sampleLine({
  upload: {
    ...{ id: 'u1', state: 'sent', sizeBytes: 1, sentBytes: 1, bytesPerSecond: null },
    ...{
      timeLeftMs: null,
      problem: null,
      remoteText: null,
      queuePosition: null,
      keptUntilMs: null,
    },
  },
});

it('each render of a clip keeps its own notification, however it ended', async () => {
  const { ended, visible } = screen();
  await ended('processing', 'clip', 'done');
  await ended('render', 'r1', 'done');
  await ended('render', 'r2', 'done');
  await ended('render', 'r3', 'failed');
  await ended('render', 'r4', 'done');
  await ended('render', 'r5', 'gone');
  expect(visible()).toEqual(['r1 done', 'r2 done', 'r3 failed', 'r4 done', 'r5 gone']);
});

it('a render that failed leaves the choice of what to render on the screen', async () => {
  const { ended, visible } = screen();
  await ended('processing', 'clip', 'done');
  await ended('render', 'r1', 'failed');
  expect(visible()).toEqual(['clip done', 'r1 failed']);
});

it('a clip outdates what was said of its upload, and its result outdates both', async () => {
  const { ended, stopped, visible } = screen(uploaded);
  await stopped();
  await stopped();
  expect(visible()).toEqual(['upload stopped']);
  await ended('processing', 'clip', 'done');
  expect(visible()).toEqual(['clip done']);
  await ended('render', 'r1', 'done');
  await ended('render', 'r2', 'done');
  expect(visible()).toEqual(['r1 done', 'r2 done']);
});

it('the same end told again replaces what was told before', async () => {
  const { ended, visible } = screen();
  await ended('render', 'r1', 'done');
  await ended('render', 'r2', 'done');
  await ended('render', 'r1', 'done');
  expect(visible()).toEqual(['r1 done', 'r2 done']);
});

it('executions, and clips of the same id at two accounts, have nothing to do with each other', async () => {
  const { ended, visible } = screen();
  await ended('execution', 'e1', 'done');
  await ended('execution', 'e2', 'failed');
  await ended('processing', 'clip', 'done', 'a1');
  await ended('processing', 'clip', 'done', 'a2');
  await ended('render', 'r1', 'done', 'a2');
  expect(visible()).toEqual(['e1 done', 'e2 failed', 'clip done', 'r1 done']);
});
