import type { JobObservation } from '../domain/job';

/** What a service would say about a clip whose video it has just received. */
export function processingClip(clipId: string, title: string): JobObservation {
  return {
    kind: 'processing',
    remoteId: clipId,
    clipId,
    title,
    phase: 'running',
    // The service's own word in the answer to a completed upload.
    remoteStatus: 'processing',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
  };
}
