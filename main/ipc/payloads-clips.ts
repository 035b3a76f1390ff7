import { z } from 'zod';
import type { ClipCommands } from '../../preload/contract';
import { ASPECT_RATIOS } from '../domain/publishing';

const id = z.string().min(1).max(300);
const service = z.string().min(1).max(40);
const job = z.strictObject({ jobId: z.string().min(1).max(700) });
const clip = z.strictObject({ accountId: id, clipId: id });
const signIn = z.strictObject({ signInId: id });
const account = z.strictObject({ accountId: id });
/** No page has more rows, and no account more pages. */
const place = z.number().int().min(0).max(10_000_000);
const aspectRatio = z.enum(ASPECT_RATIOS).nullable();
/** More than any network takes. */
const MAX_POST_LENGTH = 10_000;

/** What the verbs about clips, results, posts and signing in accept. */
export const clipPayloads = {
  'clips.page': z.strictObject({
    accountId: id,
    mark: z
      .strictObject({
        form: z.enum(['page', 'offset']),
        at: place,
        limit: z.number().int().min(1).max(1_000),
        afterId: z.string().max(300),
      })
      .nullable(),
  }),
  'clip.read': clip,
  'clip.follow': clip,
  'clip.remove': clip,
  'clip.preview': z.strictObject({ accountId: id, clipId: id, candidateId: id.nullable() }),
  'clip.check': z.strictObject({ accountId: id, clipId: id, candidateId: id }),
  'result.download': job,
  'result.cancelDownload': job,
  'result.showFile': job,
  'post.brands': account,
  'post.draft': z.strictObject({
    accountId: id,
    clipId: id,
    candidateId: id.nullable(),
    aspectRatio,
  }),
  'post.publish': z.strictObject({
    accountId: id,
    clipId: id,
    mode: z.enum(['publish', 'schedule', 'draft']),
    candidateId: id.nullable(),
    platforms: z.array(z.string().trim().min(1).max(80)).max(50),
    text: z.string().max(MAX_POST_LENGTH).nullable(),
    brandSlug: id.nullable(),
    scheduledAtMs: z.number().int().min(0).max(8_640_000_000_000_000).nullable(),
    aspectRatio,
  }),
  'account.credits': account,
  'signIn.begin': z.strictObject({ service }),
  'signIn.open': signIn,
  'signIn.wait': z.strictObject({
    signInId: id,
    name: z.string().trim().min(1).max(80),
    keyLocation: z.enum(['keychain', 'session']),
  }),
  'signIn.cancel': signIn,
} satisfies { [V in keyof ClipCommands]: z.ZodType<ClipCommands[V]['request']> };
