import type { HistoryJob } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { displayText } from '../../components/display-text';
import { Quote } from '../../components/quote';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { CopyLinkButton } from '../jobs/copy-link-button';
import { StageIcon, toneOf } from '../jobs/stage-icon';
import { JobFacts } from './job-facts';
import { stageOf, stateText, titleOf } from './job-text';
import { JobTimeline } from './job-timeline';
import { useJobEvents } from './use-job-events';

/** Everything on record about one job, and its result. */
export function HistoryJobDialog({
  job: given,
  onClose,
}: {
  job: HistoryJob;
  onClose: () => void;
}) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const { job, events } = useJobEvents(given);
  const service = useServiceName(job.service);
  const isKept = useAppState((state) => state.accounts[job.accountId] !== undefined);
  const stage = stageOf(job);
  return (
    <Dialog title={displayText(titleOf(job))} size="wide" onClose={onClose}>
      <p className="job-state" data-tone={toneOf(stage)}>
        <StageIcon stage={stage} />
        <strong>{stateText(t, job)}</strong>
        <span>{t.text(`kind.${job.kind}`)}</span>
      </p>
      {job.gone && <p className="detail-problem">{t.text('line.gone', { service })}</p>}
      {job.failure && <Quote service={job.service}>{job.failure}</Quote>}
      <JobFacts job={job} />
      <JobTimeline job={job} events={events} service={service} />
      <DialogButtons>
        {job.hasResult && isKept && (
          <span className="job-result">
            <Button onPress={() => void actions.openResult(job.id)}>{t.text('line.open')}</Button>
            <CopyLinkButton jobId={job.id} />
          </span>
        )}
        {job.kind === 'execution' && isKept && (
          <Button
            onPress={() =>
              windowState.patch({
                dialog: {
                  kind: 'execution',
                  jobId: job.id,
                  accountId: job.accountId,
                  title: titleOf(job),
                },
              })
            }
          >
            {t.text('execution.details')}
          </Button>
        )}
        <Button variant="primary" autoFocus onPress={onClose}>
          {t.text('common.close')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
