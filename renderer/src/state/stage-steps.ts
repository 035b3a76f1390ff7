import type { ClipLine } from '../../../preload/contract';

/** One step of a line: done, in progress, still ahead, or where it stopped. */
type StageStep = 'past' | 'current' | 'ahead' | 'stopped';

function steps(current: number, kind: StageStep, count: number): StageStep[] {
  return Array.from({ length: count }, (_, index) =>
    index < current ? 'past' : index === current ? kind : 'ahead',
  );
}

/**
 * The steps of a line: upload, processing and render for a clip, a single one for an execution.
 */
export function stageSteps(line: ClipLine): StageStep[] {
  const count = line.kind === 'execution' ? 1 : 3;
  const hasRender =
    line.otherRenders.length > 0 || line.candidates.some((candidate) => candidate.render !== null);
  const atService = line.kind === 'execution' ? 0 : hasRender ? 2 : 1;
  switch (line.stage) {
    case 'queued':
    case 'upload-paused':
      return steps(0, 'ahead', count);
    case 'uploading':
      return steps(0, 'current', count);
    case 'upload-failed':
    case 'upload-cancelled':
      return steps(0, 'stopped', count);
    case 'waiting':
      return steps(atService, 'ahead', count);
    case 'processing':
    case 'running':
    case 'rendering':
      return steps(line.stage === 'rendering' ? count - 1 : atService, 'current', count);
    case 'ready':
      return steps(2, 'ahead', count);
    case 'done':
      return steps(count, 'past', count);
    case 'failed':
    case 'gone':
    case 'unknown':
      return steps(atService, 'stopped', count);
  }
}
