/** What a client is asked to upload, and where to. Handed to its process as JSON. */
export interface Job {
  filePath: string;
  sizeBytes: number;
  /** The sink, or the proxy before it, without a slash at the end. */
  targetUrl: string;
  /** A folder of the benchmark's own that the client may write to. */
  folder: string;
  /** The same file cut into parts, for the client that cannot cut. */
  partPaths: string[];
  /** Hex MD5 of the engine's parts, in order: what a storage host would answer. */
  md5Hexes: string[];
}

/** What one upload took. */
export interface Taken {
  elapsedMs: number;
  /** CPU time of all threads, and of what the client started. */
  cpuMs: number;
  /** Peak of resident memory above that just before the upload. Null where it is not known. */
  memoryBytes: number | null;
}
