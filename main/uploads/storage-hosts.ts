import { throwIfStopped } from './failure';

/** What has been learnt of one storage host. All uploads share it. */
export interface StorageHost {
  /**
   * It has asked for quiet: no part starts before this resolves. Not a time of the clock, which may
   * be set back by hours in the meantime.
   */
  quiet: Promise<unknown>;
  /** Whether its ETags are the MD5s of the parts: null until known. */
  etagsAreMd5: boolean | null;
  /** It refuses parts that come with a Content-MD5. */
  refusesContentMd5: boolean;
}

/** A service could name a new host each time. */
const MOST_HOSTS = 32;

/** The storage hosts by the origin of their URLs, as far as they are known since the app started. */
export class StorageHosts {
  readonly #known = new Map<string, StorageHost>();

  of(url: string): StorageHost {
    const origin = URL.canParse(url) ? new URL(url).origin : '';
    const known = this.#known.get(origin);
    if (known) return known;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MOST_HOSTS) this.#known.delete(oldest);
    const fresh = { quiet: Promise.resolve(), etagsAreMd5: null, refusesContentMd5: false };
    this.#known.set(origin, fresh);
    return fresh;
  }
}

/** Lets no part to this host start before `over`, nor before what was asked for earlier is over. */
export function keepQuiet(host: StorageHost, over: Promise<void>): void {
  host.quiet = Promise.all([host.quiet, over]);
}

/** Resolves when the host may be spoken to. Throws Stopped on a stop. */
export async function quietIsOver(host: StorageHost, stop: AbortSignal): Promise<void> {
  // Another part may be told to wait longer in the meantime.
  for (let waitedFor: unknown = null; waitedFor !== host.quiet; ) {
    throwIfStopped(stop);
    waitedFor = host.quiet;
    await Promise.race([host.quiet, aborted(stop)]);
  }
  throwIfStopped(stop);
}

/** Its listener goes with the signal, which lives only as long as one run of one upload. */
function aborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Whether a Content-MD5 may go with a PUT to this URL. A presigned URL of the S3 kind allows headers
 * that are not signed, except for `x-amz-…`; with another kind of URL it is not known, so none goes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function allowsContentMd5(url: string): boolean {
  return URL.canParse(url) && new URL(url).searchParams.has('X-Amz-SignedHeaders');
}
