import type { JobObservation, Phase } from '../../domain/job';
import { executionPhases } from './assumptions';
import type { ExecutionAnswer } from './schema';

/**
 * The phase that a status word means; `unknown` for any other word. Reconcile decides how long that
 * counts as running.
 */
export function phaseOf(status: string): Phase {
  const word = status.toLowerCase();
  return Object.hasOwn(executionPhases, word) ? (executionPhases[word] ?? 'unknown') : 'unknown';
}

/** An execution as a job. */
export function executionJob(id: string, execution: ExecutionAnswer): JobObservation {
  const phase = phaseOf(execution.status);
  return {
    kind: 'execution',
    remoteId: id,
    clipId: null,
    title: execution.title,
    phase,
    remoteStatus: execution.status,
    createdAtMs: execution.createdAtMs,
    endedAtMs: phase === 'done' || phase === 'failed' ? execution.endedAtMs : null,
    // Its output becomes documents, and no field links one to its execution.
    resultUrl: null,
    failure: phase === 'failed' ? execution.failure : null,
    ...(phase === 'failed' && execution.carries402 && { outOfBalance: true }),
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}
