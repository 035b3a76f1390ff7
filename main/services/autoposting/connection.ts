import type { Profile } from '../../domain/account';
import type { JobRef, Snapshot } from '../../domain/job';
import type { Access, ImportRequest, JsonClient, ServiceConnection } from '../../domain/service';
import { ServiceError } from '../../domain/service-error';
import { pathTo } from '../../http/url';
import { parseBrands, parseProfile } from './account-schema';
import { processingJob, renderJob } from './adapter';
import { importBody, LIST_LIMIT, NAME_OF_EVERY_KEY } from './assumptions';
import { parseClip, parseClips } from './clip-schema';
import { parseCredits } from './credit-schema';
import { unexpected } from './envelope';
import { createLibrary } from './library';
import { createPublishing } from './publishing';
import { parseRenders } from './render-schema';
import { createRendering } from './rendering';
import { parseImported } from './upload-schema';
import { createUploads } from './uploads';

/** One account at Autoposting. */
export function connectAutoposting(client: JsonClient, access: Access): ServiceConnection {
  const get = (path: string, signal?: AbortSignal, query?: Record<string, string>) =>
    client.request(access, { method: 'GET', path, query, signal });

  async function brands(signal?: AbortSignal) {
    try {
      return parseBrands((await get(pathTo('brands'), signal)).body);
    } catch (error) {
      // A key without `brands:read` can still watch clips; it just cannot upload.
      if (error instanceof ServiceError && error.problem === 'scope-missing') return [];
      throw error;
    }
  }

  async function profile(signal?: AbortSignal): Promise<Profile> {
    const { name, email } = parseProfile((await get(pathTo('auth', 'profile'), signal)).body);
    const ownName = name?.toLowerCase() === NAME_OF_EVERY_KEY ? null : name;
    return { label: ownName ?? email, brands: await brands(signal), balanceCoins: null };
  }

  async function list(signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('clips'), signal, { limit: String(LIST_LIMIT) });
    const { items, complete } = parseClips(answer.body);
    return {
      observations: items.map((clip) => processingJob(clip.id, clip, false)),
      covers: complete ? { kind: 'processing', clipId: null } : null,
    };
  }

  async function readProcessing(clipId: string, signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('clips', clipId), signal);
    // The requested id is kept: the clip's own may be spelled in its other form.
    const job = processingJob(clipId, parseClip(answer.body), true);
    return { observations: [job], covers: null };
  }

  async function readRenders(clipId: string, signal?: AbortSignal): Promise<Snapshot> {
    const answer = await get(pathTo('clips', clipId, 'jobs'), signal);
    const { items, complete } = parseRenders(answer.body);
    return {
      observations: items.map((render) => renderJob(clipId, render)),
      covers: complete ? { kind: 'render', clipId } : null,
    };
  }

  async function read(job: JobRef, signal?: AbortSignal): Promise<Snapshot> {
    if (job.kind === 'processing') return readProcessing(job.remoteId, signal);
    return readRenders(job.clipId ?? unexpected(), signal);
  }

  async function importUrl(request: ImportRequest, signal?: AbortSignal): Promise<string> {
    const path = pathTo('clips', 'import-url');
    const body = importBody(request);
    const answer = await client.request(access, { method: 'POST', path, body, signal });
    return parseImported(answer.body);
  }

  const credits = async (signal?: AbortSignal) =>
    parseCredits((await get(pathTo('billing', 'credits'), signal)).body);
  const renders = async (clipId: string, signal?: AbortSignal) =>
    (await readRenders(clipId, signal)).observations;
  const render = createRendering(client, access);

  return {
    profile,
    list,
    listEnded: null,
    read,
    render,
    importUrl,
    uploads: createUploads(client, access),
    clips: createLibrary(client, access, { renders, render }),
    publishing: createPublishing(client, access),
    executions: null,
    credits,
  };
}
