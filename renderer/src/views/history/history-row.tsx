import { memo } from 'react';
import type { HistoryJob } from '../../../../preload/contract';
import { TitleText } from '../../components/title-text';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { StageIcon, toneOf } from '../jobs/stage-icon';
import { jobDurationMs, stageOf, stateText, titleOf } from './job-text';

/** One job of the history on two lines. */
export const HistoryRow = memo(function HistoryRow({ job }: { job: HistoryJob }) {
  const t = useTranslator();
  const service = useServiceName(job.service);
  const account = useAppState((state) => state.accounts[job.accountId]?.name);
  const stage = stageOf(job);
  const durationMs = jobDurationMs(job);
  return (
    <div className="line-body history-row">
      <StageIcon stage={stage} />
      <div className="line-text">
        <div className="line-title">
          <TitleText>{titleOf(job)}</TitleText>
        </div>
        <p className="line-status">
          <span className="line-stage" data-tone={toneOf(stage)}>
            {stateText(t, job)}
          </span>
          <span className="dot"> · </span>
          {t.text(`kind.${job.kind}`)}
          <span className="dot"> · </span>
          <bdi>
            {account === undefined ? service : t.text('line.accountAt', { name: account, service })}
          </bdi>
          {job.failure && (
            <>
              <span className="dot"> · </span>
              <bdi>{t.text('line.quote', { text: job.failure })}</bdi>
            </>
          )}
        </p>
      </div>
      <p className="history-when">
        <time dateTime={new Date(job.startedAtMs).toISOString()}>
          <span className="visually-hidden">{t.text('history.begun')} </span>
          {t.time(job.startedAtMs, Date.now())}
        </time>
        {durationMs !== null && (
          <span className="history-duration">
            {t.text('history.took', { duration: t.duration(durationMs) })}
          </span>
        )}
      </p>
    </div>
  );
});
