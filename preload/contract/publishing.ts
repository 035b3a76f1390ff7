import { z } from 'zod';
import {
  ASPECT_RATIOS,
  type DraftRequest,
  type Platform,
  type Post,
  type PublishBrand,
  type PublishRequest,
} from '../../main/domain/publishing';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { ServiceRead } from '../../main/domain/service-read';
import { account, id } from './primitives';
import { takes } from './verb';

export type { AspectRatio, Platform, PostTiming, PublishBrand } from '../../main/domain/publishing';

/** The outcome of a draft or a post. Neither is ever repeated automatically. */
export type PostOutcome =
  | { outcome: 'made'; post: Post }
  | { outcome: 'unsure'; problem: ServiceProblem }
  /** `time-passed`: by us, since the service would have published it at once. */
  | { outcome: 'refused'; problem: ServiceProblem | 'time-passed'; remoteText: string | null };

type OfAccount<T> = T & { accountId: string };

/** More than any platform accepts. */
const MAX_POST_LENGTH = 10_000;
/** The last moment whose year has four digits: services read no other. */
const MAX_TIME_MS = Date.UTC(10_000, 0) - 1;

const aspectRatio = z.enum(ASPECT_RATIOS).nullable();

const postDetails = z.strictObject({
  accountId: id,
  clipId: id,
  candidateId: id.nullable(),
  platforms: z.array(z.string().trim().min(1).max(80)).max(50),
  text: z.string().max(MAX_POST_LENGTH).nullable(),
  brandSlug: id.nullable(),
  aspectRatio,
});

/** The verbs about drafts and posts of a finished render. */
export const publishingVerbs = {
  'post.brands': takes(account).returns<ServiceRead<PublishBrand[]>>(),
  /** How the platforms of a brand are connected at this moment. */
  'post.connections': takes(z.strictObject({ accountId: id, brandSlug: id })).returns<
    ServiceRead<Platform[]>
  >(),
  'post.createDraft': takes(
    z.strictObject({
      accountId: id,
      clipId: id,
      candidateId: id.nullable(),
      aspectRatio,
    }) satisfies z.ZodType<OfAccount<DraftRequest>>,
  ).returns<PostOutcome>(),
  /** Publishes, schedules or drafts, as `mode` says. The window asks first, since a post is public. */
  'post.publish': takes(
    z.discriminatedUnion('mode', [
      postDetails.extend({ mode: z.enum(['publish', 'draft']), scheduledAtMs: z.null() }),
      postDetails.extend({
        mode: z.literal('schedule'),
        scheduledAtMs: z.number().int().min(0).max(MAX_TIME_MS),
      }),
    ]) satisfies z.ZodType<OfAccount<PublishRequest>>,
  ).returns<PostOutcome>(),
};
