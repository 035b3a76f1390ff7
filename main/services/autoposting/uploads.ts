import type { Access, JsonClient, UploadRemote } from '../../domain/service';
import { ServiceError } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { parseClip } from './clip-schema';
import { dataOf } from './envelope';
import { parsePartUrls, parseStartedUpload } from './upload-schema';

/** The multipart calls, as the vendor's SDK makes them; the documentation shows only `complete`. */
export function createUploads(client: JsonClient, access: Access): UploadRemote {
  const post = (step: string, body: unknown, signal: AbortSignal | undefined) =>
    client.request(access, {
      method: 'POST',
      path: pathTo('clips', 'upload', step),
      body,
      signal,
      // A second `init` would leave a clip behind.
      isRepeatable: step !== 'init',
    });

  return {
    async start({ brandId, fileName, mimeType, sizeBytes }, signal) {
      const title = fileName.replace(/(?<=.)\.[^.]*$/, '');
      const body = { brandId, title, fileName, fileSize: sizeBytes, mimeType };
      return parseStartedUpload((await post('init', body, signal)).body);
    },
    async sign(remote, partNumbers, signal) {
      const answer = await post('presign', { ...identity(remote), partNumbers }, signal);
      return parsePartUrls(answer.body, partNumbers);
    },
    async complete(remote, parts, signal) {
      const inOrder = [...parts].sort((a, b) => a.partNumber - b.partNumber);
      const body = {
        ...identity(remote),
        parts: inOrder.map(({ partNumber, etag }) => ({ partNumber, etag })),
      };
      // Nothing in the answer is needed, but it may be a refusal with status 200.
      dataOf((await post('complete', body, signal)).body);
    },
    async abort(remote, signal) {
      try {
        dataOf((await post('abort', identity(remote), signal)).body);
      } catch (error) {
        // Nothing is left to abort.
        if (!(error instanceof ServiceError && error.problem === 'not-found')) throw error;
      }
    },
    async isComplete(remote, signal) {
      const path = pathTo('clips', remote.clipId);
      const answer = await client.request(access, { method: 'GET', path, signal });
      return parseClip(answer.body).status.toLowerCase() !== 'uploading';
    },
  };
}

function identity({ clipId, uploadId, key }: { clipId: string; uploadId: string; key: string }) {
  return { clipId, uploadId, key };
}
