import type { CandidateView, ClipLine, RenderView, UploadView } from '../../main/domain/clip-line';

/** A clip that is ready to be rendered, as one line of the list. */
export function sampleLine(changes: Partial<ClipLine> = {}): ClipLine {
  return {
    id: 'l1',
    kind: 'clip',
    accountId: 'a1',
    title: 'podcast.mp4',
    stage: 'ready',
    remoteStatus: null,
    stageSinceMs: 0,
    startedAtMs: 0,
    changedAtMs: 0,
    active: false,
    likelyEndAtMs: null,
    unseen: false,
    clipId: 'c1',
    upload: null,
    candidates: [],
    otherRenders: [],
    resultJobId: null,
    jobIds: [],
    failure: null,
    ...changes,
  };
}

/** An execution that runs, as one line of the list. */
export function sampleExecutionLine(changes: Partial<ClipLine> = {}): ClipLine {
  return sampleLine({
    kind: 'execution',
    title: 'Transcript',
    stage: 'running',
    remoteStatus: 'running',
    active: true,
    clipId: null,
    jobIds: ['j1'],
    ...changes,
  });
}

/** An upload that waits at the head of the queue, as its line shows it. */
export function sampleUploadView(changes: Partial<UploadView> = {}): UploadView {
  return {
    id: 'u1',
    state: 'queued',
    sizeBytes: 1_000,
    sentBytes: 0,
    bytesPerSecond: null,
    timeLeftMs: null,
    problem: null,
    remoteText: null,
    queuePosition: 0,
    keptUntilMs: null,
    ...changes,
  };
}

/** A part that the service proposes and nobody has rendered. */
export function sampleCandidate(changes: Partial<CandidateView> = {}): CandidateView {
  return {
    id: 'k1',
    title: 'The best part',
    startMs: 0,
    endMs: 30_000,
    score: 92,
    render: null,
    ...changes,
  };
}

/** A finished render of that part. */
export function sampleRender(changes: Partial<RenderView> = {}): RenderView {
  return {
    jobId: 'r1',
    candidateId: 'k1',
    phase: 'done',
    remoteStatus: 'completed',
    gone: false,
    phaseSinceMs: 0,
    endedAtMs: 0,
    likelyEndAtMs: null,
    hasResult: true,
    failure: null,
    ...changes,
  };
}
