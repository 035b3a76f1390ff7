import { Pause, X } from 'lucide-react';
import type { ClipLine } from '../../../../preload/contract';
import { Button, IconButton } from '../../components/button';
import { useCliptray, useTranslator } from '../../state/context';
import { UploadMenu } from '../uploads/upload-menu';
import { CopyLinkButton } from './copy-link-button';

/** What can be done with a line at its current stage. */
export function LineActions({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const { upload, resultJobId } = line;
  const values = { title: line.title };
  const executionJobId = line.kind === 'execution' ? line.jobIds[0] : undefined;
  const state = upload?.state;
  const canCancel =
    state === 'queued' || state === 'sending' || state === 'paused' || state === 'failed';
  return (
    <div className="line-actions">
      {resultJobId !== null && (
        <>
          <Button
            size="small"
            aria-label={t.text('line.open.of', values)}
            onPress={() => void actions.openResult(resultJobId)}
          >
            {t.text('line.open')}
          </Button>
          <CopyLinkButton jobId={resultJobId} />
        </>
      )}
      {executionJobId !== undefined && (
        <Button
          size="small"
          aria-label={t.text('execution.details.of', values)}
          onPress={() => actions.showExecution(line, executionJobId)}
        >
          {t.text('execution.details')}
        </Button>
      )}
      {resultJobId === null && line.stage === 'ready' && (
        <Button
          size="small"
          aria-label={t.text('line.choose.of', values)}
          onPress={() => actions.setExpanded(line, true)}
        >
          {t.text('line.choose')}
        </Button>
      )}
      {upload && state === 'paused' && (
        <Button
          size="small"
          aria-label={t.text('line.resume.of', values)}
          onPress={() => void actions.run('upload.resume', { uploadId: upload.id })}
        >
          {t.text('line.resume')}
        </Button>
      )}
      {upload && state === 'failed' && (
        <Button
          size="small"
          aria-label={t.text('line.retry.of', values)}
          onPress={() => void actions.run('upload.retry', { uploadId: upload.id })}
        >
          {t.text('line.retry')}
        </Button>
      )}
      {upload && state === 'sent' && upload.problem === 'file-changed-since' && (
        <Button
          size="small"
          aria-label={t.text('line.sendAgain.of', values)}
          onPress={() => void actions.sendAgain(line)}
        >
          {t.text('line.sendAgain')}
        </Button>
      )}
      {upload && (state === 'queued' || state === 'sending') && (
        <IconButton
          label={t.text('line.pause')}
          onPress={() => void actions.run('upload.pause', { uploadId: upload.id })}
        >
          <Pause size={15} aria-hidden />
        </IconButton>
      )}
      {upload && canCancel && (
        <IconButton
          label={t.text('line.cancel')}
          onPress={() =>
            windowState.patch({ dialog: { kind: 'cancel-upload', uploadId: upload.id } })
          }
        >
          <X size={15} aria-hidden />
        </IconButton>
      )}
      {upload && state !== 'sent' && state !== 'cancelled' && (
        <UploadMenu line={line} upload={upload} />
      )}
    </div>
  );
}
