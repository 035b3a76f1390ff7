import type { DownloadView } from '../../../../preload/contract';
import type { Translator } from '../../../../preload/messages';
import { Button } from '../../components/button';
import { ProgressBar } from '../../components/progress-bar';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** The state of a download as text. */
function downloadText(t: Translator, download: DownloadView): string {
  const { receivedBytes, sizeBytes, bytesPerSecond, problem } = download;
  const far =
    sizeBytes === null
      ? t.size(receivedBytes)
      : t.text('line.sent', { sent: t.size(receivedBytes), size: t.size(sizeBytes) });
  switch (download.state) {
    case 'running': {
      const speed = bytesPerSecond ? t.text('line.speed', { size: t.size(bytesPerSecond) }) : null;
      return [t.text('download.running'), far, speed].filter(Boolean).join(' · ');
    }
    case 'paused':
      return problem === null ? t.text('download.waiting') : t.text('download.paused');
    case 'failed':
      return t.text(`download.problem.${problem ?? 'disk-failed'}`);
    case 'done':
      return t.text('download.done', { name: download.fileName ?? '' });
  }
}

interface DownloadNoteProps {
  jobId: string;
  title: string;
}

/** The download of a result, in progress or ended; renders nothing if there is none. */
export function DownloadNote({ jobId, title }: DownloadNoteProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const download = useAppState((state) => state.downloads[jobId]);
  if (!download) return null;
  const { state, receivedBytes, sizeBytes } = download;
  const isMoving = state === 'running' || state === 'paused';
  return (
    <div className="download" data-state={state}>
      <p className="download-text" role={state === 'failed' ? 'alert' : undefined}>
        <bdi>{downloadText(t, download)}</bdi>
      </p>
      {isMoving && sizeBytes !== null && sizeBytes > 0 && (
        <ProgressBar
          label={t.text('download.progress', { title })}
          share={receivedBytes / sizeBytes}
          isStill={state !== 'running'}
        />
      )}
      <span className="download-buttons">
        {isMoving && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t.text('download.cancel.of', { title })}
            onPress={() => void actions.cancelDownload(jobId)}
          >
            {t.text('common.cancel')}
          </Button>
        )}
        {state === 'failed' && (
          <>
            <Button size="small" onPress={() => void actions.download(jobId)}>
              {t.text('download.again')}
            </Button>
            <Button size="small" variant="quiet" onPress={() => void actions.cancelDownload(jobId)}>
              {t.text('download.discard')}
            </Button>
          </>
        )}
        {state === 'done' && (
          <Button size="small" variant="quiet" onPress={() => void actions.showResult(jobId)}>
            {t.text('download.show')}
          </Button>
        )}
      </span>
    </div>
  );
}
