import type { ExecutionStep, ExecutionView } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';

/** The title of a step: the service's name for it, its tool, or its number. */
export function stepTitle(t: Translator, step: ExecutionStep): string {
  const number = t.text('execution.step', { number: t.number(step.position) });
  return step.name ?? step.toolId ?? number;
}

/** The state and times of a step; an unknown status is quoted as the service writes it. */
export function stepNote(t: Translator, step: ExecutionStep, nowMs: number): string {
  const state =
    step.phase === null || step.phase === 'unknown'
      ? step.remoteStatus && t.text('line.unknownStatus', { word: step.remoteStatus })
      : t.text(`stage.${step.phase}`);
  const { startedAtMs, endedAtMs } = step;
  const time =
    startedAtMs !== null && endedAtMs !== null
      ? t.text('execution.step.from', {
          from: t.clock(startedAtMs, nowMs),
          to: t.clock(endedAtMs, nowMs),
        })
      : startedAtMs !== null
        ? t.clock(startedAtMs, nowMs)
        : null;
  return [state, time].filter(Boolean).join(' · ');
}

type StepTone = 'waiting' | 'running' | 'done' | 'failed' | 'attention';

export function stepTone(step: ExecutionStep): StepTone {
  if (step.phase === null) return step.output === null ? 'waiting' : 'done';
  return step.phase === 'unknown' ? 'attention' : step.phase;
}

/** What an execution may have produced, judging by what it is about; null before it is done. */
export function outputKind(execution: ExecutionView): 'transcript' | 'documents' | null {
  if (execution.phase !== 'done') return null;
  // Executions of a reporter write documents. If nothing is known about one, it may have done so too.
  return execution.about.itemId !== null && execution.about.reporterId === null
    ? 'transcript'
    : 'documents';
}
