import { throwIfStopped } from './failure';

/** What has been learned about one storage host. All uploads share it. */
export interface StorageHost {
  /**
   * If the host has asked clients to slow down, no part starts before this resolves. It is not a time,
   * since the clock may be set back by hours in the meantime.
   */
  cooldown: Promise<unknown>;
  /** Whether its ETags are the MD5s of the parts: null until that is known. */
  etagsAreMd5: boolean | null;
  /** It refuses parts that are sent with Content-MD5. */
  refusesContentMd5: boolean;
}

/** A service chooses the URLs, so it could name a new host each time. */
const MAX_HOSTS = 32;

/** The storage hosts seen since the app started, by the origin of their URLs. */
export class StorageHosts {
  readonly #known = new Map<string, StorageHost>();

  of(url: string): StorageHost {
    const origin = URL.canParse(url) ? new URL(url).origin : '';
    const known = this.#known.get(origin);
    if (known) return known;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MAX_HOSTS) this.#known.delete(oldest);
    const fresh = { cooldown: Promise.resolve(), etagsAreMd5: null, refusesContentMd5: false };
    this.#known.set(origin, fresh);
    return fresh;
  }
}

/** Lets no part for this host start before `over` resolves, nor before an earlier cooldown is over. */
export function extendCooldown(host: StorageHost, over: Promise<void>): void {
  host.cooldown = Promise.all([host.cooldown, over]);
}

/** Resolves when parts may be sent to the host. Throws Stopped on a stop. */
export async function waitForCooldown(host: StorageHost, stop: AbortSignal): Promise<void> {
  // Meanwhile the host may have asked another part to wait longer.
  for (let waitedFor: unknown = null; waitedFor !== host.cooldown; ) {
    throwIfStopped(stop);
    waitedFor = host.cooldown;
    await Promise.race([host.cooldown, aborted(stop)]);
  }
  throwIfStopped(stop);
}

/** Never removes its listener: the signal lives only as long as one run of one upload. */
function aborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Whether Content-MD5 may be sent with a PUT to this URL. Presigned URLs of S3 allow headers that are not
 * signed, except for `x-amz-…`. For other kinds of URLs that is not known, so none is sent.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function allowsContentMd5(url: string): boolean {
  return URL.canParse(url) && new URL(url).searchParams.has('X-Amz-SignedHeaders');
}
