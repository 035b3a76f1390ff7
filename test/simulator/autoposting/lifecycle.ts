import type { Candidate, Clip, ClipPlan, RenderJob, RenderPlan } from '../types';
import type { World } from '../world';

export interface NewClip {
  accountId: string;
  brandId: string;
  title: string;
  fileName: string;
  sizeBytes: number;
  mimeType: string;
  sourceUrl?: string | null;
  plan?: Partial<ClipPlan>;
  atMs?: number;
}

/** Makes a clip that is `uploading`; `beginProcessing` starts its plan. */
export function createClip(world: World, wanted: NewClip): Clip {
  const createdAtMs = wanted.atMs ?? world.clock.now();
  const clip: Clip = {
    id: world.newId('clip'),
    accountId: wanted.accountId,
    brandId: wanted.brandId,
    title: wanted.title,
    fileName: wanted.fileName,
    sizeBytes: wanted.sizeBytes,
    mimeType: wanted.mimeType,
    durationMs: 1_800_000,
    status: 'uploading',
    createdAtMs,
    updatedAtMs: createdAtMs,
    readyAtMs: null,
    plan: { ...world.config.clipPlan, ...wanted.plan },
    candidates: [],
    editRevision: 1,
    uploadId: null,
    sourceUrl: wanted.sourceUrl ?? null,
    frozen: false,
    hidden: false,
    fields: {},
  };
  world.clips.set(clip.id, clip);
  return clip;
}

/** The bytes are there: transcription and detection begin. */
export function beginProcessing(world: World, clip: Clip, atMs = world.clock.now()): void {
  clip.status = 'processing';
  clip.updatedAtMs = atMs;
  clip.readyAtMs = atMs + world.draw(clip.plan.processingMs);
}

/** Ends the processing of a clip according to its plan. */
export function endProcessing(world: World, clip: Clip, atMs: number): void {
  clip.status = clip.plan.outcome;
  clip.updatedAtMs = atMs;
  clip.readyAtMs = null;
  if (clip.status === 'ready') clip.candidates = makeCandidates(world, clip.plan.candidates);
}

const titles = [
  'The tide does not wait',
  'What the nets brought in',
  'A market at seven',
  'Repairing the mast',
  'How to read the clouds',
];

/** Candidates as detection would leave them, best first. */
export function makeCandidates(world: World, count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => {
    const score = Math.max(5, 94 - index * 7);
    return {
      id: world.newId('cand'),
      title: titles[index % titles.length] ?? 'Clip',
      startMs: 60_000 + index * 95_000,
      endMs: 60_000 + index * 95_000 + 30_000 + index * 4_000,
      score,
      hook: Math.min(100, score + 3),
      retention: Math.max(0, score - 5),
      clarity: Math.max(0, score - 1),
      visual: Math.max(0, score - 9),
      splitEligible: index % 2 === 1,
    };
  });
}

/** Submits a render: queued, then running, then ended as its plan says. */
export function createRender(
  world: World,
  clip: Clip,
  candidateId: string | null,
  change: { plan?: Partial<RenderPlan>; atMs?: number } = {},
): RenderJob {
  const createdAtMs = change.atMs ?? world.clock.now();
  const plan = { ...world.config.renderPlan, ...change.plan };
  const startsAtMs = createdAtMs + world.draw(plan.queuedMs);
  const job: RenderJob = {
    id: world.newId('job'),
    clipId: clip.id,
    accountId: clip.accountId,
    candidateId,
    editRevision: clip.editRevision,
    status: 'queued',
    createdAtMs,
    startsAtMs,
    endsAtMs: startsAtMs + world.draw(plan.renderMs),
    completedAtMs: null,
    plan,
    costCredits: world.config.creditsPerRender,
    outputFile: null,
    outputSizeBytes: world.config.renderSizeBytes,
    frozen: false,
    hidden: false,
    fields: {},
  };
  world.renders.set(job.id, job);
  return job;
}

/** Ends a render; it costs credits only if it succeeded. */
export function endRender(world: World, job: RenderJob, status: string, atMs: number): void {
  if (job.completedAtMs !== null) return;
  job.status = status;
  job.completedAtMs = atMs;
  const account = world.accounts.get(job.accountId);
  if (status === 'completed' && account) {
    account.balance -= job.costCredits;
    account.spent += job.costCredits;
  }
}

/** Moves clips and renders to where their plans have them now. */
export function settleClips(world: World): void {
  const nowMs = world.clock.now();
  for (const clip of world.clips.values()) {
    if (clip.frozen || clip.readyAtMs === null || clip.readyAtMs > nowMs) continue;
    endProcessing(world, clip, clip.readyAtMs);
  }
  for (const job of world.renders.values()) {
    if (job.frozen || job.completedAtMs !== null) continue;
    if (job.startsAtMs <= nowMs) job.status = 'running';
    if (job.endsAtMs <= nowMs) endRender(world, job, job.plan.outcome, job.endsAtMs);
  }
}

/** Whether a render is still being worked on. */
export function renderIsLive(job: RenderJob): boolean {
  return job.completedAtMs === null;
}
