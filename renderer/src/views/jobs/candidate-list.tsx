import type { CandidateView, ClipLine } from '../../../../preload/contract';
import { useAppState, useServiceName, useTranslator } from '../../state/context';
import { PostNoteText } from '../publishing/post-note-text';
import { DownloadNote } from '../results/download-note';
import { RenderButton } from './render-button';
import { RenderNoteText } from './render-note-text';
import { RenderState } from './render-state';
import { timecode } from './timecode';

export function Range({ candidate }: { candidate: Pick<CandidateView, 'startMs' | 'endMs'> }) {
  const t = useTranslator();
  const { startMs, endMs } = candidate;
  if (startMs === null || endMs === null) return <span className="candidate-range" />;
  return (
    <span className="candidate-range">
      {t.text('render.range', { start: timecode(startMs), end: timecode(endMs) })}
      <span className="candidate-length">{t.duration(endMs - startMs)}</span>
    </span>
  );
}

export function Score({ score }: { score: number | null }) {
  const t = useTranslator();
  if (score === null) return <span className="score" />;
  const rounded = Math.round(score);
  return (
    <span className="score" data-tip={t.text('render.score', { score: rounded })}>
      <span className="visually-hidden">{t.text('render.score', { score: rounded })}</span>
      <span aria-hidden="true">{t.number(rounded)}</span>
      <span className="score-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, Math.max(0, score))}%` }} />
      </span>
    </span>
  );
}

const clipOf = ({ accountId, clipId }: ClipLine) => ({ accountId, clipId: clipId ?? '' });

function Candidate({ line, candidate }: { line: ClipLine; candidate: CandidateView }) {
  const t = useTranslator();
  const title = candidate.title ?? t.text('render.untitled');
  return (
    <li className="candidate">
      <div className="candidate-main">
        <Score score={candidate.score} />
        <div className="candidate-text">
          <bdi className="candidate-title">{title}</bdi>
          <Range candidate={candidate} />
        </div>
        <RenderState line={line} render={candidate.render} title={title} />
        <RenderButton
          line={line}
          candidateId={candidate.id}
          title={title}
          render={candidate.render}
        />
      </div>
      <RenderNoteText clip={clipOf(line)} candidateId={candidate.id} render={candidate.render} />
      {candidate.render && (
        <>
          <PostNoteText accountId={line.accountId} jobId={candidate.render.jobId} />
          <DownloadNote jobId={candidate.render.jobId} title={title} />
        </>
      )}
    </li>
  );
}

/** The parts that the service proposes, each with its render or a button to start one. */
export function CandidateList({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const service = useServiceName(useAppState((state) => state.accounts[line.accountId]?.service));
  if (line.candidates.length > 0) {
    return (
      <section className="detail-section">
        <h3 className="detail-heading">
          {t.text('render.heading')}
          <span>{t.text('render.cost', { service })}</span>
        </h3>
        <ul className="candidates">
          {line.candidates.map((candidate) => (
            <Candidate key={candidate.id} line={line} candidate={candidate} />
          ))}
        </ul>
      </section>
    );
  }
  if (line.stage !== 'ready' || line.clipId === null) return null;
  return (
    <section className="detail-section">
      <div className="candidate">
        <div className="candidate-main candidate-whole">
          <p>
            {t.text('render.whole', { service })} {t.text('render.cost', { service })}
          </p>
          <RenderButton line={line} candidateId={null} title={line.title} render={null} />
        </div>
        <RenderNoteText clip={clipOf(line)} candidateId={null} render={null} />
      </div>
    </section>
  );
}
