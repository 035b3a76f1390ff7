import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { Spinner } from '../../components/spinner';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import type { DialogRequest } from '../../state/window-state';
import { LogFacts } from './log-facts';
import { LogParts } from './log-parts';
import { LogTimeline } from './log-timeline';
import { useUploadLog } from './use-upload-log';

interface UploadLogDialogProps {
  request: Extract<DialogRequest, { kind: 'upload-log' }>;
  onClose: () => void;
}

/** Everything that happened to an upload, and how each of its parts was sent. */
export function UploadLogDialog({ request, onClose }: UploadLogDialogProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { lineId, uploadId, title } = request;
  const log = useUploadLog(lineId, uploadId);
  const service = useServiceName(
    useAppState((state) => state.accounts[state.lines[lineId]?.accountId ?? '']?.service),
  );
  return (
    <Dialog title={t.text('log.title')} size="wide" onClose={onClose}>
      <p className="dialog-subject">
        <bdi>{displayText(log?.fileName ?? title)}</bdi>
      </p>
      {log === undefined && (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('log.loading')}
        </p>
      )}
      {log === null && <p className="dialog-text">{t.text('log.gone')}</p>}
      {log && (
        <>
          <LogFacts log={log} />
          <LogTimeline events={log.events} service={service} />
          <LogParts log={log} />
        </>
      )}
      <DialogButtons>
        {log && (
          <Button onPress={() => void actions.exportUploadLog(uploadId)}>
            {t.text('log.save')}
          </Button>
        )}
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
