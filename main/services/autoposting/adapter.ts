import type { ClipRecord } from '../../domain/clip-library';
import type { ClipDetail, JobObservation, Phase } from '../../domain/job';
import { clipPhases, NEW_RENDER_STATUS, renderPhases } from './assumptions';
import type { ClipAnswer } from './clip-schema';
import type { parseStarted, RenderAnswer } from './render-schema';

// A status that is not in the table stays `unknown`: reconcile, which also keeps the service's word,
// decides how long that counts as running.
function phaseOf(phases: Record<string, Phase>, status: string): Phase {
  const word = status.toLowerCase();
  return Object.hasOwn(phases, word) ? (phases[word] ?? 'unknown') : 'unknown';
}

/**
 * What is known of the clip itself, or null if the answer does not say. While a clip is being processed,
 * an empty list only means "not yet"; for a finished one that was looked up, a missing list means that
 * there are none.
 */
function detailOf(clip: ClipAnswer, phase: Phase, readAlone: boolean): ClipDetail | null {
  // Only what lines show: scores are read when the clip itself is opened.
  const listed = (clip.candidates ?? []).map(({ id, title, startMs, endMs, score }) => ({
    id,
    title,
    startMs,
    endMs,
    score,
  }));
  const isKnown = phase === 'done' ? readAlone || clip.candidates !== null : listed.length > 0;
  if (!isKnown) return null;
  return { candidates: listed, editRevision: clip.editRevision, durationMs: clip.durationMs };
}

/** A clip's processing as a job. `readAlone`: the answer was about this clip only. */
export function processingJob(id: string, clip: ClipAnswer, readAlone: boolean): JobObservation {
  const phase = phaseOf(clipPhases, clip.status);
  return {
    kind: 'processing',
    remoteId: id,
    clipId: id,
    title: clip.title,
    phase,
    remoteStatus: clip.status,
    createdAtMs: clip.createdAtMs,
    // No field has it: `updatedAt` also changes with edits and renders.
    endedAtMs: null,
    // Renders have results of their own; this one is used if none of the clip's jobs names any.
    resultUrl: clip.renderedUrl,
    failure: phase === 'failed' ? clip.failure : null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: detailOf(clip, phase, readAlone),
    // Without `updatedAt` there is no mark: if only the list or only the clip had the date, marks made of
    // the status alone would never match, and the clip would be read over and over.
    revisionMark: clip.updatedAtMs === null ? null : `${clip.updatedAtMs} ${clip.status}`,
    touchedAtMs: clip.updatedAtMs,
  };
}

/** A render job of the clip. */
export function renderJob(clipId: string, render: RenderAnswer): JobObservation {
  const phase = phaseOf(renderPhases, render.status);
  return {
    kind: 'render',
    remoteId: render.id,
    clipId,
    title: null,
    phase,
    remoteStatus: render.status,
    createdAtMs: render.createdAtMs,
    endedAtMs: phase === 'done' || phase === 'failed' ? render.completedAtMs : null,
    resultUrl: render.resultUrl,
    failure: phase === 'failed' ? render.failure : null,
    estimatedDurationMs: render.estimatedDurationMs,
    candidateId: render.candidateId,
    clip: null,
    revisionMark: null,
  };
}

/** The jobs of a render that has just been requested. */
export function startedJobs(
  clipId: string,
  candidateId: string | null,
  started: ReturnType<typeof parseStarted>,
): JobObservation[] {
  return started.jobIds.map((id) =>
    renderJob(clipId, {
      id,
      status: started.status ?? NEW_RENDER_STATUS,
      candidateId,
      resultUrl: null,
      createdAtMs: null,
      completedAtMs: null,
      estimatedDurationMs: started.estimatedDurationMs,
      failure: null,
    }),
  );
}

/** A clip with everything that the service says about it. */
export function clipRecord(id: string, clip: ClipAnswer): ClipRecord {
  const phase = phaseOf(clipPhases, clip.status);
  return {
    id,
    title: clip.title,
    phase,
    remoteStatus: clip.status,
    transcriptionStatus: clip.transcriptionStatus,
    brandId: clip.brandId,
    brandSlug: clip.brandSlug,
    createdAtMs: clip.createdAtMs,
    updatedAtMs: clip.updatedAtMs,
    durationMs: clip.durationMs,
    sizeBytes: clip.sizeBytes,
    editRevision: clip.editRevision,
    sourceUrl: clip.sourceUrl,
    renderedUrl: clip.renderedUrl,
    candidates: clip.candidates,
    failure: phase === 'failed' ? clip.failure : null,
  };
}
