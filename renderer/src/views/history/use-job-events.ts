import { useEffect, useRef, useState } from 'react';
import type { HistoryJob, JobEvent } from '../../../../preload/contract';
import { useAppState, useCliptray } from '../../state/context';
import { ANY_JOB, toHistoryFilter } from '../../state/history-filter';
import { jobVersion } from '../../state/job-version';

/** Main refuses a longer query, and returns no more jobs at once. */
const MAX_TEXT_LENGTH = 200;
const MAX_JOBS = 200;

interface JobDetail {
  job: HistoryJob;
  /** Undefined until they are read. */
  events: JobEvent[] | undefined;
}

/** A job and its events, read again whenever the state of any job has changed. */
export function useJobEvents(given: HistoryJob): JobDetail {
  const { actions } = useCliptray();
  const version = useAppState(jobVersion);
  const [detail, setDetail] = useState<JobDetail>({ job: given, events: undefined });
  const turn = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read.
  useEffect(() => {
    const mine = ++turn.current;
    const text = given.remoteId.slice(0, MAX_TEXT_LENGTH);
    const filter = toHistoryFilter({ ...ANY_JOB, text, accountId: given.accountId }, 0);
    const read = async () => {
      const [events, page] = await Promise.all([
        actions.run('history.events', { jobId: given.id }),
        actions.run('history.search', { filter, after: null, limit: MAX_JOBS }),
      ]);
      if (mine !== turn.current) return;
      const now = page?.response.jobs.find(({ id }) => id === given.id);
      setDetail((before) => ({ job: now ?? before.job, events: events?.response ?? [] }));
    };
    void read();
    return () => {
      turn.current += 1;
    };
  }, [actions, given, version]);

  return detail;
}
