import { FileText, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ExecutionView } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { Button, IconButton } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { FormNotice } from '../../components/form-notice';
import { Quote } from '../../components/quote';
import { ReadFailureNotice } from '../../components/read-failure';
import { Spinner } from '../../components/spinner';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { outputKind } from '../../state/execution-text';
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
  execution,
  accountId,
  serviceId,
}: {
  execution: ExecutionView;
  accountId: string;
  serviceId: string;
}) {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  return (
    <>
      <p className="job-state" data-tone={toneOf(execution.phase)}>
        <StageIcon stage={execution.phase} />
        <strong>
          {execution.phase === 'unknown'
            ? t.text('line.unknownStatus', { word: execution.remoteStatus })
            : t.text(`stage.${execution.phase}`)}
        </strong>
      </p>
      {execution.endedForLackOfBalance && (
        <FormNotice tone="attention">
          <strong>{t.text('execution.broke')}</strong>
          <p>{t.text('execution.broke.help', { service })}</p>
          <BalanceLink serviceId={serviceId} />
        </FormNotice>
      )}
      {execution.failure && <Quote service={serviceId}>{execution.failure}</Quote>}
      <ExecutionFacts execution={execution} accountId={accountId} />
      <ExecutionSteps steps={execution.steps} serviceId={serviceId} />
      <DisclosedText
        label={t.text('execution.raw', { service })}
        copyLabel={t.text('execution.copy.raw')}
        cutNote={t.text('execution.raw.cut')}
        text={execution.raw}
        isCode
      />
    </>
  );
}

/** Everything a service says about one execution, with access to its transcript or documents. */
export function ExecutionDialog({ jobId, accountId, title: given, onClose }: ExecutionDialogProps) {
  const t = useTranslator();
  const serviceId = useAppState((state) => state.accounts[accountId]?.service ?? '');
  const service = useServiceName(serviceId);
  const { line, read, isReading, readAgain } = useExecution(jobId);
  const [open, setOpen] = useState<'transcript' | 'documents' | null>(null);
  const execution = read && 'value' in read ? read.value : null;
  const title = displayText(line?.title ?? execution?.title ?? given);
  const back = () => setOpen(null);

  if (execution && open === 'transcript') {
    return (
      <TranscriptDialog
        jobId={jobId}
        title={title}
        execution={execution}
        serviceId={serviceId}
        onBack={back}
      />
    );
  }
  if (open === 'documents') {
    return <DocumentsDialog jobId={jobId} title={title} serviceId={serviceId} onBack={back} />;
  }
  const left = execution && outputKind(execution);
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      {!read && (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('execution.loading', { service })}
        </p>
      )}
      {read && 'problem' in read && (
        <ReadFailureNotice failure={read} serviceId={serviceId} onTryAgain={readAgain} />
      )}
      {execution && <Body execution={execution} accountId={accountId} serviceId={serviceId} />}
      <DialogButtons>
        {execution && (
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
