import { Play } from 'lucide-react';
import type { CandidateDetail, ClipLine, ClipRecord } from '../../../../preload/contract';
import { IconButton } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import type { ClipRef } from '../../state/clip-actions';
import { useCliptray, useTranslator } from '../../state/context';
import { Range, Score } from '../jobs/candidate-list';
import { RenderNoteText } from '../jobs/render-note-text';
import { RenderState } from '../jobs/render-state';
import { PostNoteText } from '../publishing/post-note-text';
import { DownloadNote } from '../results/download-note';
import { isUnderWay, renderOf } from './clip-renders';

interface ClipPartsProps {
  clip: ClipRecord;
  clipRef: ClipRef;
  line: ClipLine | null;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function Scores({ part }: { part: CandidateDetail }) {
  const t = useTranslator();
  const facts = part.scores.map(({ name, value }) =>
    t.text('clip.score', { name, value: t.number(value, { maximumFractionDigits: 1 }) }),
  );
  if (part.splitEligible === true) facts.push(t.text('clip.split'));
  if (part.remoteStatus !== null) facts.push(t.text('line.quote', { text: part.remoteStatus }));
  if (facts.length === 0) return null;
  return (
    <ul className="part-scores">
      {facts.map((fact) => (
        <li key={fact}>
          <bdi>{fact}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Part({
  part,
  clip,
  clipRef,
  line,
  isChosen,
  onChange,
}: Omit<ClipPartsProps, 'chosen' | 'onChoose'> & {
  part: CandidateDetail;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const title = part.title ?? t.text('render.untitled');
  const render = renderOf(line, part.id);
  return (
    <li className="candidate">
      <div className="candidate-main">
        {!isUnderWay(render) && (
          <Checkbox
            label={t.text('clip.choose', { title })}
            isSelected={isChosen}
            onChange={onChange}
          />
        )}
        <Score score={part.score} />
        <div className="candidate-text">
          <bdi className="candidate-title">{title}</bdi>
          <Range candidate={part} />
          <Scores part={part} />
        </div>
        {clip.sourceUrl !== null && part.startMs !== null && (
          <IconButton
            label={t.text('clip.preview', { title })}
            tip={t.text('clip.preview.tip')}
            onPress={() => void actions.previewClip(clipRef, part.id)}
          >
            <Play size={15} aria-hidden />
          </IconButton>
        )}
        {line && <RenderState line={line} render={render} title={title} />}
      </div>
      <RenderNoteText clip={clipRef} candidateId={part.id} render={render} />
      {render && (
        <>
          <PostNoteText accountId={clipRef.accountId} jobId={render.jobId} />
          <DownloadNote jobId={render.jobId} title={title} />
        </>
      )}
    </li>
  );
}

/** The parts that the service proposes, with everything it says about each; several can be chosen. */
export function ClipParts({ clip, clipRef, line, chosen, onChoose }: ClipPartsProps) {
  const t = useTranslator();
  const parts = clip.candidates ?? [];
  if (parts.length === 0) return null;
  return (
    <section className="detail-section">
      <h3 className="detail-heading">
        {t.text('render.heading')}
        <span>{t.text('line.candidates', { count: parts.length })}</span>
      </h3>
      <ul className="candidates">
        {parts.map((part) => (
          <Part
            key={part.id}
            part={part}
            clip={clip}
            clipRef={clipRef}
            line={line}
            isChosen={chosen.has(part.id)}
            onChange={(isChosen) => {
              const next = new Set(chosen);
              if (isChosen) next.add(part.id);
              else next.delete(part.id);
              onChoose(next);
            }}
          />
        ))}
      </ul>
    </section>
  );
}
