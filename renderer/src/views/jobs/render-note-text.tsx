import type { RenderView } from '../../../../preload/contract';
import { BalanceLink } from '../../components/balance-link';
import { Quote } from '../../components/quote';
import type { ClipRef } from '../../state/clip-actions';
import { useAppState, useServiceName, useTranslator, useWindowState } from '../../state/context';
import { type RenderNote, renderNoteKey } from '../../state/window-state';

interface RenderNoteTextProps {
  clip: ClipRef;
  candidateId: string | null;
  render: RenderView | null;
}

function useNoteText({ outcome, problem }: RenderNote, serviceId: string | null): string {
  const t = useTranslator();
  const service = useServiceName(serviceId);
  if (problem === null) return t.text('render.notSent');
  const what = t.text(`problem.${problem}`, { service });
  if (outcome === 'unsure') return `${what} ${t.text('render.unsure', { service })}`;
  const help = t.text(`problem.${problem}.help`, { service });
  return `${t.text('render.refused')} ${what} ${help}`;
}

function Note({ note, serviceId }: { note: RenderNote; serviceId: string | null }) {
  const text = useNoteText(note, serviceId);
  return (
    <div className="render-note" data-outcome={note.outcome} role="alert">
      <p>{text}</p>
      {note.remoteText && <Quote service={serviceId}>{note.remoteText}</Quote>}
      {note.problem === 'no-credit' && <BalanceLink serviceId={serviceId} />}
    </div>
  );
}

/** Why a requested render did not start, or may have; disappears once a newer render shows up. */
export function RenderNoteText({ clip, candidateId, render }: RenderNoteTextProps) {
  const note = useWindowState((state) => state.renderNotes[renderNoteKey(clip, candidateId)]);
  const serviceId = useAppState((state) => state.accounts[clip.accountId]?.service ?? null);
  if (!note || note.renderJobId !== (render?.jobId ?? null)) return null;
  return <Note note={note} serviceId={serviceId} />;
}
