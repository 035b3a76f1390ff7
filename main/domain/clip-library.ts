import type { Candidate, JobObservation, Phase } from './job';
import type { ServiceProblem } from './service-error';

/** One score of a candidate, by the service's own name for it. */
interface Score {
  name: string;
  value: number;
}

/** A candidate with everything that the service says about it. */
export interface CandidateDetail extends Candidate {
  /** The service's own word, verbatim; the possible words are not documented. */
  remoteStatus: string | null;
  scores: Score[];
  /** Whether it can be rendered in the layouts for two speakers. */
  splitEligible: boolean | null;
}

/** A clip as the service has it now. Null where the response does not say. */
export interface ClipRecord {
  id: string;
  title: string | null;
  phase: Phase;
  remoteStatus: string;
  transcriptionStatus: string | null;
  brandId: string | null;
  brandSlug: string | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  durationMs: number | null;
  sizeBytes: number | null;
  editRevision: number | null;
  /** The uploaded video: a candidate is previewed by seeking in it. */
  sourceUrl: string | null;
  renderedUrl: string | null;
  candidates: CandidateDetail[] | null;
  failure: string | null;
}

/** Cursor of the next page of clips: made from one response and handed to the next call unchanged. */
export interface PageCursor {
  form: 'page' | 'offset';
  /** Page number or row offset, depending on the form. */
  at: number;
  limit: number;
  /** First clip of the previous page: if it comes again, the service ignores the cursor. */
  afterId: string;
}

export interface ClipPage {
  clips: ClipRecord[];
  /** Null where the service does not say. */
  totalCount: number | null;
  next: PageCursor | null;
}

/** What the service says about credit before a render. It documents the request but not the response. */
export interface CreditCheck {
  verdict: 'enough' | 'too-little' | 'not-told';
  /** Everything it said, verbatim. */
  facts: { name: string; value: string }[];
  remoteText: string | null;
}

export interface RenderRequest {
  clipId: string;
  /** Null renders all candidates, or the one the service prefers: it does not say which. */
  candidateId: string | null;
  /** Of the clip as the user saw it; null if the service never gave one. */
  editRevision: number | null;
  /** The service chooses if it is missing. */
  template?: string;
  /** The service chooses if it is missing. */
  captions?: boolean;
}

/** What became of one of several renders. */
export type RenderAnswer =
  | { result: 'started'; candidateId: string | null; jobs: JobObservation[] }
  | {
      result: 'refused' | 'unsure';
      candidateId: string | null;
      problem: ServiceProblem;
      remoteText: string | null;
    }
  /** Not sent: the one before showed that it cannot succeed. */
  | { result: 'not-sent'; candidateId: string | null };

/** The clips of an account. Every method throws ServiceError. */
export interface ClipLibrary {
  /** One page, newest clips first as far as the service orders them; null for the first page. */
  page(cursor: PageCursor | null, signal?: AbortSignal): Promise<ClipPage>;
  one(clipId: string, signal?: AbortSignal): Promise<ClipRecord>;
  /** Deletes the clip and all its renders. A clip that is already gone is no error. */
  remove(clipId: string, signal?: AbortSignal): Promise<void>;
  renders(clipId: string, signal?: AbortSignal): Promise<JobObservation[]>;
  /** Checks whether there is enough credit for a render. Costs nothing and starts nothing. */
  check(clipId: string, candidateId: string, signal?: AbortSignal): Promise<CreditCheck>;
  /** Starts one render after the other. Stops early when the next one could not succeed either. */
  renderAll(requests: RenderRequest[], signal?: AbortSignal): Promise<RenderAnswer[]>;
}
