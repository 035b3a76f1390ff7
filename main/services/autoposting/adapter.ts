import type { ClipRecord } from '../../domain/clip-library';
import type { ClipDetail, JobObservation, Phase } from '../../domain/job';
import { clipPhases, NEW_RENDER_STATUS, renderPhases } from './assumptions';
import type { ClipAnswer } from './clip-schema';
import type { parseStarted, RenderAnswer } from './render-schema';

// A status that is not in the table stays `unknown`: how long that still counts as running is for
// reconcile to say, which also keeps the service's word.
function phaseOf(phases: Record<string, Phase>, status: string): Phase {
  const word = status.toLowerCase();
  return Object.hasOwn(phases, word) ? (phases[word] ?? 'unknown') : 'unknown';
}

/**
 * What is known of the clip itself, or null where the answer does not tell. While a clip is still
 * processed an empty list only means "not yet"; on a finished one, read by itself, a missing list
 * means that there are none.
 */
function detailOf(clip: ClipAnswer, phase: Phase, readAlone: boolean): ClipDetail | null {
  // Only what the line shows: scores are read with the clip itself.
  const listed = (clip.candidates ?? []).map(({ id, title, startMs, endMs, score }) => ({
    id,
    title,
    startMs,
    endMs,
    score,
  }));
  const told = phase === 'done' ? readAlone || clip.candidates !== null : listed.length > 0;
  if (!told) return null;
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
    // No field tells it: `updatedAt` also moves with edits and renders.
    endedAtMs: null,
    // Renders have results of their own; this one is for a clip whose jobs name none.
    resultUrl: clip.renderedUrl,
    failure: phase === 'failed' ? clip.failure : null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: detailOf(clip, phase, readAlone),
    // Without `updatedAt` there is no mark: where only the list or only the clip has the date, a mark
    // of the status alone would never be the same in both, and the clip would be read for ever.
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

/** The jobs of a render that was just asked for. */
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

/** A clip with everything the service says of it. */
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
