import { useMemo, useState } from 'react';
import type { UploadLog } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import { entryText, entryTone, type LogEntry, toEntries } from './log-entries';
import { ShowMore, STEP_COUNT } from './show-more';

function Entry({ entry, service }: { entry: LogEntry; service: string }) {
  const t = useTranslator();
  const nowMs = Date.now();
  const { title, note } = entryText(t, service, entry, nowMs);
  return (
    <li className="log-entry" data-tone={entryTone(entry.event)}>
      <time dateTime={new Date(entry.atMs).toISOString()}>{t.clock(entry.atMs, nowMs)}</time>
      <div>
        <p className="log-entry-title">{title}</p>
        {note && <p className="log-entry-note">{note}</p>}
      </div>
    </li>
  );
}

/** What happened to an upload, oldest first. */
export function LogTimeline({ events, service }: { events: UploadLog['events']; service: string }) {
  const t = useTranslator();
  const [limit, setLimit] = useState(STEP_COUNT);
  const entries = useMemo(() => toEntries(events), [events]);
  return (
    <section>
      <h3 className="detail-heading">{t.text('log.timeline')}</h3>
      <ol className="log-timeline">
        {entries.slice(0, limit).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end.
          <Entry key={index} entry={entry} service={service} />
        ))}
      </ol>
      <ShowMore hiddenCount={entries.length - limit} onPress={() => setLimit(limit + STEP_COUNT)} />
    </section>
  );
}
