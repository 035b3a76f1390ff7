import {
  type ClipLine,
  clipLineId,
  type LikelyEnds,
  type RenderView,
  type UploadView,
  uploadLineId,
} from './clip-line';
import { jobStage, leadingJob, uploadStage } from './clip-line-stage';
import { isActive, type Job } from './job';
import { isUnfinished, keptUntilMs, sentBytesOf, type Upload, type UploadProgress } from './upload';

function renderView(job: Job, likelyEnds: LikelyEnds): RenderView {
  return {
    jobId: job.id,
    candidateId: job.candidateId,
    phase: job.phase,
    remoteStatus: job.remoteStatus,
    gone: job.gone,
    phaseSinceMs: job.phaseSinceMs,
    endedAtMs: job.endedAtMs,
    likelyEndAtMs: likelyEnds.get(job.id) ?? null,
    hasResult: job.resultUrl !== null,
    failure: job.failure,
  };
}

/** What is not stored of an upload: its current progress, and its position in the queue. */
export interface UploadStanding {
  progress: UploadProgress | undefined;
  /** Among the unfinished ones, from 0; null for others. */
  queuePosition: number | null;
}

export const NO_STANDING: UploadStanding = { progress: undefined, queuePosition: null };

function uploadView(upload: Upload, { progress, queuePosition }: UploadStanding): UploadView {
  return {
    id: upload.id,
    state: upload.state,
    sizeBytes: upload.sizeBytes,
    sentBytes: sentBytesOf(upload, progress),
    bytesPerSecond: progress?.bytesPerSecond ?? null,
    timeLeftMs: progress?.timeLeftMs ?? null,
    problem: upload.problem,
    remoteText: upload.remoteText,
    queuePosition,
    keptUntilMs: keptUntilMs(upload),
  };
}

/** The line of an execution, which is one job. */
export function executionLine(job: Job, likelyEnds: LikelyEnds): ClipLine {
  return {
    id: job.id,
    kind: 'execution',
    accountId: job.accountId,
    title: job.title ?? job.remoteId,
    stage: jobStage(job),
    remoteStatus: job.remoteStatus,
    stageSinceMs: job.phaseSinceMs,
    startedAtMs: job.createdAtMs ?? job.firstSeenAtMs,
    changedAtMs: job.phaseSinceMs,
    active: isActive(job),
    likelyEndAtMs: likelyEnds.get(job.id) ?? null,
    unseen: !isActive(job) && !job.seen,
    clipId: null,
    upload: null,
    candidates: [],
    otherRenders: [],
    resultJobId: job.resultUrl ? job.id : null,
    jobIds: [job.id],
    failure: job.failure,
  };
}

/**
 * The line of a clip, from what is known of it: its upload, the job that processes it, and its renders in
 * any order. Null when none of them is known.
 */
export function clipLine(
  upload: Upload | null,
  standing: UploadStanding,
  processing: Job | null,
  renders: Job[],
  likelyEnds: LikelyEnds,
): ClipLine | null {
  const anchor = upload ?? processing ?? renders[0];
  if (!anchor) return null;
  const newestFirst = [...renders].sort((a, b) => b.firstSeenAtMs - a.firstSeenAtMs);
  const leader = leadingJob(processing, newestFirst);
  // An unfinished upload comes first even when the service already lists its clip as `uploading`.
  const uploadLeads = upload !== null && (upload.state !== 'sent' || leader === null);
  const result =
    newestFirst.find((job) => job.resultUrl !== null) ??
    (processing?.resultUrl ? processing : null);
  // Rendered before it was watched: the clip itself has the result, and no render is known.
  const isRendered = leader === processing && result !== null && result === processing;
  const jobsStage = leader ? jobStage(leader) : 'unknown';
  const stage = uploadLeads
    ? uploadStage(upload)
    : isRendered && jobsStage === 'ready'
      ? 'done'
      : jobsStage;
  const candidates = (processing?.clip?.candidates ?? []).map((candidate) => {
    const render = newestFirst.find((job) => job.candidateId === candidate.id);
    return { ...candidate, render: render ? renderView(render, likelyEnds) : null };
  });
  const listed = new Set(candidates.map((candidate) => candidate.id));
  const jobs = [...(processing ? [processing] : []), ...newestFirst];
  const uploadActive = upload !== null && isUnfinished(upload.state);
  const clipId = processing?.remoteId ?? renders[0]?.clipId ?? upload?.clipId ?? null;
  const sinceMs = uploadLeads
    ? (upload.endedAtMs ?? upload.restsSinceMs ?? upload.addedAtMs)
    : (leader?.phaseSinceMs ?? 0);
  return {
    id: upload ? uploadLineId(upload.id) : clipLineId(anchor.accountId, clipId),
    kind: 'clip',
    accountId: anchor.accountId,
    title: upload?.fileName ?? processing?.title ?? renders[0]?.title ?? clipId ?? '',
    stage,
    remoteStatus: uploadLeads ? null : (leader?.remoteStatus ?? null),
    stageSinceMs: sinceMs,
    startedAtMs: upload?.addedAtMs ?? processing?.createdAtMs ?? jobs[0]?.firstSeenAtMs ?? sinceMs,
    changedAtMs: Math.max(sinceMs, ...jobs.map((job) => job.phaseSinceMs)),
    likelyEndAtMs: uploadLeads || !leader ? null : (likelyEnds.get(leader.id) ?? null),
    active: uploadActive || (!uploadLeads && jobs.some(isActive)),
    unseen: !uploadLeads && jobs.some((job) => !isActive(job) && !job.seen),
    clipId,
    upload: upload ? uploadView(upload, standing) : null,
    candidates,
    otherRenders: newestFirst
      .filter((job) => job.candidateId === null || !listed.has(job.candidateId))
      .map((job) => renderView(job, likelyEnds)),
    resultJobId: result?.id ?? null,
    jobIds: jobs.map((job) => job.id),
    failure: leader?.failure ?? null,
  };
}
