import type { MessageKey, Translator } from '../../preload/messages';
import type { ClipLine } from '../domain/clip-line';
import type { Job, JobNotification } from '../domain/job';
import { shortTitle } from '../domain/short-title';
import type { Upload } from '../domain/upload';
import type { Digest, DigestReason } from './digest';

/** The words of a notification. */
export interface NotificationText {
  title: string;
  body: string;
  /** What a click on it does; null where that needs no words. */
  clickHint: string | null;
}

const DIGEST_TITLES = {
  away: 'notification.digest',
  quiet: 'notification.digest.quiet',
  together: 'notification.digest.together',
} as const satisfies Record<DigestReason, MessageKey>;

function bodyKey({ outcome }: Pick<JobNotification, 'outcome'>, job: Job): MessageKey {
  if (outcome === 'gone') return 'notification.gone';
  return outcome === 'failed' && job.outOfBalance
    ? 'notification.failed.balance'
    : (`notification.${outcome}.${job.kind}` as const);
}

function clickHint(
  { outcome }: Pick<JobNotification, 'outcome'>,
  { kind }: Job,
  t: Translator,
): string | null {
  if (outcome === 'failed') return t.text('notification.click.why');
  return outcome === 'gone' || kind === 'render' ? t.text('notification.click.see') : null;
}

function titleOf(job: Job, line: ClipLine | null, t: Translator): string {
  const title = shortTitle(line?.title ?? job.title ?? job.remoteId);
  const part = line?.candidates.find((candidate) => candidate.id === job.candidateId)?.title;
  return part
    ? t.text('notification.title.part', { part: shortTitle(part), title })
    : t.text('notification.title', { title });
}

// Names from services and files go into the title, which is plain text everywhere. A daemon may read the
// body as markup, so it contains only our own words.
// https://specifications.freedesktop.org/notification-spec/latest/markup.html

/** The words for the end of a job. `service` is the name of its service. */
export function jobText(
  notification: Pick<JobNotification, 'outcome'>,
  job: Job,
  line: ClipLine | null,
  service: string,
  t: Translator,
): NotificationText {
  return {
    title: titleOf(job, line, t),
    body: t.text(bodyKey(notification, job), { service }),
    clickHint: clickHint(notification, job, t),
  };
}

/** The words for an upload that stopped, or whose file was changed after it was sent. */
export function uploadText({ fileName, state }: Upload, t: Translator): NotificationText {
  const isChanged = state === 'sent';
  return {
    title: shortTitle(fileName),
    body: t.text(isChanged ? 'notification.upload.changed' : 'notification.upload.failed'),
    clickHint: t.text(isChanged ? 'notification.click.see' : 'notification.click.why'),
  };
}

/** The words for many notifications at once. */
export function digestText({ done, failed, why }: Digest, t: Translator): NotificationText {
  const sentences = [
    ...(done > 0 ? [t.text('notification.digest.done', { count: done })] : []),
    ...(failed > 0 ? [t.text('notification.digest.failed', { count: failed })] : []),
  ];
  return {
    title: t.text(DIGEST_TITLES[why], { count: done + failed }),
    body: sentences.join(', '),
    clickHint: null,
  };
}
