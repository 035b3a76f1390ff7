import type { ReactNode } from 'react';
import { useTranslator } from '../state/context';

/** What happened, oldest first. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="timeline">{children}</ol>;
}

interface TimelineEntryProps {
  atMs: number;
  tone: 'waiting' | 'running' | 'attention' | 'failed' | 'done';
  title: string;
  note: string | null;
}

/** One thing that happened, with its time. */
export function TimelineEntry({ atMs, tone, title, note }: TimelineEntryProps) {
  const t = useTranslator();
  return (
    <li className="timeline-entry" data-tone={tone}>
      <time dateTime={new Date(atMs).toISOString()}>{t.clock(atMs, Date.now())}</time>
      <div>
        <p>{title}</p>
        {note && <p className="timeline-note">{note}</p>}
      </div>
    </li>
  );
}
