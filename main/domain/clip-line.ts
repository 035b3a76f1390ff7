import type { Candidate, Job, Phase } from './job';
import { isActive, isTerminal } from './job';
import {
  isUnfinished,
  keptUntilMs,
  sentBytesOf,
  type Upload,
  type UploadProblem,
  type UploadProgress,
  type UploadState,
} from './upload';

/** Where a line stands, in the order a clip lives through them. */
export type Stage =
  | 'queued'
  | 'uploading'
  | 'upload-paused'
  | 'upload-failed'
  | 'upload-cancelled'
  | 'waiting'
  | 'processing'
  | 'running'
  | 'ready'
  | 'rendering'
  | 'done'
  | 'failed'
  | 'gone'
  | 'unknown';

export interface RenderView {
  jobId: string;
  candidateId: string | null;
  phase: Phase;
  remoteStatus: string;
  gone: boolean;
  phaseSinceMs: number;
  endedAtMs: number | null;
  /** When it is likely done; null where there is no ground for a figure. */
  likelyEndAtMs: number | null;
  hasResult: boolean;
  failure: string | null;
}

export interface CandidateView extends Candidate {
  /** The newest render of it, or null. */
  render: RenderView | null;
}

export interface UploadView {
  id: string;
  state: UploadState;
  sizeBytes: number;
  sentBytes: number;
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
  problem: UploadProblem | null;
  remoteText: string | null;
  /** Place among the unfinished ones, from 0; null for others. */
  queuePosition: number | null;
  /** When a paused or failed upload is given up; null for others. */
  keptUntilMs: number | null;
}

/** What the user sees as one row: an upload, its clip's processing, renders and result; or an execution. */
export interface ClipLine {
  id: string;
  kind: 'clip' | 'execution';
  accountId: string;
  title: string;
  stage: Stage;
  /** The service's own word, to be shown verbatim where the stage is `unknown`. */
  remoteStatus: string | null;
  /** When the present stage began. */
  stageSinceMs: number;
  startedAtMs: number;
  /** Latest change, for sorting. */
  changedAtMs: number;
  active: boolean;
  /** When the leading job is likely done; null where there is no ground for a figure. */
  likelyEndAtMs: number | null;
  /** Ended, and the user has not looked at it yet. */
  unseen: boolean;
  clipId: string | null;
  upload: UploadView | null;
  candidates: CandidateView[];
  /** Renders that belong to no listed candidate. */
  otherRenders: RenderView[];
  /** The job whose result can be opened, or null. */
  resultJobId: string | null;
  /** All jobs of the line; a notification about one of them opens the line. */
  jobIds: string[];
  /** The service's own words on a failure. */
  failure: string | null;
}

/** Id of the line that an upload began. It stays when the upload has become a clip. */
export function uploadLineId(uploadId: string): string {
  return `upload/${uploadId}`;
}

/** When active jobs will likely be done, by job id; those without ground for a figure are not in it. */
export type LikelyEnds = ReadonlyMap<string, number>;

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

/** What is known of an upload while it is listed: its live figures, and its place in the queue. */
interface Standing {
  progress: UploadProgress | undefined;
  queuePosition: number | null;
}

const ENDED: Standing = { progress: undefined, queuePosition: null };

function uploadView(upload: Upload, { progress, queuePosition }: Standing): UploadView {
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

function uploadStage(upload: Upload): Stage {
  switch (upload.state) {
    case 'queued':
      return 'queued';
    case 'sending':
    case 'finishing':
      return 'uploading';
    case 'paused':
      return 'upload-paused';
    case 'failed':
      return 'upload-failed';
    case 'cancelled':
      return 'upload-cancelled';
    case 'sent':
      return 'processing';
  }
}

function jobStage(job: Job): Stage {
  if (job.gone) return 'gone';
  switch (job.phase) {
    case 'waiting':
      return 'waiting';
    case 'running':
      return job.kind === 'processing'
        ? 'processing'
        : job.kind === 'render'
          ? 'rendering'
          : 'running';
    case 'done':
      return job.kind === 'processing' ? 'ready' : 'done';
    case 'failed':
      return 'failed';
    case 'unknown':
      return 'unknown';
  }
}

/** The job that speaks for the line: work under way first, else the newest render, else the processing. */
function leadingJob(processing: Job | null, renders: Job[]): Job | null {
  if (processing && !isTerminal(processing.phase)) return processing;
  return renders.find(isActive) ?? renders[0] ?? processing;
}

function executionLine(job: Job, likelyEnds: LikelyEnds): ClipLine {
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

function clipLine(
  upload: Upload | null,
  standing: Standing,
  processing: Job | null,
  renders: Job[],
  likelyEnds: LikelyEnds,
): ClipLine | null {
  const anchor = upload ?? processing ?? renders[0];
  if (!anchor) return null;
  const newestFirst = [...renders].sort((a, b) => b.firstSeenAtMs - a.firstSeenAtMs);
  const leader = leadingJob(processing, newestFirst);
  // An unfinished upload leads even when the service already lists its clip as `uploading`.
  const uploadLeads = upload !== null && (upload.state !== 'sent' || leader === null);
  const result =
    newestFirst.find((job) => job.resultUrl !== null) ??
    (processing?.resultUrl ? processing : null);
  // Rendered before it was watched: the clip itself carries the result, and no render is known.
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
    id: upload ? uploadLineId(upload.id) : `${anchor.accountId}/clip/${clipId}`,
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

/**
 * Joins uploads and jobs into lines, newest change first, active ones on top.
 * `uploads` are in the order of the queue, `progress` is by upload id.
 */
export function toLines(
  jobs: Job[],
  uploads: Upload[],
  progress: ReadonlyMap<string, UploadProgress>,
  likelyEnds: LikelyEnds,
): ClipLine[] {
  interface Group {
    upload: Upload | null;
    processing: Job | null;
    renders: Job[];
  }
  const lines: ClipLine[] = [];
  const groups = new Map<string, Group>();
  const group = (accountId: string, clipId: string): Group => {
    const key = `${accountId}/${clipId}`;
    const found = groups.get(key) ?? { upload: null, processing: null, renders: [] };
    groups.set(key, found);
    return found;
  };
  const standings = new Map<string, Standing>();
  let unfinished = 0;
  for (const upload of uploads) {
    const queuePosition = isUnfinished(upload.state) ? unfinished++ : null;
    standings.set(upload.id, { progress: progress.get(upload.id), queuePosition });
  }
  for (const upload of uploads) {
    if (upload.clipId) group(upload.accountId, upload.clipId).upload = upload;
    else {
      const line = clipLine(upload, standings.get(upload.id) ?? ENDED, null, [], likelyEnds);
      if (line) lines.push(line);
    }
  }
  for (const job of jobs) {
    if (job.kind === 'execution') lines.push(executionLine(job, likelyEnds));
    else if (job.kind === 'processing') group(job.accountId, job.remoteId).processing = job;
    else group(job.accountId, job.clipId ?? job.remoteId).renders.push(job);
  }
  for (const { upload, processing, renders } of groups.values()) {
    const standing = (upload && standings.get(upload.id)) ?? ENDED;
    const line = clipLine(upload, standing, processing, renders, likelyEnds);
    if (line) lines.push(line);
  }
  return lines.sort(
    (a, b) =>
      Number(b.active) - Number(a.active) ||
      b.changedAtMs - a.changedAtMs ||
      (a.id < b.id ? -1 : 1),
  );
}
