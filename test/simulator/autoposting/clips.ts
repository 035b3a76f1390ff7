import { z } from 'zod';
import type { Brand, Clip } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { bodyOf, wholeNumber } from './body';
import { itemsOf, success } from './envelope';
import { beginProcessing, createClip } from './lifecycle';
import { clipView, single } from './views';

/** The account's clip with this id. Throws ApiError 404. */
export function ownClip(call: KeyedCall, clipId: string): Clip {
  const clip = call.world.clips.get(clipId);
  if (!clip || clip.hidden || clip.accountId !== call.account.id) {
    throw new ApiError(404, undefined, 'There is no such clip.');
  }
  return clip;
}

/** The account's brand with this id. Throws ApiError 404. */
export function ownBrand(call: KeyedCall, find: (brand: Brand) => boolean): Brand {
  const brand = [...call.world.brands.values()].find(
    (one) => one.accountId === call.account.id && find(one),
  );
  if (!brand) throw new ApiError(404, undefined, 'There is no such brand.');
  return brand;
}

/** Removes a clip and what belongs to it. */
export function removeClip(call: Pick<KeyedCall, 'world'>, clip: Clip): void {
  const upload = clip.uploadId ? call.world.store.find(clip.uploadId) : null;
  if (upload) call.world.store.abort(upload);
  for (const job of call.world.renders.values()) {
    if (job.clipId === clip.id) call.world.renders.delete(job.id);
  }
  call.world.clips.delete(clip.id);
}

function list(call: KeyedCall): Answer {
  const { world, account, query } = call;
  let clips = [...world.clips.values()].filter(
    (clip) => clip.accountId === account.id && !clip.hidden,
  );
  clips.sort((a, b) => b.createdAtMs - a.createdAtMs);
  if (world.shapes.get('autoposting.clipFilters') === 'honoured') {
    const status = query.get('status');
    const brandId = query.get('brandId');
    if (status) clips = clips.filter((clip) => clip.status === status);
    if (brandId) clips = clips.filter((clip) => clip.brandId === brandId);
  }
  const total = clips.length;
  const form = world.shapes.get('autoposting.clipList');
  const paged = form === 'page';
  const limit = Math.min(100, wholeNumber(call, 'limit', paged ? 20 : 50, 1));
  // Each form knows only its own parameter: the other one is ignored, and page one comes again.
  const page = paged ? wholeNumber(call, 'page', 1, 1) : 1;
  const offset = paged ? (page - 1) * limit : wholeNumber(call, 'offset', 0, 0);
  const rows = clips.slice(offset, offset + limit).map((clip) => clipView(world, clip, true));
  if (form === 'bare') return success(rows);
  if (form === 'offset') return success({ clips: rows, total, limit, offset });
  if (form === 'items') return success(itemsOf(rows, total, limit, offset));
  const totalPages = Math.ceil(total / limit);
  return success({ clips: rows, pagination: { page, limit, total, totalPages } });
}

function remove(call: KeyedCall): Answer {
  removeClip(call, ownClip(call, call.params.clipId ?? ''));
  const form = call.world.shapes.get('autoposting.deleteAnswer');
  if (form === '204') return { status: 204, headers: {}, body: null };
  return form === 'bare' ? json(200, { success: true }) : success({ deleted: true });
}

function importUrl(call: KeyedCall): Answer {
  const form = call.world.shapes.get('autoposting.importBody');
  const body = bodyOf(call, {
    url: z.url({ protocol: /^https?$/ }),
    brandId: form === 'sdk' ? z.string() : z.string().optional(),
    brandSlug: form === 'docs' ? z.string() : z.string().optional(),
    title: z.string().optional(),
  });
  if (!body.brandId && !body.brandSlug) {
    throw new ApiError(400, undefined, 'brandId: required');
  }
  const brand = ownBrand(call, (one) =>
    body.brandId && form !== 'docs' ? one.id === body.brandId : one.slug === body.brandSlug,
  );
  const name = decodeURIComponent(new URL(body.url).pathname.split('/').at(-1) ?? '') || 'video';
  const clip = createClip(call.world, {
    accountId: call.account.id,
    brandId: brand.id,
    title: body.title ?? name,
    fileName: name.includes('.') ? name : `${name}.mp4`,
    sizeBytes: 52_428_800,
    mimeType: 'video/mp4',
    sourceUrl: body.url,
  });
  beginProcessing(call.world, clip);
  return success({ clipId: clip.id }, 201);
}

/** List, read, delete and import. */
export const clipRoutes: Route[] = [
  { method: 'GET', path: '/clips', scope: 'clips:read', handle: list },
  {
    method: 'POST',
    path: '/clips/import-url',
    scope: 'clips:write',
    mutation: true,
    handle: importUrl,
  },
  {
    method: 'GET',
    path: '/clips/{clipId}',
    scope: 'clips:read',
    handle: (call) => {
      const clip = ownClip(call, call.params.clipId ?? '');
      return success(single(call.world, 'clip', clipView(call.world, clip)));
    },
  },
  {
    method: 'DELETE',
    path: '/clips/{clipId}',
    scope: 'clips:write',
    mutation: true,
    handle: remove,
  },
];
