import { z } from 'zod';
import type { ClipPage, ClipRecord, CreditCheck, PageCursor } from '../../main/domain/clip-library';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { ServiceRead } from '../../main/domain/service-read';
import { clip, id } from './primitives';
import { takes } from './verb';

export type {
  CandidateDetail,
  ClipPage,
  ClipRecord,
  CreditCheck,
  PageCursor,
} from '../../main/domain/clip-library';

export type ImportOutcome =
  | { outcome: 'started'; clipId: string }
  /** No clear answer: the clip may be on its way. The request is never repeated automatically. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  | {
      outcome: 'refused';
      problem: ServiceProblem | 'no-account' | 'no-brand';
      remoteText: string | null;
    };

export type RenderOutcome =
  | { outcome: 'started' }
  /** No clear answer: the render may have started. The request is never repeated automatically. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  /** Not sent, because an earlier render of the request failed for a reason that concerns them all. */
  | { outcome: 'not-sent' }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** No page has more rows, and no account more pages. */
const MAX_PAGE_POSITION = 10_000_000;

const pageCursor = z.strictObject({
  form: z.enum(['page', 'offset']),
  at: z.number().int().min(0).max(MAX_PAGE_POSITION),
  limit: z.number().int().min(1).max(1_000),
  afterId: z.string().max(300),
}) satisfies z.ZodType<PageCursor>;

/** The verbs about clips and renders as the service has them. */
export const clipVerbs = {
  /** One page of all clips of an account; null for the first. */
  'clips.page': takes(z.strictObject({ accountId: id, cursor: pageCursor.nullable() })).returns<
    ServiceRead<ClipPage>
  >(),
  'clip.read': takes(clip).returns<ServiceRead<ClipRecord>>(),
  /** Starts watching a clip that the lists do not show; returns the id of its line. */
  'clip.follow': takes(clip).returns<{ lineId: string }>(),
  /** Deletes the clip and its renders at the service. The window asks first. */
  'clip.remove': takes(clip).returns<
    { removed: true } | { problem: ServiceProblem; remoteText: string | null }
  >(),
  /** Opens the candidate's part of the source video in the browser; null opens the whole video. */
  'clip.preview': takes(
    z.strictObject({ accountId: id, clipId: id, candidateId: id.nullable() }),
  ).returns<{ opened: boolean }>(),
  /** Checks whether there is enough credit for a render. Costs nothing and starts nothing. */
  'clip.check': takes(z.strictObject({ accountId: id, clipId: id, candidateId: id })).returns<
    ServiceRead<CreditCheck>
  >(),
  /** The service fetches the video itself. Costs nothing, but is never repeated automatically. */
  'clip.import': takes(
    z.strictObject({
      accountId: id.nullable(),
      brandId: id.nullable(),
      // Whether it can be imported is not checked here: the user is told why it cannot.
      url: z.string().max(8192),
      title: z.string().trim().min(1).max(200).nullable(),
    }),
  ).returns<ImportOutcome>(),
  /**
   * One render for each candidate; a null candidate lets the service choose. Costs credit, and is
   * never repeated automatically. The outcomes are in the order of the candidates.
   */
  'render.submit': takes(
    z.strictObject({
      accountId: id,
      clipId: id,
      /** The revision that the user saw; null takes the last one known. */
      editRevision: z.number().nonnegative().nullable(),
      candidateIds: z.array(id.nullable()).min(1).max(200),
      /** Null leaves it to the service. */
      template: z.string().trim().min(1).max(200).nullable(),
      captions: z.boolean().nullable(),
    }),
  ).returns<RenderOutcome[]>(),
};
