import type { ClipLine } from '../../../../preload/contract';
import { useTranslator } from '../../state/context';
import { PostNoteText } from '../publishing/post-note-text';
import { DownloadNote } from '../results/download-note';
import { RenderState } from './render-state';

/** Renders that belong to none of the listed parts, newest first. */
export function OtherRenders({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const { otherRenders } = line;
  if (otherRenders.length === 0) return null;
  return (
    <section className="detail-section">
      {line.candidates.length > 0 && <h3 className="detail-heading">{t.text('render.others')}</h3>}
      <ul className="candidates">
        {otherRenders.map((render, index) => {
          const name = t.text('render.number', { number: otherRenders.length - index });
          const title = `${line.title} – ${name}`;
          return (
            <li key={render.jobId} className="candidate">
              <div className="candidate-main">
                <div className="candidate-text">
                  <span className="candidate-title">{name}</span>
                  <span className="candidate-range">
                    {t.time(render.endedAtMs ?? render.phaseSinceMs, Date.now())}
                  </span>
                </div>
                <RenderState line={line} render={render} title={title} />
              </div>
              <PostNoteText accountId={line.accountId} jobId={render.jobId} />
              <DownloadNote jobId={render.jobId} title={title} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
