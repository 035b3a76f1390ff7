import { Check, CircleHelp, Clock, Unlink, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClipLine, RenderView } from '../../../../preload/contract';
import { Spinner } from '../../components/spinner';
import { useTimeLeft } from '../../hooks/use-clock';
import { useTranslator } from '../../state/context';
import { ResultActions } from '../results/result-actions';
import type { Tone } from './stage-icon';
import { timeLeftText } from './time-left-text';

const APPEARANCES: Record<RenderView['phase'] | 'gone', { icon: ReactNode; tone: Tone }> = {
  waiting: { icon: <Clock size={13} aria-hidden />, tone: 'waiting' },
  running: { icon: <Spinner />, tone: 'running' },
  done: { icon: <Check size={13} aria-hidden />, tone: 'done' },
  failed: { icon: <X size={13} aria-hidden />, tone: 'failed' },
  unknown: { icon: <CircleHelp size={13} aria-hidden />, tone: 'attention' },
  gone: { icon: <Unlink size={13} aria-hidden />, tone: 'attention' },
};

interface RenderStateProps {
  line: ClipLine;
  render: RenderView | null;
  /** What is rendered. */
  title: string;
}

/** The state of one render, with its result when there is one. */
export function RenderState({ line, render, title }: RenderStateProps) {
  const t = useTranslator();
  const leftMs = useTimeLeft(render?.likelyEndAtMs ?? null);
  if (!render) return null;
  const phase = render.gone ? 'gone' : render.phase;
  const { icon, tone } = APPEARANCES[phase];
  return (
    <>
      <span
        className="render-state"
        data-tone={tone}
        data-tip={render.failure ? t.text('line.quote', { text: render.failure }) : undefined}
      >
        {icon}
        {phase === 'unknown'
          ? t.text('line.unknownStatus', { word: render.remoteStatus })
          : t.text(`render.phase.${phase}`)}
        {leftMs !== null && <span className="render-time-left">{timeLeftText(t, leftMs)}</span>}
        {render.failure && (
          <bdi className="render-failure">{t.text('line.quote', { text: render.failure })}</bdi>
        )}
      </span>
      {render.hasResult && (
        <ResultActions
          line={line}
          jobId={render.jobId}
          candidateId={render.candidateId}
          title={title}
        />
      )}
    </>
  );
}
