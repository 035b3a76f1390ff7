import type { Job } from '../../main/domain/job';

/** An execution that runs, as storage has it, with what a test is about. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'a1/execution/exc_1',
    accountId: 'a1',
    kind: 'execution',
    remoteId: 'exc_1',
    clipId: null,
    title: null,
    phase: 'running',
    remoteStatus: 'running',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    firstSeenAtMs: 1,
    phaseSinceMs: 1,
    leftListAtMs: null,
    gone: false,
    seen: false,
    ...changes,
  };
}
