import { useMemo, useState } from 'react';
import type { UploadLog } from '../../../../preload/contract';
import { Timeline, TimelineEntry } from '../../components/timeline';
import { useTranslator } from '../../state/context';
import { entryText, entryTone, toEntries } from './log-entries';
import { ShowMore, STEP_COUNT } from './show-more';

/** What happened to an upload, oldest first. */
export function LogTimeline({ events, service }: { events: UploadLog['events']; service: string }) {
  const t = useTranslator();
  const [limit, setLimit] = useState(STEP_COUNT);
  const entries = useMemo(() => toEntries(events), [events]);
  return (
    <section>
      <h3 className="detail-heading">{t.text('log.timeline')}</h3>
      <Timeline>
        {entries.slice(0, limit).map((entry, index) => (
          <TimelineEntry
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end.
            key={index}
            atMs={entry.atMs}
            tone={entryTone(entry.event)}
            {...entryText(t, service, entry, Date.now())}
          />
        ))}
      </Timeline>
      <ShowMore hiddenCount={entries.length - limit} onPress={() => setLimit(limit + STEP_COUNT)} />
    </section>
  );
}
