import type { HistoryJob } from '../../../../preload/contract';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { jobDurationMs } from './job-text';

/** Account, times, status and remote id of a job. */
export function JobFacts({ job }: { job: HistoryJob }) {
  const t = useTranslator();
  const service = useServiceName(job.service);
  const account = useAppState((state) => state.accounts[job.accountId]?.name);
  const durationMs = jobDurationMs(job);
  const nowMs = Date.now();
  const facts = [
    {
      name: t.text('line.account'),
      value:
        account === undefined
          ? t.text('line.accountGone')
          : t.text('line.accountAt', { name: account, service }),
    },
    { name: t.text('history.begun'), value: t.clock(job.startedAtMs, nowMs) },
    ...(job.endedAtMs === null
      ? []
      : [{ name: t.text('timeline.ended'), value: t.clock(job.endedAtMs, nowMs) }]),
    ...(durationMs === null
      ? []
      : [{ name: t.text('timeline.took'), value: t.duration(durationMs) }]),
    { name: t.text('line.status'), value: t.text('line.quote', { text: job.remoteStatus }) },
    { name: t.text('timeline.remoteId'), value: job.remoteId },
  ];
  return (
    <dl className="facts job-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
