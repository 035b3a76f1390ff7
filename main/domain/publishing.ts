import type { Brand } from './account';

export const ASPECT_RATIOS = ['9:16', '16:9', '1:1', '4:5'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** A place to publish to, by the service's own word. */
export interface Platform {
  name: string;
  /** Null where the service does not tell whether it is connected. */
  connected: boolean | null;
}

/** A brand with where it can publish. */
export interface PublishBrand extends Brand {
  slug: string | null;
  /** Null where the service does not tell them at all. */
  platforms: Platform[] | null;
}

export interface DraftRequest {
  clipId: string;
  /** Null takes the first rendered one. */
  candidateId: string | null;
  aspectRatio: AspectRatio | null;
}

export interface PublishRequest {
  clipId: string;
  mode: 'publish' | 'schedule' | 'draft';
  /** Null takes the best rendered one. */
  candidateId: string | null;
  /** Empty leaves the choice to the service. */
  platforms: string[];
  text: string | null;
  /** Null leaves it to the clip. */
  brandSlug: string | null;
  /** Only for `schedule`. */
  scheduledAtMs: number | null;
  aspectRatio: AspectRatio | null;
}

/** The post that was made; null where the answer does not tell, which is no failure. */
export interface Post {
  postId: string | null;
  /** The service's own word, verbatim. */
  remoteStatus: string | null;
  link: string | null;
}

/**
 * What can be made of a finished render. Both calls are public or nearly so, and neither is ever
 * repeated by itself. Every method throws ServiceError; `conflict` means a platform that is not
 * connected, an expired connection or a duplicate.
 */
export interface Publishing {
  brands(signal?: AbortSignal): Promise<PublishBrand[]>;
  createDraft(request: DraftRequest, signal?: AbortSignal): Promise<Post>;
  publish(request: PublishRequest, signal?: AbortSignal): Promise<Post>;
}
