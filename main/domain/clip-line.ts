import type { Candidate, Phase } from './job';
import type { UploadProblem, UploadState } from './upload';

/** How far a line has come, in the order in which a clip goes through the stages. */
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

/** One render of a clip. */
export interface RenderView {
  jobId: string;
  candidateId: string | null;
  phase: Phase;
  remoteStatus: string;
  gone: boolean;
  phaseSinceMs: number;
  endedAtMs: number | null;
  /** When it will likely be done; null where there is too little to go by. */
  likelyEndAtMs: number | null;
  hasResult: boolean;
  failure: string | null;
}

/** A part of a clip that can be rendered. */
export interface CandidateView extends Candidate {
  /** Its newest render, or null. */
  render: RenderView | null;
}

/** The upload from which a line began. */
export interface UploadView {
  id: string;
  state: UploadState;
  sizeBytes: number;
  sentBytes: number;
  bytesPerSecond: number | null;
  timeLeftMs: number | null;
  problem: UploadProblem | null;
  remoteText: string | null;
  /** Position in the queue of the unfinished ones, from 0; null for others. */
  queuePosition: number | null;
  /** When a paused or failed upload expires; null for others. */
  keptUntilMs: number | null;
}

/** What the user sees as one row: an upload with its clip's processing, renders and result, or an execution. */
export interface ClipLine {
  id: string;
  kind: 'clip' | 'execution';
  accountId: string;
  title: string;
  stage: Stage;
  /** The service's own word, shown verbatim where the stage is `unknown`. */
  remoteStatus: string | null;
  /** When the present stage began. */
  stageSinceMs: number;
  startedAtMs: number;
  /** Latest change, for sorting. */
  changedAtMs: number;
  active: boolean;
  /** When the leading job will likely be done; null where there is too little to go by. */
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
  /** It failed because the balance was used up. */
  outOfBalance?: true;
}

/** Id of a line that began with an upload. It stays the same once the upload has become a clip. */
export function uploadLineId(uploadId: string): string {
  return `upload/${uploadId}`;
}

/** Id of the line of a clip that was not uploaded here. */
export function clipLineId(accountId: string, clipId: string | null): string {
  return `${accountId}/clip/${clipId}`;
}

/** When active jobs will likely be done, by job id. Jobs with too little to go by are left out. */
export type LikelyEnds = ReadonlyMap<string, number>;
