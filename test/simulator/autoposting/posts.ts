import { z } from 'zod';
import type { Post, RenderJob } from '../types';
import type { Answer } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { bodyOf } from './body';
import { ownClip } from './clips';
import { success } from './envelope';
import { rendersOf } from './views';

const aspectRatio = z.enum(['9:16', '16:9', '1:1', '4:5']).optional();

/** The finished render of which a post is made. Throws ApiError 409 when there is none. */
function renderFor(call: KeyedCall, candidateId: string | undefined): RenderJob {
  const clip = ownClip(call, call.params.clipId ?? '');
  const render = rendersOf(call.world, clip).find(
    (job) =>
      job.status === 'completed' && (candidateId === undefined || job.candidateId === candidateId),
  );
  if (!render) throw new ApiError(409, undefined, 'There is no finished render to post.');
  return render;
}

function makePost(call: KeyedCall, render: RenderJob, status: string): Post {
  const post: Post = {
    id: call.world.newId('post'),
    accountId: call.account.id,
    clipId: render.clipId,
    candidateId: render.candidateId,
    status,
    body: (call.body ?? {}) as Record<string, unknown>,
  };
  call.world.posts.set(post.id, post);
  return post;
}

function createDraft(call: KeyedCall): Answer {
  const body = bodyOf(call, { candidateId: z.string().optional(), aspectRatio });
  const post = makePost(call, renderFor(call, body.candidateId), 'draft');
  return success({ postId: post.id });
}

function publish(call: KeyedCall): Answer {
  const { world } = call;
  const body = bodyOf(call, {
    mode: z.enum(['publish', 'schedule', 'draft']),
    candidateId: z.string().optional(),
    platforms: z.array(z.string()).optional(),
    text: z.string().optional(),
    brandSlug: z.string().optional(),
    scheduledAt: z.iso.datetime({ offset: true }).optional(),
    aspectRatio,
  });
  // The vendor's changelog (0.3.2): a time in the past publishes at once.
  const isScheduled = body.mode === 'schedule' && Date.parse(body.scheduledAt ?? '') > call.nowMs;
  const render = renderFor(call, body.candidateId);
  const brand = world.brands.get(world.clips.get(render.clipId)?.brandId ?? '');
  for (const platform of body.mode === 'draft' ? [] : (body.platforms ?? [])) {
    const connected = brand?.platforms.some(
      (one) =>
        one.platform === platform &&
        one.connected &&
        !(one.refreshError !== undefined && (one.expiresAtMs ?? 0) <= call.nowMs),
    );
    if (!connected) throw new ApiError(409, undefined, `${platform} is not connected.`);
  }
  const words = {
    publish: 'published',
    schedule: isScheduled ? 'scheduled' : 'published',
    draft: 'draft',
  };
  const post = makePost(call, render, words[body.mode]);
  const empty = world.shapes.get('autoposting.publishAnswer') === 'empty';
  return success(empty ? {} : { postId: post.id, status: post.status });
}

/** What can be done with a finished render. */
export const postRoutes: Route[] = [
  {
    method: 'POST',
    path: '/clips/{clipId}/create-draft',
    scope: 'clips:write',
    mutation: true,
    handle: createDraft,
  },
  {
    method: 'POST',
    path: '/clips/{clipId}/publish',
    scope: 'clips:write',
    mutation: true,
    handle: publish,
  },
];
