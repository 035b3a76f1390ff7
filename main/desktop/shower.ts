import type { MessageKey, Translator } from '../../preload/messages';
import type { Job, Notice } from '../domain/job';
import { type Line, uploadLineId } from '../domain/line';
import type { Upload } from '../domain/upload';
import type { Shower, ShowOutcome } from '../telling/teller';
import { shortTitle } from './short-title';

export interface ShowerParts {
  t: Translator;
  show: (content: { title: string; body: string; onClick: () => void }) => Promise<ShowOutcome>;
  lineOf: (jobId: string) => Line | null;
  serviceName: (accountId: string) => string;
  /** The user clicked; the line to show, or null for all of them. */
  onClick: (lineId: string | null) => void;
  onOutcome: (outcome: ShowOutcome) => void;
}

function bodyKey(notice: Notice, job: Job): MessageKey {
  return notice.outcome === 'gone'
    ? 'notification.gone'
    : (`notification.${notice.outcome}.${job.kind}` as const);
}

/**
 * Words for notifications. What services and files are called goes into the title, which is plain
 * text everywhere; the body may be read as markup by the daemon, so it holds only our own words.
 * https://specifications.freedesktop.org/notification-spec/latest/markup.html
 */
export function createShower(
  parts: ShowerParts,
): Shower & { uploadStopped(upload: Upload): Promise<ShowOutcome> } {
  const { t } = parts;

  function titleOf(job: Job): string {
    const line = parts.lineOf(job.id);
    const title = shortTitle(line?.title ?? job.title ?? job.remoteId);
    const part = line?.candidates.find((candidate) => candidate.id === job.candidateId)?.title;
    return part
      ? t.text('notification.title.part', { part: shortTitle(part), title })
      : t.text('notification.title', { title });
  }

  async function show(content: Parameters<ShowerParts['show']>[0]): Promise<ShowOutcome> {
    const outcome = await parts.show(content);
    parts.onOutcome(outcome);
    return outcome;
  }

  return {
    one: (notice, job) =>
      show({
        title: titleOf(job),
        body: t.text(bodyKey(notice, job), { service: parts.serviceName(job.accountId) }),
        onClick: () => parts.onClick(parts.lineOf(job.id)?.id ?? null),
      }),
    uploadStopped: (upload) =>
      show({
        title: shortTitle(upload.fileName),
        body: t.text('notification.upload.failed'),
        onClick: () => parts.onClick(uploadLineId(upload.id)),
      }),
    digest({ done, failed }) {
      const sentences = [
        ...(done > 0 ? [t.text('notification.digest.done', { count: done })] : []),
        ...(failed > 0 ? [t.text('notification.digest.failed', { count: failed })] : []),
      ];
      return show({
        title: t.text('notification.digest'),
        body: sentences.join(', '),
        onClick: () => parts.onClick(null),
      });
    },
  };
}
