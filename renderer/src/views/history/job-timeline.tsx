import { useState } from 'react';
import type { HistoryJob, JobEvent } from '../../../../preload/contract';
import { Spinner } from '../../components/spinner';
import { Timeline, TimelineEntry } from '../../components/timeline';
import { useTranslator } from '../../state/context';
import { ShowMore, STEP_COUNT } from '../upload-log/show-more';
import { eventText } from './job-text';

interface JobTimelineProps {
  job: HistoryJob;
  events: JobEvent[] | undefined;
  service: string;
}

/** Every change of a job, oldest first, each with its source. */
export function JobTimeline({ job, events, service }: JobTimelineProps) {
  const t = useTranslator();
  const [limit, setLimit] = useState(STEP_COUNT);
  return (
    <section>
      <h3 className="detail-heading">{t.text('log.timeline')}</h3>
      {events === undefined ? (
        <p className="dialog-loading" role="status">
          <Spinner />
          {t.text('timeline.loading')}
        </p>
      ) : events.length === 0 ? (
        <p className="dialog-text">{t.text('timeline.none')}</p>
      ) : (
        <Timeline>
          {events.slice(0, limit).map((event, index) => (
            <TimelineEntry
              // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end.
              key={index}
              atMs={event.atMs}
              {...eventText(t, service, job.kind, event)}
            />
          ))}
        </Timeline>
      )}
      <ShowMore
        hiddenCount={(events?.length ?? 0) - limit}
        onPress={() => setLimit(limit + STEP_COUNT)}
      />
    </section>
  );
}
