import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { ButtonContext } from 'react-aria-components';
import type { ClipLine } from '../../../../preload/contract';
import { IconButton } from '../../components/button';
import { ProgressBar } from '../../components/progress-bar';
import { TitleText } from '../../components/title-text';
import { useMinutesSince } from '../../hooks/use-clock';
import { useAppState, useCliptray, useTranslator, useWindowState } from '../../state/context';
import { stageSteps } from '../../state/stage-steps';
import { LineActions } from './line-actions';
import { LineDetail } from './line-detail';
import { LineStatus } from './line-status';
import { StageIcon, toneOf } from './stage-icon';

function Age({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const minutes = useMinutesSince(line.stageSinceMs);
  const roundedMinutes = minutes < 60 ? minutes : minutes - (minutes % 60);
  return (
    <time
      className="line-age"
      dateTime={new Date(line.stageSinceMs).toISOString()}
      data-tip={t.text('line.since', {
        stage: t.text(`stage.${line.stage}`),
        time: t.time(line.stageSinceMs, Date.now()),
      })}
    >
      {minutes === 0 ? t.text('line.now') : t.duration(roundedMinutes * 60_000)}
    </time>
  );
}

function StageSteps({ line }: { line: ClipLine }) {
  return (
    <span className="stage-steps" data-tone={toneOf(line.stage)} aria-hidden="true">
      {stageSteps(line).map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps have no identity but their position.
        <span key={index} className="stage-step" data-step={step} />
      ))}
    </span>
  );
}

/** A row that subscribes to its own line and nothing else. */
export const LineRow = memo(function LineRow({ lineId }: { lineId: string }) {
  const line = useAppState((state) => state.lines[lineId]);
  if (!line) return null;
  // React Aria's row gives its buttons a new context on every change of the list; they do not need it.
  return (
    <ButtonContext value={null}>
      <LineBody line={line} />
    </ButtonContext>
  );
});

/** One line of the list, with its details below when expanded. */
function LineBody({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const isExpanded = useWindowState((state) => state.expanded.has(line.id));
  const isHighlighted = useWindowState((state) => state.highlightedLineId === line.id);
  const { upload } = line;
  const showsProgress =
    upload !== null &&
    (['sending', 'finishing', 'paused', 'failed'].includes(upload.state) ||
      (upload.state === 'queued' && upload.sentBytes > 0));
  return (
    <div
      className="line-body"
      data-expanded={isExpanded || undefined}
      data-highlighted={isHighlighted || undefined}
      data-unseen={line.unseen || undefined}
    >
      <div className="line-main">
        <StageIcon stage={line.stage} />
        <div className="line-text">
          <div className="line-title">
            {line.unseen && <span className="line-new">{t.text('line.new')}</span>}
            <TitleText>{line.title}</TitleText>
          </div>
          <LineStatus line={line} />
          {showsProgress && (
            <ProgressBar
              label={t.text('line.progress', { title: line.title })}
              share={upload.sizeBytes > 0 ? upload.sentBytes / upload.sizeBytes : 0}
              isStill={upload.state !== 'sending' && upload.state !== 'finishing'}
            />
          )}
        </div>
        <StageSteps line={line} />
        <LineActions line={line} />
        <Age line={line} />
        <IconButton
          label={t.text('line.details', { title: line.title })}
          tip=""
          aria-expanded={isExpanded}
          onPress={() => actions.setExpanded(line, !isExpanded)}
        >
          <ChevronRight size={15} aria-hidden className="chevron" />
        </IconButton>
      </div>
      {isExpanded && <LineDetail line={line} />}
    </div>
  );
}
