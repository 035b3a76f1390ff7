export const PHASES = ['waiting', 'running', 'done', 'failed', 'unknown'] as const;

/** What a job is, in our words; the service's own word is kept beside it as `remoteStatus`. */
export type Phase = (typeof PHASES)[number];

export const JOB_KINDS = ['processing', 'render', 'execution'] as const;

/** A clip's processing, one render of a clip, or one execution. */
export type JobKind = (typeof JOB_KINDS)[number];

/** A part of a clip that the service proposes to render. */
export interface Candidate {
  id: string;
  title: string | null;
  startMs: number | null;
  endMs: number | null;
  /** 0 to 100, as the service scores it. */
  score: number | null;
}

/** What is known of a clip besides its status. */
export interface ClipDetail {
  candidates: Candidate[];
  /** Bumped by the service on each saved edit; a render must send the current one. */
  editRevision: number | null;
  durationMs: number | null;
}

/** One service's answer about one job at one moment. Null means: the service did not say. */
export interface JobObservation {
  kind: JobKind;
  remoteId: string;
  clipId: string | null;
  title: string | null;
  phase: Phase;
  remoteStatus: string;
  createdAtMs: number | null;
  endedAtMs: number | null;
  resultUrl: string | null;
  /** The service's own words on a failure. */
  failure: string | null;
  /** It failed because the balance was used up: only where the service says so by a number or code. */
  outOfBalance?: true;
  estimatedDurationMs: number | null;
  candidateId: string | null;
  clip: ClipDetail | null;
  /** Changes whenever the service changes anything about the job; null where it has no such mark. */
  revisionMark: string | null;
  /** When the service last changed anything about the job, if it says. Not stored, unlike the mark. */
  touchedAtMs?: number | null;
}

/** Which known jobs a snapshot would have shown, had they still been active. */
interface Coverage {
  kind: JobKind;
  /** Only the jobs of this clip; null for all of the account. */
  clipId: string | null;
}

/** What one poll said about a set of jobs. */
export interface Snapshot {
  observations: JobObservation[];
  /** Null when absence proves nothing: a paged list, a single read. */
  covers: Coverage | null;
}

/** One piece of remote work we follow. */
export interface Job extends Omit<JobObservation, 'touchedAtMs'> {
  id: string;
  accountId: string;
  firstSeenAtMs: number;
  /** When the phase last changed, by our clock. */
  phaseSinceMs: number;
  /** Set when the job left a list that should have shown it: from then on it is looked up by itself. */
  leftListAtMs: number | null;
  /** The service no longer knows the job. */
  gone: boolean;
  /** The user has looked at the outcome. */
  seen: boolean;
}

/** Enough of a job to look it up at its service. A render is read with all renders of its clip. */
export type JobRef = Pick<Job, 'kind' | 'remoteId' | 'clipId'>;

export const EVENT_SOURCES = ['list', 'read', 'start', 'upload', 'removal'] as const;

/** How we learned of it: from a list, a lookup, or a start, an upload or a deletion made here. */
export type EventSource = (typeof EVENT_SOURCES)[number];

export const JOB_EVENT_TYPES = ['found', 'phase', 'left-list', 'back', 'gone'] as const;

/** One thing that happened to a job. */
export interface JobEvent {
  jobId: string;
  atMs: number;
  source: EventSource;
  type: (typeof JOB_EVENT_TYPES)[number];
  fromPhase: Phase | null;
  toPhase: Phase;
  remoteStatus: string;
}

export const JOB_OUTCOMES = ['done', 'failed', 'gone'] as const;

/** A completion of which the user is to be notified once. Its id is stable across restarts. */
export interface JobNotification {
  id: string;
  jobId: string;
  /** The same for every account that sees this end of this piece of remote work. */
  workId: string;
  outcome: (typeof JOB_OUTCOMES)[number];
  createdAtMs: number;
}

/** Stable id of a job: the same remote thing seen by two accounts is two jobs. */
export function jobId(accountId: string, kind: JobKind, remoteId: string): string {
  return `${accountId}/${kind}/${remoteId}`;
}

/** Done and failed are final: a job never leaves them. */
export function isTerminal(phase: Phase): boolean {
  return phase === 'done' || phase === 'failed';
}

/** Whether the job still needs polling. */
export function isActive(job: Pick<Job, 'phase' | 'gone'>): boolean {
  return !job.gone && (job.phase === 'waiting' || job.phase === 'running');
}
