import { z } from 'zod';
import {
  ASPECT_RATIOS,
  type DraftRequest,
  type Post,
  type PublishBrand,
  type PublishRequest,
} from '../../main/domain/publishing';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { ServiceRead } from '../../main/domain/service-read';
import { account, id } from './primitives';
import { takes } from './verb';

export type { AspectRatio, PublishBrand } from '../../main/domain/publishing';

/** The outcome of a draft or a post. Neither is ever repeated automatically. */
export type PostOutcome =
  | { outcome: 'made'; post: Post }
  | { outcome: 'unsure'; problem: ServiceProblem }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

type OfAccount<T> = T & { accountId: string };

/** More than any platform accepts. */
const MAX_POST_LENGTH = 10_000;
/** The last moment that a `Date` can hold. */
const MAX_TIME_MS = 8_640_000_000_000_000;

const aspectRatio = z.enum(ASPECT_RATIOS).nullable();

/** The verbs about drafts and posts of a finished render. */
export const publishingVerbs = {
  'post.brands': takes(account).returns<ServiceRead<PublishBrand[]>>(),
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
    z.strictObject({
      accountId: id,
      clipId: id,
      mode: z.enum(['publish', 'schedule', 'draft']),
      candidateId: id.nullable(),
      platforms: z.array(z.string().trim().min(1).max(80)).max(50),
      text: z.string().max(MAX_POST_LENGTH).nullable(),
      brandSlug: id.nullable(),
      scheduledAtMs: z.number().int().min(0).max(MAX_TIME_MS).nullable(),
      aspectRatio,
    }) satisfies z.ZodType<OfAccount<PublishRequest>>,
  ).returns<PostOutcome>(),
};
