import type { AspectRatio, PublishBrand } from '../../../preload/contract';

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

/** The scheduled time of a post, or what is wrong with it. */
export function scheduledTime(
  scheduledAt: string,
  nowMs: number,
): { atMs: number } | { problem: 'missing' | 'past' } {
  const atMs = scheduledAt === '' ? Number.NaN : new Date(scheduledAt).getTime();
  if (Number.isNaN(atMs)) return { problem: 'missing' };
  return atMs <= nowMs ? { problem: 'past' } : { atMs };
}

/** A time in the format of a field for local time. */
export function toLocalField(atMs: number): string {
  const at = new Date(atMs);
  return new Date(atMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
