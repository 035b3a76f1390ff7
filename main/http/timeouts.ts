/** How long each step of a call may take, in milliseconds. */
interface Timeouts {
  connectMs: number;
  /** From the request's last byte to the response's first. */
  headersMs: number;
  /** Between two pieces of the response's body. */
  bodyMs: number;
}

/** A JSON call also has a time limit as a whole. */
export interface CallTimeouts extends Timeouts {
  callMs: number;
}

export const JSON_TIMEOUTS: CallTimeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyMs: 30_000,
  callMs: 60_000,
};

/** A download as a whole may take hours. */
export const DOWNLOAD_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyMs: 60_000,
};
