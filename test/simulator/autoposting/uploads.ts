import { z } from 'zod';
import { type MultipartUpload, maxPartNumber, noSuchUpload } from '../storage/object-store';
import { presign } from '../storage/presign';
import type { Clip } from '../types';
import type { Answer } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { bodyOf } from './body';
import { ownBrand, ownClip, removeClip } from './clips';
import { success } from './envelope';
import { beginProcessing, createClip } from './lifecycle';

const reference = { clipId: z.string(), uploadId: z.string(), key: z.string() };

function init(call: KeyedCall): Answer {
  const body = bodyOf(call, {
    brandId: z.string(),
    title: z.string(),
    fileName: z.string().min(1),
    fileSize: z.number().int().positive(),
    mimeType: z.string(),
  });
  const brand = ownBrand(call, (one) => one.id === body.brandId);
  const clip = createClip(call.world, {
    accountId: call.account.id,
    brandId: brand.id,
    title: body.title,
    fileName: body.fileName,
    sizeBytes: body.fileSize,
    mimeType: body.mimeType,
  });
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(body.fileName)?.[1]?.toLowerCase() ?? 'mp4';
  const key = `clips/${call.account.id}/${clip.id}/clip.${ending}`;
  const upload = call.world.store.create({
    key,
    clipId: clip.id,
    accountId: call.account.id,
    declaredBytes: body.fileSize,
  });
  clip.uploadId = upload.uploadId;
  return success({ clipId: clip.id, uploadId: upload.uploadId, key }, 201);
}

/**
 * The upload that a body names. Throws ApiError 404 for the clip, 400 NoSuchUpload for the rest.
 */
function uploadOf(
  call: KeyedCall,
  body: { clipId: string; uploadId: string; key: string },
): { clip: Clip; upload: MultipartUpload } {
  const clip = ownClip(call, body.clipId);
  const upload = call.world.store.find(body.uploadId);
  if (!upload || upload.clipId !== clip.id || upload.key !== body.key) {
    throw new ApiError(400, noSuchUpload.code, noSuchUpload.message);
  }
  return { clip, upload };
}

function presignParts(call: KeyedCall): Answer {
  const { world } = call;
  const body = bodyOf(call, {
    ...reference,
    partNumbers: z
      .array(z.number().int().min(1).max(maxPartNumber))
      .min(1)
      .max(world.config.presignBatchMax),
  });
  const { upload } = uploadOf(call, body);
  if (upload.state !== 'open') throw new ApiError(400, noSuchUpload.code, noSuchUpload.message);
  const presignedUrls = body.partNumbers.map((partNumber) => ({
    partNumber,
    url: presign(
      world,
      'PUT',
      `/uploads/${upload.key}`,
      { partNumber: String(partNumber), uploadId: upload.uploadId, 'x-id': 'UploadPart' },
      world.config.urlLifetimeMs,
    ),
  }));
  return success({ presignedUrls });
}

function complete(call: KeyedCall): Answer {
  const { world } = call;
  const body = bodyOf(call, {
    ...reference,
    parts: z.array(z.object({ partNumber: z.number().int(), etag: z.string().min(1) })),
  });
  const { clip, upload } = uploadOf(call, body);
  const again = upload.state === 'completed';
  if (again && world.shapes.get('autoposting.completeAgain') === 'accepted') {
    return success({ clipId: clip.id, status: clip.status });
  }
  const problem = world.store.complete(upload, body.parts);
  if (problem) throw new ApiError(400, problem.code, problem.message);
  beginProcessing(world, clip);
  return success({ clipId: clip.id, status: clip.status });
}

function abort(call: KeyedCall): Answer {
  const { clip, upload } = uploadOf(call, bodyOf(call, reference));
  if (!call.world.store.abort(upload)) {
    throw new ApiError(400, noSuchUpload.code, noSuchUpload.message);
  }
  if (call.world.shapes.get('autoposting.abortedClip') === 'removed') {
    removeClip(call, clip);
  } else {
    clip.status = 'failed';
    clip.updatedAtMs = call.nowMs;
  }
  return success({ aborted: true });
}

/** The multipart upload of a local file. */
export const uploadRoutes: Route[] = (
  [
    ['/clips/upload/init', init],
    ['/clips/upload/presign', presignParts],
    ['/clips/upload/complete', complete],
    ['/clips/upload/abort', abort],
  ] as const
).map(([path, handle]) => ({
  method: 'POST',
  path,
  scope: 'clips:write',
  mutation: true,
  handle,
}));
