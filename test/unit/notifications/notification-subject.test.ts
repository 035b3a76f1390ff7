import { expect, it } from 'vitest';
import type { Job, JobNotification } from '../../../main/domain/job';
import type { OutboxNotification } from '../../../main/domain/notification';
import { NOTIFY_EVERYTHING, type NotificationRules } from '../../../main/domain/notification-rules';
import type { Upload } from '../../../main/domain/upload';
import { deliveryDecision } from '../../../main/notifications/delivery-policy';
import { notificationSubject } from '../../../main/notifications/notification-subject';
import { sampleAccount } from '../../builders/account';
import { sampleJob } from '../../builders/job';
import { sampleUpload } from '../../builders/upload';

const job = sampleJob({ clipId: 'c1' });
const upload = sampleUpload({ clipId: 'c1', state: 'failed' });

function subjectOf(
  notification: Partial<OutboxNotification>,
  about: {
    job?: Partial<Job>;
    upload?: Partial<Upload>;
    kinds?: Partial<NotificationRules['kinds']>;
  } = {},
) {
  const kinds = { ...NOTIFY_EVERYTHING.kinds, ...about.kinds };
  const found = { ...upload, ...about.upload };
  return notificationSubject(
    {
      job: () => ({ ...job, ...about.job }),
      upload: () => found,
      uploads: () => [found],
      account: (id) =>
        id === 'a1' ? sampleAccount({ notificationRules: { kinds, sound: false } }) : null,
    },
    {
      id: 'n',
      workId: 'w',
      createdAtMs: 0,
      state: 'pending',
      ...notification,
    } as OutboxNotification,
  );
}
const ended = (outcome: JobNotification['outcome']) => ({ jobId: job.id, outcome });
const stopped = { uploadId: 'u1', outcome: 'stopped' } as const;

it('the rule of its account and kind decides what is notified', () => {
  expect(subjectOf(ended('done'))).toMatchObject({ sound: false });
  expect(subjectOf(ended('done'), { kinds: { execution: 'failures' } })).toBeNull();
  expect(subjectOf(ended('failed'), { kinds: { execution: 'failures' } })).not.toBeNull();
  expect(subjectOf(ended('gone'), { kinds: { execution: 'nothing' } })).toBeNull();
  expect(
    subjectOf(ended('done'), { kinds: { render: 'nothing', processing: 'nothing' } }),
  ).not.toBeNull();
  const render = { kind: 'render' } as const;
  expect(subjectOf(ended('done'), { job: render, kinds: { render: 'nothing' } })).toBeNull();
});

it('nothing is notified about a removed account', () => {
  expect(subjectOf(ended('done'), { job: { accountId: 'removed' } })).toBeNull();
});

it('a clip that ends because its upload was cancelled here is not notified', () => {
  const clip = { kind: 'processing' } as const;
  expect(subjectOf(ended('gone'), { job: clip, upload: { state: 'cancelled' } })).toBeNull();
  expect(
    subjectOf(ended('gone'), { job: { ...clip, clipId: 'c2' }, upload: { state: 'cancelled' } }),
  ).not.toBeNull();
});

it('an upload that stopped is notified unless it resumes or nobody wants it', () => {
  expect(subjectOf(stopped)).not.toBeNull();
  expect(subjectOf(stopped, { kinds: { processing: 'failures' } })).not.toBeNull();
  expect(subjectOf(stopped, { kinds: { processing: 'nothing' } })).toBeNull();
  expect(subjectOf(stopped, { upload: { state: 'sending' } })).toBeNull();
  expect(subjectOf(stopped, { upload: { state: 'sent' } })).toBeNull();
  const changed = { state: 'sent', problem: 'file-changed-since' } as const;
  expect(subjectOf(stopped, { upload: changed })).not.toBeNull();
});

it('quiet hours, do not disturb if it is respected, and catching up each hold everything back', () => {
  const noon = new Date(2026, 6, 1, 12).getTime();
  const ask = (changes: {
    quiet?: boolean;
    follow?: boolean;
    dnd?: boolean;
    catchesUp?: boolean;
  }) =>
    deliveryDecision({
      isCatchingUp: () => changes.catchesUp ?? false,
      settings: () => ({
        quietHours: changes.quiet ? { fromMinute: 11 * 60, toMinute: 13 * 60 } : null,
        followDoNotDisturb: changes.follow ?? true,
      }),
      doNotDisturb: () => changes.dnd ?? false,
      nowMs: () => noon,
    });
  expect(ask({})).toEqual({ now: true });
  expect(ask({ quiet: true })).toEqual({ now: false, why: 'quiet', untilMs: noon + 60 * 60_000 });
  expect(ask({ dnd: true })).toEqual({ now: false, why: 'quiet', untilMs: null });
  expect(ask({ dnd: true, follow: false })).toEqual({ now: true });
  expect(ask({ catchesUp: true })).toEqual({ now: false, why: 'catching-up', untilMs: null });
});
