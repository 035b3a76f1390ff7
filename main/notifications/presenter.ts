import type { MessageKey, Translator } from '../../preload/messages';
import { type ClipLine, uploadLineId } from '../domain/clip-line';
import type { Job, JobNotification } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import type { DeliveryOutcome } from '../domain/notification';
import type { Upload } from '../domain/upload';
import type { ChangeFeed } from '../events';
import { digestText, jobText, uploadText } from './content';
import type { Presenter } from './outbox-dispatcher';
import {
  ANSWER_MS,
  type NotificationAction,
  type NotificationContent,
  type NotificationPort,
} from './port';
import { outdatedSteps } from './replacement';

/** What the buttons do; each reports whether it succeeded. */
interface NotificationButtons {
  openResult: (jobId: string) => Promise<boolean>;
  copyLink: (jobId: string) => Promise<boolean>;
  retryUpload: (uploadId: string) => Promise<boolean>;
  sendAgain: (uploadId: string) => Promise<boolean>;
  showFile: (uploadId: string) => Promise<boolean>;
}

export interface PresenterDeps {
  t: Translator;
  port: NotificationPort;
  lineOf: (jobId: string) => ClipLine | null;
  serviceName: (accountId: string) => string;
  buttons: NotificationButtons;
  /** Shows a line in the window; all lines for null. */
  showLine: (lineId: string | null) => void;
  feed: Pick<ChangeFeed, 'emit'>;
  logger: Logger;
}

/** A notification without an answer by now is not on the screen. */
async function withinAnswerTime(answer: Promise<DeliveryOutcome>): Promise<DeliveryOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DeliveryOutcome>((resolve) => {
    timer = setTimeout(() => resolve('not-shown'), ANSWER_MS);
  });
  const outcome = await Promise.race([answer, late]);
  clearTimeout(timer);
  return outcome;
}

/** Shows notifications through the platform's port, and handles clicks on them and their buttons. */
export function createPresenter(
  deps: PresenterDeps,
): Presenter & { test(): Promise<DeliveryOutcome> } {
  const { t, logger, showLine, port, buttons } = deps;

  /** A button. If it fails, the window opens at the line, which says more. */
  function button(
    id: 'open' | 'copy' | 'retry' | 'again' | 'folder',
    label: MessageKey,
    lineId: () => string | null,
    work: () => Promise<boolean>,
  ): NotificationAction {
    const run = () => {
      logger.info('notification clicked', { button: id });
      work()
        .then((done) => {
          if (!done) showLine(lineId());
        })
        .catch((error) => logger.error('notification button failed', { reason: reason(error) }));
    };
    return { id, label: t.text(label), run };
  }

  function aboutJob(
    notification: Pick<JobNotification, 'outcome'>,
    job: Job,
  ): Omit<NotificationContent, 'sound'> {
    // Read at the click: the line's id changes when its upload is joined to it.
    const lineId = () => deps.lineOf(job.id)?.id ?? null;
    const jobId = job.id;
    const actions = [button('open', 'notification.open', lineId, () => buttons.openResult(jobId))];
    if (job.resultUrl !== null) {
      actions.push(button('copy', 'notification.copyLink', lineId, () => buttons.copyLink(jobId)));
    }
    const service = deps.serviceName(job.accountId);
    const line = deps.lineOf(job.id);
    return {
      ...jobText(notification, job, line, service, t),
      replacementKey: job.id,
      outdates: outdatedSteps(notification, job, line),
      urgency: 'normal',
      actions,
      clickLabel: t.text('notification.show'),
      onClick() {
        logger.info('notification clicked', { line: lineId() });
        showLine(lineId());
      },
    };
  }

  function aboutUpload(upload: Upload): Omit<NotificationContent, 'sound'> {
    const uploadId = upload.id;
    const lineId = () => uploadLineId(uploadId);
    return {
      ...uploadText(upload, t),
      replacementKey: lineId(),
      outdates: [],
      urgency: 'normal',
      actions: [
        upload.state === 'sent'
          ? button('again', 'notification.sendAgain', lineId, () => buttons.sendAgain(uploadId))
          : button('retry', 'notification.retry', lineId, () => buttons.retryUpload(uploadId)),
        button('folder', 'notification.showFile', lineId, () => buttons.showFile(uploadId)),
      ],
      clickLabel: t.text('notification.show'),
      onClick: () => showLine(lineId()),
    };
  }

  return {
    single(subject) {
      const content =
        'job' in subject
          ? aboutJob(subject.notification, subject.job)
          : aboutUpload(subject.upload);
      return port.show({ ...content, sound: subject.sound });
    },
    digest(digest) {
      return port.show({
        ...digestText(digest, t),
        // A later digest is about other results, so it does not replace this one.
        replacementKey: null,
        outdates: [],
        sound: digest.sound && !digest.isOnlyRepeated,
        urgency: digest.isOnlyRepeated ? 'low' : 'normal',
        actions: [],
        clickLabel: t.text('notification.show'),
        onClick: () => showLine(null),
      });
    },
    /** Shows that notifications work, or finds out that they do not. */
    async test() {
      const answer = port.show({
        replacementKey: 'test',
        outdates: [],
        title: t.text('notification.test'),
        body: t.text('notification.test.body'),
        clickHint: null,
        sound: true,
        urgency: 'normal',
        actions: [],
        clickLabel: t.text('notification.show'),
        onClick: () => showLine(null),
      });
      const outcome = await withinAnswerTime(answer);
      deps.feed.emit('delivery', { outcome });
      return outcome;
    },
  };
}
