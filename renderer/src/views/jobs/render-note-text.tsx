import type { Line, RenderView } from '../../../../preload/contract';
import { Quote } from '../../components/quote';
import { useAppState, useServiceName, useTranslator, useWindowState } from '../../state/context';
import { renderNoteKey } from '../../state/window-state';

interface RenderNoteTextProps {
  line: Line;
  candidateId: string | null;
  render: RenderView | null;
}

/** Why a render that was asked for did not start, or may have; gone once a newer render shows up. */
export function RenderNoteText({ line, candidateId, render }: RenderNoteTextProps) {
  const t = useTranslator();
  const note = useWindowState((state) => state.renderNotes[renderNoteKey(line.id, candidateId)]);
  const serviceId = useAppState((state) => state.accounts[line.accountId]?.service ?? null);
  const service = useServiceName(serviceId);
  if (!note || note.renderJobId !== (render?.jobId ?? null)) return null;
  const problem = t.text(`problem.${note.problem}`, { service });
  return (
    <div className="render-note" data-outcome={note.outcome} role="alert">
      {note.outcome === 'unsure' ? (
        <p>
          {problem} {t.text('render.unsure', { service })}
        </p>
      ) : (
        <p>
          {t.text('render.refused')} {problem} {t.text(`problem.${note.problem}.help`, { service })}
        </p>
      )}
      {note.remoteText && <Quote service={serviceId}>{note.remoteText}</Quote>}
    </div>
  );
}
