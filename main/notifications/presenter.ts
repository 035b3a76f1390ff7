import type { MessageKey, Translator } from '../../preload/messages';
import type { Handlers } from '../commands/handlers';
import { type ClipLine, uploadLineId } from '../domain/clip-line';
import type { Job, JobNotification } from '../domain/job';
import { type Logger, reason } from '../domain/logger';
import { shortTitle } from '../domain/short-title';
import type { Upload } from '../domain/upload';
import type { DeliveryOutcome, DigestReason, Presenter } from './outbox-dispatcher';
import type { NotificationAction, NotificationContent, NotificationPort } from './port';

export interface PresenterDeps {
  t: Translator;
  notifications: NotificationPort;
  lineOf: (jobId: string) => ClipLine | null;
  serviceName: (accountId: string) => string;
  /** The same verbs as a window's. */
  handlers: () => Pick<
    Handlers,
    'result.open' | 'result.copyLink' | 'upload.retry' | 'upload.showFile'
  >;
  /** Shows a line in the window, or all of them. */
  showLine: (lineId: string | null) => void;
  logger: Logger;
}

const DIGEST_TITLES = {
  away: 'notification.digest',
  quiet: 'notification.digest.quiet',
  together: 'notification.digest.together',
} as const satisfies Record<DigestReason, MessageKey>;

function bodyKey(notice: Pick<JobNotification, 'outcome'>, job: Job): MessageKey {
  return notice.outcome === 'gone'
    ? 'notification.gone'
    : (`notification.${notice.outcome}.${job.kind}` as const);
}

/**
 * Words and buttons for notifications. What services and files are called goes into the title, which
 * is plain text everywhere; the body may be read as markup by the daemon, so it holds only our own
 * words. https://specifications.freedesktop.org/notification-spec/latest/markup.html
 */
export function createPresenter(
  deps: PresenterDeps,
): Presenter & { test(): Promise<DeliveryOutcome> } {
  const { t, logger, handlers, showLine, notifications } = deps;

  function titleOf(job: Job): string {
    const line = deps.lineOf(job.id);
    const title = shortTitle(line?.title ?? job.title ?? job.remoteId);
    const part = line?.candidates.find((candidate) => candidate.id === job.candidateId)?.title;
    return part
      ? t.text('notification.title.part', { part: shortTitle(part), title })
      : t.text('notification.title', { title });
  }

  /** A button; where its verb cannot do it, the line in the window says more. */
  function button(
    id: 'open' | 'copy' | 'retry' | 'folder',
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
        .catch((error) => logger.error('notification failed', { reason: reason(error) }));
    };
    return { id, label: t.text(label), run };
  }

  function aboutJob(
    notice: Pick<JobNotification, 'outcome'>,
    job: Job,
  ): Omit<NotificationContent, 'sound'> {
    // Read at the click: a line may have got another id, as when its upload is joined to it.
    const lineId = () => deps.lineOf(job.id)?.id ?? null;
    const jobId = job.id;
    const actions = [
      button(
        'open',
        'notification.open',
        lineId,
        async () => (await handlers()['result.open']({ jobId })).opened,
      ),
    ];
    if (job.resultUrl !== null) {
      const copied = async () => (await handlers()['result.copyLink']({ jobId })).copied;
      actions.push(button('copy', 'notification.copyLink', lineId, copied));
    }
    return {
      subject: lineId() ?? job.id,
      title: titleOf(job),
      body: t.text(bodyKey(notice, job), { service: deps.serviceName(job.accountId) }),
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
      subject: lineId(),
      title: shortTitle(upload.fileName),
      body: t.text('notification.upload.failed'),
      urgency: 'normal',
      actions: [
        button('retry', 'notification.retry', lineId, async () => {
          await handlers()['upload.retry']({ uploadId });
          return true;
        }),
        button(
          'folder',
          'notification.showFile',
          lineId,
          async () => (await handlers()['upload.showFile']({ uploadId })).shown,
        ),
      ],
      clickLabel: t.text('notification.show'),
      onClick: () => showLine(lineId()),
    };
  }

  return {
    one(news) {
      const content = 'job' in news ? aboutJob(news.notice, news.job) : aboutUpload(news.upload);
      return notifications.show({ ...content, sound: news.sound });
    },
    digest({ done, failed, why, isOnlyUnsure, sound }) {
      const sentences = [
        ...(done > 0 ? [t.text('notification.digest.done', { count: done })] : []),
        ...(failed > 0 ? [t.text('notification.digest.failed', { count: failed })] : []),
      ];
      return notifications.show({
        // A later digest counts other results: the earlier one stays true.
        subject: null,
        title: t.text(DIGEST_TITLES[why], { count: done + failed }),
        body: sentences.join(', '),
        sound: sound && !isOnlyUnsure,
        urgency: isOnlyUnsure ? 'low' : 'normal',
        actions: [],
        clickLabel: t.text('notification.show'),
        onClick: () => showLine(null),
      });
    },
    /** Shows that notifications work. */
    test: () =>
      notifications.show({
        subject: 'test',
        title: t.text('notification.test'),
        body: t.text('notification.test.body'),
        sound: true,
        urgency: 'normal',
        actions: [],
        clickLabel: t.text('notification.show'),
        onClick: () => showLine(null),
      }),
  };
}
