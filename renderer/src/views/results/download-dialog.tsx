import { Copy } from 'lucide-react';
import { Button, IconButton } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { copyText } from '../upload-log/copy-text';

/** What was saved: its name, size and fingerprint. */
export function DownloadDialog({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const download = useAppState((state) => state.downloads[jobId]);
  const sha256Hex = download?.sha256Hex ?? null;
  return (
    <Dialog title={t.text('download.title')} size="wide" onClose={onClose}>
      {download && (
        <dl className="facts log-facts">
          <div>
            <dt>{t.text('download.file')}</dt>
            <dd>
              <bdi>{displayText(download.fileName ?? '')}</bdi>
            </dd>
          </div>
          {download.sizeBytes !== null && (
            <div>
              <dt>{t.text('line.size')}</dt>
              <dd>{t.size(download.sizeBytes)}</dd>
            </div>
          )}
          {sha256Hex !== null && (
            <div className="log-sha256">
              <dt>{t.text('log.sha256')}</dt>
              <dd>
                <code>{sha256Hex}</code>
                <IconButton
                  label={t.text('log.sha256.copy')}
                  onPress={() =>
                    actions.showSnackbar(
                      t.text(copyText(sha256Hex) ? 'log.sha256.copied' : 'log.sha256.notCopied'),
                    )
                  }
                >
                  <Copy size={14} aria-hidden />
                </IconButton>
              </dd>
            </div>
          )}
        </dl>
      )}
      {!download && <p className="dialog-text">{t.text('download.fileGone')}</p>}
      <DialogButtons>
        {download?.state === 'done' && (
          <Button onPress={() => void actions.showResultFile(jobId)}>
            {t.text('download.show')}
          </Button>
        )}
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
