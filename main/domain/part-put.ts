/** What the storage host answered to the PUT of a part, whatever the status. */
export interface PartAnswer {
  status: number;
  /** The ETag header exactly as received, quotes included: it has to be sent back that way. */
  etag: string | null;
  /** S3's code for an error, such as `NoSuchUpload`. */
  code: string | null;
  /** The earliest time for another attempt, from Retry-After; milliseconds since 1970. */
  retryAtMs: number | null;
  /** It is a web page or other text where none is due, so it may not come from the host at all. */
  isPage: boolean;
  /** Where a 307 or 308 asks to send the part instead; null where it must not be followed. */
  redirectUrl: string | null;
}

/** One part of an upload on its way to the storage host. */
export interface PartPut {
  /** Presigned: it is itself an authorisation, so no key is sent with it. */
  url: string;
  /** The proxy for its origin, in the form that Electron's `session.resolveProxy` returns. */
  proxy: string | null;
  /**
   * Exactly `sizeBytes`. A piece may be overwritten once the next one is requested, so all but the last
   * must be 64 KiB or more: a socket may hold on to smaller ones for a while.
   */
  body: AsyncIterable<Uint8Array>;
  sizeBytes: number;
  /** Base64 of the part's MD5, which the storage host then verifies; null to send none. */
  contentMd5: string | null;
  signal: AbortSignal;
}

/** The HTTP client of the storage host. */
export interface PartClient {
  /**
   * Sends one part and returns the answer, whatever its status. Throws ServiceError if no answer came;
   * an error thrown by the body itself is passed on unchanged.
   */
  put(part: PartPut): Promise<PartAnswer>;
  /** Drops every socket; calls under way end as `unreachable`. */
  resetConnections(): void;
  /** Drops the sockets of these addresses, which this machine has lost; as `resetConnections` does. */
  breakConnectionsFrom(addresses: string[]): void;
}
