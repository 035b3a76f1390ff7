import { useAppState, useServiceName, useTranslator, useWindowState } from '../../state/context';
import type { PostNote } from '../../state/window-state';

interface PostNoteTextProps {
  accountId: string;
  jobId: string;
}

/** The last post made of a render in this window, so that nobody posts twice without knowing. */
export function PostNoteText({ accountId, jobId }: PostNoteTextProps) {
  const t = useTranslator();
  const note = useWindowState((state): PostNote | undefined => state.postNotes[jobId]);
  const service = useServiceName(useAppState((state) => state.accounts[accountId]?.service));
  if (!note || note.outcome.outcome === 'refused') return null;
  const time = t.time(note.atMs, Date.now());
  if (note.outcome.outcome === 'unsure') {
    return (
      <div className="render-note" data-outcome="unsure">
        <p>{t.text(`post.unsure.${note.mode}`, { service, time })}</p>
      </div>
    );
  }
  return <p className="download-text">{t.text(`post.done.${note.mode}`, { service, time })}</p>;
}
