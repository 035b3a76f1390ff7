import { presign } from '../storage/presign';
import type { Brand, Candidate, Clip, PlatformConnection, RenderJob } from '../types';
import type { World } from '../world';
import { renderIsLive } from './lifecycle';

type Row = Record<string, unknown>;

/** A time in the current form. */
export function timeOf(world: World, ms: number): string | number {
  const form = world.shapes.get('autoposting.time');
  if (form === 'seconds') return Math.floor(ms / 1000);
  return form === 'millis' ? ms : new Date(ms).toISOString();
}

/** `{id}` or `{_id}`. */
function idOf(world: World, id: string): Row {
  return { [world.shapes.get('autoposting.idField')]: id };
}

/** One object under `data`, bare or under its name. */
export function single(world: World, name: string, row: Row): Row {
  return world.shapes.get('autoposting.objectNesting') === 'nested' ? { [name]: row } : row;
}

/** A clip as GET answers it, in the current shape. */
export function clipView(world: World, clip: Clip, asRow = false): Row {
  const shape = world.shapes.get('autoposting.clipFields');
  const brand = world.brands.get(clip.brandId);
  const status = clipWord(world, clip);
  const seconds = Math.round(clip.durationMs / 1000);
  const withCandidates = !asRow || world.shapes.get('autoposting.clipListRows') === 'full';
  const processed = clip.candidates.length > 0 || clip.status === 'ready';
  const rendered = rendersOf(world, clip).filter((job) => job.status === 'completed');
  const newest = rendered.at(-1);
  return {
    ...idOf(world, clip.id),
    ...(shape !== 'sdk' && {
      brandSlug: brand?.slug,
      fileName: clip.fileName,
      fileSize: clip.sizeBytes,
      transcription: { status: processed ? 'completed' : 'pending' },
    }),
    ...(shape !== 'docs' && {
      name: clip.title,
      brandId: clip.brandId,
      editRevision: clip.editRevision,
      ...(processed && { url: `${world.addresses.storageUrl}/sources/${clip.id}` }),
      ...(newest && { renderedUrl: outputUrl(world, newest) }),
      updatedAt: timeOf(world, clip.updatedAtMs),
    }),
    status,
    ...(processed && { duration: seconds }),
    ...(withCandidates && {
      candidates: clip.candidates.map((candidate) => candidateView(world, candidate)),
    }),
    createdAt: timeOf(world, clip.createdAtMs),
    ...clip.fields,
  };
}

/** A render job as a row of the jobs list. */
export function jobView(world: World, job: RenderJob): Row {
  const done = job.completedAtMs !== null;
  const empty = world.shapes.get('autoposting.jobPending') === 'null';
  return {
    ...idOf(world, job.id),
    clipId: job.clipId,
    status: jobWord(world, job),
    ...(job.status === 'completed'
      ? { outputUrl: outputUrl(world, job) }
      : empty && { outputUrl: null }),
    createdAt: timeOf(world, job.createdAtMs),
    ...(done
      ? { completedAt: timeOf(world, job.completedAtMs ?? 0) }
      : empty && { completedAt: null }),
    ...(world.shapes.get('autoposting.jobExtras') === 'some' && {
      candidateId: job.candidateId,
      progress: progressOf(world, job),
      ...(done && job.status !== 'completed' && { error: 'The encoder gave up.' }),
    }),
    ...job.fields,
  };
}

/** The word for a job's status on the wire. */
export function jobWord(world: World, job: RenderJob): string {
  if (job.frozen) return job.status;
  if (job.status === 'running') return world.shapes.get('autoposting.renderRunningWord');
  if (job.status === 'failed') return world.shapes.get('autoposting.renderFailedWord');
  return job.status;
}

/** Where a finished render can be fetched. */
function outputUrl(world: World, job: RenderJob): string {
  const path = `/renders/${job.id}.mp4`;
  if (world.shapes.get('autoposting.outputUrl') === 'public') {
    return `${world.addresses.storageUrl}${path}`;
  }
  return presign(world, 'GET', path, {}, world.config.outputUrlLifetimeMs);
}

/** How a platform is connected, as `/brands/{slug}/auth/status` has it. */
export function connectionView(world: World, brand: Brand, one: PlatformConnection): Row {
  const { platform, connected, expiresAtMs, refreshError } = one;
  return {
    platform,
    connected,
    ...(connected && { platformUsername: `@${brand.slug}`, platformAccountType: 'organization' }),
    ...(expiresAtMs !== undefined && { expiresAt: timeOf(world, expiresAtMs) }),
    ...(refreshError !== undefined && { refreshError }),
  };
}

/** A brand in the current shape. */
export function brandView(world: World, brand: Brand): Row {
  const shape = world.shapes.get('autoposting.brandFields');
  const createdAt = timeOf(world, brand.createdAtMs);
  const common = { ...idOf(world, brand.id), name: brand.name, slug: brand.slug, createdAt };
  const names = brand.platforms.map(({ platform }) => platform);
  const connected = brand.platforms.filter((one) => one.connected).map((one) => one.platform);
  if (shape === 'docs') {
    return {
      ...common,
      description: '',
      logoUrl: null,
      order: 0,
      connectedPlatforms: connected,
      updatedAt: createdAt,
    };
  }
  if (shape === 'concept') {
    return {
      ...common,
      platforms: names,
      timezone: brand.timezone,
      position: 0,
      clipTemplateDefaults: { captionPreset: 'default', aspectRatios: ['9:16'] },
    };
  }
  const platforms = brand.platforms.map(({ platform, connected }) => ({ platform, connected }));
  return { ...common, timezone: brand.timezone, platforms, updatedAt: createdAt };
}

/** The renders of a clip, oldest first, without hidden ones. */
export function rendersOf(world: World, clip: Clip): RenderJob[] {
  return [...world.renders.values()].filter((job) => job.clipId === clip.id && !job.hidden);
}

function clipWord(world: World, clip: Clip): string {
  if (clip.status !== 'ready' || clip.frozen) return clip.status;
  if (world.shapes.get('autoposting.clipRenderStatus') === 'ready') return 'ready';
  const jobs = rendersOf(world, clip);
  if (jobs.some(renderIsLive)) return 'rendering';
  return jobs.some((job) => job.status === 'completed') ? 'rendered' : 'ready';
}

function candidateView(world: World, candidate: Candidate): Row {
  const { hook, retention, clarity, visual, splitEligible, ...shown } = candidate;
  const { id, ...others } = shown;
  const scores = { hook, retention, clarity, visual };
  const form = world.shapes.get('autoposting.candidateScores');
  return {
    ...idOf(world, id),
    ...others,
    ...(form === 'nested' && { scores, splitEligible }),
    ...(form === 'flat' && { ...scores, splitEligible }),
  };
}

function progressOf(world: World, job: RenderJob): number {
  if (job.completedAtMs !== null) return 100;
  const passed = world.clock.now() - job.startsAtMs;
  const whole = Math.max(1, job.endsAtMs - job.startsAtMs);
  return Math.max(0, Math.min(99, Math.round((passed / whole) * 100)));
}
