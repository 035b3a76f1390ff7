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

/** What is known of an upload beyond its record: its current progress, and its position in the queue. */
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
    ...(job.outOfBalance && { outOfBalance: true }),
  };
}

/** The job whose result can be opened: the newest render that has one, else the clip itself. */
function jobWithResult(processing: Job | null, newestFirst: Job[]): Job | null {
  const render = newestFirst.find((job) => job.resultUrl !== null);
  return render ?? (processing?.resultUrl ? processing : null);
}

/** The fields of a line that its upload decides. */
function fieldsOfUpload(upload: Upload) {
  return {
    stage: uploadStage(upload),
    remoteStatus: null,
    stageSinceMs: upload.endedAtMs ?? upload.restsSinceMs ?? upload.addedAtMs,
    likelyEndAtMs: null,
    active: isUnfinished(upload.state),
    unseen: false,
  };
}

/** The fields of a line that its jobs decide. `isRendered`: the clip itself has the result. */
function fieldsOfJobs(leader: Job | null, jobs: Job[], isRendered: boolean, ends: LikelyEnds) {
  const stage = leader ? jobStage(leader) : 'unknown';
  return {
    stage: isRendered && stage === 'ready' ? ('done' as const) : stage,
    remoteStatus: leader?.remoteStatus ?? null,
    stageSinceMs: leader?.phaseSinceMs ?? 0,
    likelyEndAtMs: leader ? (ends.get(leader.id) ?? null) : null,
    active: jobs.some(isActive),
    unseen: jobs.some((job) => !isActive(job) && !job.seen),
  };
}

/** A clip's candidates, each with its newest render, and the renders that belong to none of them. */
function candidateViews(processing: Job | null, newestFirst: Job[], likelyEnds: LikelyEnds) {
  const candidates = (processing?.clip?.candidates ?? []).map((candidate) => {
    const render = newestFirst.find((job) => job.candidateId === candidate.id);
    return { ...candidate, render: render ? renderView(render, likelyEnds) : null };
  });
  const listed = new Set(candidates.map((candidate) => candidate.id));
  const otherRenders = newestFirst
    .filter((job) => job.candidateId === null || !listed.has(job.candidateId))
    .map((job) => renderView(job, likelyEnds));
  return { candidates, otherRenders };
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
  const jobs = [...(processing ? [processing] : []), ...newestFirst];
  const leader = leadingJob(processing, newestFirst);
  const result = jobWithResult(processing, newestFirst);
  // Rendered before the account was polled: the clip itself has the result, and no render is known.
  const isRendered = leader === processing && result !== null && result === processing;
  // An unfinished upload comes first even when the service already lists its clip as `uploading`.
  const uploadLeads = upload !== null && (upload.state !== 'sent' || leader === null);
  const fields = uploadLeads
    ? fieldsOfUpload(upload)
    : fieldsOfJobs(leader, jobs, isRendered, likelyEnds);
  const clipId = processing?.remoteId ?? renders[0]?.clipId ?? upload?.clipId ?? null;
  const startedAtMs = upload?.addedAtMs ?? processing?.createdAtMs ?? jobs[0]?.firstSeenAtMs;
  return {
    ...fields,
    id: upload ? uploadLineId(upload.id) : clipLineId(anchor.accountId, clipId),
    kind: 'clip',
    accountId: anchor.accountId,
    title: upload?.fileName ?? processing?.title ?? renders[0]?.title ?? clipId ?? '',
    startedAtMs: startedAtMs ?? fields.stageSinceMs,
    changedAtMs: Math.max(fields.stageSinceMs, ...jobs.map((job) => job.phaseSinceMs)),
    clipId,
    upload: upload ? uploadView(upload, standing) : null,
    ...candidateViews(processing, newestFirst, likelyEnds),
    resultJobId: result?.id ?? null,
    jobIds: jobs.map((job) => job.id),
    failure: leader?.failure ?? null,
    ...(leader?.outOfBalance && { outOfBalance: true }),
  };
}
