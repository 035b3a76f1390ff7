import type { CandidateDetail, ClipRecord } from '../../main/domain/clip-library';

/** A part of a clip as the service proposes it. */
export function sampleCandidateDetail(changes: Partial<CandidateDetail> = {}): CandidateDetail {
  return {
    id: 'k1',
    title: 'The best part',
    startMs: 0,
    endMs: 30_000,
    score: 92,
    remoteStatus: null,
    scores: [],
    splitEligible: null,
    ...changes,
  };
}

/** A processed clip with one part, as its service has it. */
export function sampleClipRecord(changes: Partial<ClipRecord> = {}): ClipRecord {
  return {
    id: 'c1',
    title: 'Podcast',
    phase: 'done',
    remoteStatus: 'ready',
    transcriptionStatus: null,
    brandId: 'b1',
    brandSlug: 'acme',
    createdAtMs: null,
    updatedAtMs: null,
    durationMs: null,
    sizeBytes: null,
    editRevision: 3,
    sourceUrl: null,
    renderedUrl: null,
    candidates: [sampleCandidateDetail()],
    failure: null,
    ...changes,
  };
}
