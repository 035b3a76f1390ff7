/** What a client uploads, and where to. Passed to its process as JSON. */
export interface Job {
  filePath: string;
  sizeBytes: number;
  /** The sink, or the proxy in front of it, without a slash at the end. */
  targetUrl: string;
  /** A folder of the benchmark's own that the client may write to. */
  folder: string;
  /** The same file in parts, for the client that cannot split it. */
  partPaths: string[];
  /** Hex MD5 of the engine's parts, in order: what a storage host would answer. */
  md5Hexes: string[];
}

/** What one upload cost. */
export interface Taken {
  elapsedMs: number;
  /** CPU time of all threads, and of the processes that the client started. */
  cpuMs: number;
  /** Peak of resident memory above that just before the upload. Null where it is not known. */
  memoryBytes: number | null;
}
