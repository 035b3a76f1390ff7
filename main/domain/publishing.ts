import type { Brand } from './account';

export const ASPECT_RATIOS = ['9:16', '16:9', '1:1', '4:5'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** A social network to publish to, by the service's own name for it. */
export interface Platform {
  name: string;
  /** Null where the service does not say whether it is connected. */
  connected: boolean | null;
  /** When its access runs out, and why it could not be renewed: only where the service says so. */
  expiresAtMs?: number;
  refreshError?: string;
}

/** A brand, and where it can publish. */
export interface PublishBrand extends Brand {
  slug: string | null;
  /** Null where the service does not list them. */
  platforms: Platform[] | null;
}

export interface DraftRequest {
  clipId: string;
  /** Null means the first one that was rendered. */
  candidateId: string | null;
  aspectRatio: AspectRatio | null;
}

/**
 * What becomes of a post, and when. A schedule always has its time: a service may take one without a time,
 * or with one in the past, for a post that is to be published at once.
 */
export type PostTiming =
  | { mode: 'publish' | 'draft'; scheduledAtMs: null }
  | { mode: 'schedule'; scheduledAtMs: number };

interface PostDetails {
  clipId: string;
  /** Null means the best one that was rendered. */
  candidateId: string | null;
  /** If empty, the service chooses. */
  platforms: string[];
  text: string | null;
  /** Null means the clip's own brand. */
  brandSlug: string | null;
  aspectRatio: AspectRatio | null;
}

export type PublishRequest = PostDetails & PostTiming;

/** Whether a post's time has come, so that its service would publish it at once. */
export function isTimePassed({ scheduledAtMs }: PostTiming, nowMs: number): boolean {
  return scheduledAtMs !== null && scheduledAtMs <= nowMs;
}

/** The post that was created. Null where the response does not say, which is no failure. */
export interface Post {
  postId: string | null;
  /** The service's own word, verbatim. */
  remoteStatus: string | null;
  link: string | null;
}

/**
 * Publishes finished renders. What is sent may become public at once, so neither `createDraft` nor
 * `publish` is ever retried. Every method throws ServiceError; `conflict` means that a platform is not
 * connected, that its connection has expired, or that the post is a duplicate.
 */
export interface Publishing {
  brands(signal?: AbortSignal): Promise<PublishBrand[]>;
  /** How the platforms of a brand are connected at this moment. */
  connections(brandSlug: string, signal?: AbortSignal): Promise<Platform[]>;
  createDraft(request: DraftRequest, signal?: AbortSignal): Promise<Post>;
  publish(request: PublishRequest, signal?: AbortSignal): Promise<Post>;
}
