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

/** No page has more rows, and no account more pages. */
const MAX_PAGE_POSITION = 10_000_000;

const pageCursor = z.strictObject({
  form: z.enum(['page', 'offset']),
  at: z.number().int().min(0).max(MAX_PAGE_POSITION),
  limit: z.number().int().min(1).max(1_000),
  afterId: z.string().max(300),
}) satisfies z.ZodType<PageCursor>;

/** The verbs about clips as the service has them. */
export const clipVerbs = {
  /** One page of all clips of an account; null for the first. */
  'clips.page': takes(z.strictObject({ accountId: id, cursor: pageCursor.nullable() })).returns<
    ServiceRead<ClipPage>
  >(),
  'clip.read': takes(clip).returns<ServiceRead<ClipRecord>>(),
  /** Shows a clip in the list however old it is; returns the id of its line. */
  'clip.open': takes(clip).returns<{ lineId: string }>(),
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
};
