/** What the storage host answered to the PUT of a part, whatever the status. */
export interface PartAnswer {
  status: number;
  /** The ETag header exactly as received, quotes included: it has to be sent back that way. */
  etag: string | null;
  /** S3's code for an error, such as `NoSuchUpload`. */
  code: string | null;
  /** The earliest time for another attempt, from Retry-After; milliseconds since 1970. */
  retryAtMs: number | null;
}
