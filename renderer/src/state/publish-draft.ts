import type { AspectRatio, Platform, PostTiming, PublishBrand } from '../../../preload/contract';

/** The post form, which may be incomplete. */
export interface PublishDraft {
  mode: 'publish' | 'schedule' | 'draft';
  /** Slug of the brand; null leaves it to the clip. */
  brandSlug: string | null;
  /** Chosen from those of the brand. */
  platforms: readonly string[];
  /** Typed, if the service does not list the brand's platforms. */
  platformText: string;
  text: string;
  /** In the format of its field: local time, `2026-03-01T09:30`. */
  scheduledAt: string;
  aspectRatio: AspectRatio | null;
}

export const EMPTY_DRAFT: PublishDraft = {
  mode: 'publish',
  brandSlug: null,
  platforms: [],
  platformText: '',
  text: '',
  scheduledAt: '',
  aspectRatio: null,
};

/** Parses typed platform names: separated by commas, each once. */
export function typedPlatforms(text: string): string[] {
  const names = text.split(/[,;\n]/).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The brand whose platforms are offered: the chosen one, else that of the clip, else the only one. */
export function offeredBrand(
  brands: readonly PublishBrand[],
  brandSlug: string | null,
  clipBrand: { id: string | null; slug: string | null },
): PublishBrand | null {
  const found = brandSlug
    ? brands.find(({ slug }) => slug === brandSlug)
    : brands.find(
        ({ id, slug }) =>
          (clipBrand.id !== null && id === clipBrand.id) ||
          (clipBrand.slug !== null && slug === clipBrand.slug),
      );
  return found ?? (brands.length === 1 ? (brands[0] ?? null) : null);
}

/** The platforms of a brand, each as it was read last. */
export function offeredPlatforms(
  brand: PublishBrand | null,
  connections: readonly Platform[],
): Platform[] {
  const platforms = new Map((brand?.platforms ?? []).map((platform) => [platform.name, platform]));
  for (const platform of connections) platforms.set(platform.name, platform);
  return [...platforms.values()];
}

/**
 * Whether a connection has run out and could not be renewed. Its service still calls it connected, but a
 * post would not get there.
 */
export function isConnectionOver({ expiresAtMs, refreshError }: Platform, nowMs: number): boolean {
  return refreshError !== undefined && (expiresAtMs === undefined || expiresAtMs <= nowMs);
}

/** What is wrong with a scheduled time. `skipped`: no clock will show it, as clocks are set forward then. */
export type TimeProblem = 'missing' | 'past' | 'skipped';

/** The last minute that the field takes: services read no year of five digits. */
export const MAX_LOCAL_FIELD = '9999-12-31T23:59';

const LOCAL_FIELD = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The moments at which clocks show a local time, earliest first: one, two where clocks are set back, none
 * where they are set forward. `new Date` would silently take another time in both cases.
 */
function momentsOf(local: string): number[] {
  const asUtcMs = Date.parse(`${local}Z`);
  if (!LOCAL_FIELD.test(local) || Number.isNaN(asUtcMs)) return [];
  const moments = [asUtcMs - DAY_MS, asUtcMs + DAY_MS]
    .map((nearMs) => asUtcMs + new Date(nearMs).getTimezoneOffset() * MINUTE_MS)
    .filter((atMs) => toLocalField(atMs) === local.slice(0, MAX_LOCAL_FIELD.length));
  return [...new Set(moments)].sort((a, b) => a - b);
}

/** The scheduled time of a post, or what is wrong with it. Of two moments the first that is to come. */
export function scheduledTime(
  scheduledAt: string,
  nowMs: number,
): { atMs: number } | { problem: TimeProblem } {
  if (!LOCAL_FIELD.test(scheduledAt)) return { problem: 'missing' };
  const moments = momentsOf(scheduledAt);
  if (moments.length === 0) return { problem: 'skipped' };
  const atMs = moments.find((moment) => moment > nowMs);
  return atMs === undefined ? { problem: 'past' } : { atMs };
}

/** Whether clocks show this time twice that day, as they are set back. */
export function comesTwice(atMs: number): boolean {
  return momentsOf(toLocalField(atMs)).length > 1;
}

/** What becomes of the post and when, or what is wrong with its time. */
export function postTiming(
  { mode, scheduledAt }: PublishDraft,
  nowMs: number,
): PostTiming | { problem: TimeProblem } {
  if (mode !== 'schedule') return { mode, scheduledAtMs: null };
  const time = scheduledTime(scheduledAt, nowMs);
  return 'problem' in time ? time : { mode, scheduledAtMs: time.atMs };
}

/** A time in the format of a field for local time, to the minute. */
export function toLocalField(atMs: number): string {
  const at = new Date(atMs);
  return new Date(atMs - at.getTimezoneOffset() * MINUTE_MS)
    .toISOString()
    .slice(0, MAX_LOCAL_FIELD.length);
}
