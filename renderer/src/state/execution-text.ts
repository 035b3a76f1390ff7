import type { ExecutionStep, ExecutionView } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';

/** What a step is called: the service's name for it, its tool, or its number. */
export function stepTitle(t: Translator, step: ExecutionStep): string {
  const number = t.text('run.step', { number: t.number(step.position) });
  return step.name ?? step.toolId ?? number;
}

/** How a step stands and when; an unknown word of the service's as it came. */
export function stepNote(t: Translator, step: ExecutionStep, nowMs: number): string {
  const state =
    step.phase === null || step.phase === 'unknown'
      ? step.remoteStatus && t.text('line.unknownStatus', { word: step.remoteStatus })
      : t.text(`stage.${step.phase}`);
  const { startedAtMs, endedAtMs } = step;
  const time =
    startedAtMs !== null && endedAtMs !== null
      ? t.text('run.step.from', {
          from: t.clock(startedAtMs, nowMs),
          to: t.clock(endedAtMs, nowMs),
        })
      : startedAtMs !== null
        ? t.clock(startedAtMs, nowMs)
        : null;
  return [state, time].filter(Boolean).join(' · ');
}

export type StepTone = 'waiting' | 'running' | 'done' | 'failed' | 'attention';

export function stepTone(step: ExecutionStep): StepTone {
  if (step.phase === null) return step.output === null ? 'waiting' : 'done';
  return step.phase === 'unknown' ? 'attention' : step.phase;
}

/** What a run may have left to read: by what it is known to be about. */
export function outputKind(execution: ExecutionView): 'transcript' | 'documents' | null {
  if (execution.phase !== 'done') return null;
  // A run of a reporter leaves documents, and so may one of which nothing is known.
  return execution.about.itemId !== null && execution.about.reporterId === null
    ? 'transcript'
    : 'documents';
}
