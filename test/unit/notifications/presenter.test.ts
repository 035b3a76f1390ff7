import { expect, it, vi } from 'vitest';
import type { DeliveryOutcome } from '../../../main/domain/notification';
import { createChangeFeed } from '../../../main/events';
import { bodyText, type NotificationContent } from '../../../main/notifications/port';
import { createPresenter } from '../../../main/notifications/presenter';
import { createTranslator } from '../../../preload/messages';
import { sampleJob } from '../../builders/job';
import { silentLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';
import { eventually } from '../../eventually';

function start(outcome: DeliveryOutcome = 'shown') {
  const feed = createChangeFeed(silentLogger);
  const deliveries: DeliveryOutcome[] = [];
  feed.on('delivery', (delivery) => deliveries.push(delivery.outcome));
  const shown: NotificationContent[] = [];
  const buttons = {
    openResult: vi.fn(async () => false),
    copyLink: vi.fn(async () => true),
    retryUpload: vi.fn(async () => true),
    sendAgain: vi.fn(async () => true),
    showFile: vi.fn(async () => true),
  };
  const showLine = vi.fn();
  const presenter = createPresenter({
    t: createTranslator('en'),
    port: {
      async show(content) {
        shown.push(content);
        return outcome;
      },
    },
    lineOf: () => null,
    serviceName: () => 'Clipping',
    buttons,
    showLine,
    feed,
    logger: silentLogger,
  });
  return { presenter, deliveries, shown, buttons, showLine };
}

const subject = {
  notification: {
    ...{ id: 'n', jobId: 'j', workId: 'w', createdAtMs: 0, state: 'pending' as const },
    outcome: 'done' as const,
  },
  job: sampleJob({ resultUrl: 'https://results.example/1.mp4' }),
  sound: true,
};

it.each(['shown', 'not-shown'] as const)(
  'a test notification that was %s corrects what the window says of notifications',
  async (outcome) => {
    const { presenter, deliveries } = start(outcome);
    expect(await presenter.test()).toBe(outcome);
    expect(deliveries).toEqual([outcome]);
  },
);

it('a job that ended for want of balance says so, and no other one', async () => {
  const { presenter, shown } = start();
  const t = createTranslator('en');
  const failed = {
    ...subject,
    notification: { ...subject.notification, outcome: 'failed' as const },
  };
  const job = sampleJob({ phase: 'failed', kind: 'execution' });
  await presenter.single({ ...failed, job: { ...job, outOfBalance: true } });
  await presenter.single({ ...failed, job });
  const service = 'Clipping';
  expect(shown.map((content) => bodyText(content, true))).toEqual([
    expect.stringContaining(t.text('notification.failed.balance', { service })),
    expect.stringContaining(t.text('notification.failed.execution', { service })),
  ]);
});

it('a button that cannot do what it says shows the line instead', async () => {
  const { presenter, shown, buttons, showLine } = start();
  await presenter.single(subject);
  const [open, copy] = shown[0]?.actions ?? [];
  copy?.run();
  await eventually(() => expect(buttons.copyLink).toHaveBeenCalledWith(subject.job.id));
  expect(showLine).not.toHaveBeenCalled();
  open?.run();
  await eventually(() => expect(showLine).toHaveBeenCalledWith(null));
});

it('a digest that only repeats what may have been shown makes no sound and is no news', async () => {
  const { presenter, shown } = start();
  const digest = { done: 2, failed: 0, why: 'away' as const, sound: true };
  await presenter.digest({ ...digest, isOnlyRepeated: true });
  await presenter.digest({ ...digest, isOnlyRepeated: false });
  expect(shown.map(({ sound, urgency }) => `${urgency}, sound ${sound}`)).toEqual([
    'low, sound false',
    'normal, sound true',
  ]);
});

it('what a notification says stands without the click that not every desktop reports', async () => {
  const { presenter, shown } = start();
  for (const kind of ['processing', 'render', 'execution'] as const) {
    for (const outcome of ['done', 'failed', 'gone'] as const) {
      const notification = { ...subject.notification, outcome };
      await presenter.single({ ...subject, notification, job: { ...subject.job, kind } });
    }
  }
  expect(shown.map(({ body }) => body).filter((body) => /click/i.test(body))).toEqual([]);
  expect(shown.map((content) => bodyText(content, true))).toEqual([
    'Processed. Choose what to render.',
    'Processing failed. Click to see why.',
    'Clipping no longer lists this. Click to see it.',
    'Render finished. Click to see it.',
    'The render failed. Click to see why.',
    'Clipping no longer lists this. Click to see it.',
    'Finished at Clipping.',
    'Failed at Clipping. Click to see why.',
    'Clipping no longer lists this. Click to see it.',
  ]);
  expect(bodyText({ body: 'Render finished.', clickHint: 'Click.' }, false)).toBe(
    'Render finished.',
  );
});

it('a file that was changed after it was sent is offered to be sent again, not to be retried', async () => {
  const { presenter, shown, buttons } = start();
  const upload = sampleUpload({ state: 'sent', problem: 'file-changed-since' });
  const { id: uploadId } = upload;
  const notification = {
    ...{ id: 'n', uploadId, workId: 'w', createdAtMs: 0, state: 'pending' as const },
    outcome: 'stopped' as const,
  };
  await presenter.single({ notification, upload, sound: false });
  expect(shown[0]?.body).toContain('changed after it was sent');
  shown[0]?.actions.find(({ id }) => id === 'again')?.run();
  await eventually(() => expect(buttons.sendAgain).toHaveBeenCalledWith(uploadId));
  expect(buttons.retryUpload).not.toHaveBeenCalled();
});
