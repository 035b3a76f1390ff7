import { FileText, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ExecutionView } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { Button, IconButton } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { ReadFailureNotice } from '../../components/read-failure';
import { showable } from '../../components/showable';
import { Spinner } from '../../components/spinner';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { leftBy } from '../../state/execution-words';
import { StageIcon, toneOf } from '../jobs/stage-icon';
import { DisclosedText } from './disclosed-text';
import { DocumentsDialog } from './documents-dialog';
import { ExecutionFacts } from './execution-facts';
import { ExecutionSteps } from './execution-steps';
import { TranscriptDialog } from './transcript-dialog';
import { useExecution } from './use-execution';

interface ExecutionDialogProps {
  jobId: string;
  accountId: string;
  title: string;
  onClose: () => void;
}

function Body({
  run,
  accountId,
  serviceId,
}: {
  run: ExecutionView;
  accountId: string;
  serviceId: string;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <>
      <p className="story-state" data-tone={toneOf(run.phase)}>
        <StageIcon stage={run.phase} />
        <strong>
          {run.phase === 'unknown'
            ? t.text('line.unknownStatus', { word: run.remoteStatus })
            : t.text(`stage.${run.phase}`)}
        </strong>
      </p>
      {run.endedForLackOfBalance && (
        <FormNotice tone="attention">
          <strong>{t.text('execution.broke')}</strong>
          <p>{t.text('execution.broke.help', { service })}</p>
          <BalanceLink serviceId={serviceId} />
        </FormNotice>
      )}
      {run.failure && <Quote service={serviceId}>{run.failure}</Quote>}
      <ExecutionFacts run={run} accountId={accountId} />
      <ExecutionSteps steps={run.steps} serviceId={serviceId} />
      <DisclosedText
        label={t.text('execution.raw', { service })}
        copyLabel={t.text('execution.copy.raw')}
        cutNote={t.text('execution.raw.cut')}
        text={run.raw}
        isCode
      />
    </>
  );
}

/** Everything a service tells of one run, and the way to what it left. */
export function ExecutionDialog({ jobId, accountId, title: given, onClose }: ExecutionDialogProps) {
  const t = useTranslator();
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? '');
  const service = useServiceName(serviceId);
  const { line, read, isReading, readAgain } = useExecution(jobId);
  const [open, setOpen] = useState<'transcript' | 'documents' | null>(null);
  const run = read && 'value' in read ? read.value : null;
  const title = showable(line?.title ?? run?.title ?? given);
  const back = () => setOpen(null);

  if (run && open === 'transcript') {
    return (
      <TranscriptDialog jobId={jobId} title={title} run={run} serviceId={serviceId} onBack={back} />
    );
  }
  if (open === 'documents') {
    return <DocumentsDialog jobId={jobId} title={title} serviceId={serviceId} onBack={back} />;
  }
  const left = run && leftBy(run);
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      {!read && (
        <p className="log-loading" role="status">
          <Spinner />
          {t.text('execution.loading', { service })}
        </p>
      )}
      {read && 'problem' in read && (
        <ReadFailureNotice failure={read} serviceId={serviceId} onTryAgain={readAgain} />
      )}
      {run && <Body run={run} accountId={accountId} serviceId={serviceId} />}
      <DialogButtons>
        {run && (
          <IconButton label={t.text('execution.again')} isPending={isReading} onPress={readAgain}>
            <RotateCw size={15} aria-hidden />
          </IconButton>
        )}
        {left && (
          <Button icon={<FileText size={15} aria-hidden />} onPress={() => setOpen(left)}>
            {t.text(left === 'transcript' ? 'transcript.read' : 'documents.open')}
          </Button>
        )}
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
