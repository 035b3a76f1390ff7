import type { PartAnswer } from '../../domain/part-put';
import type { ServiceProblem } from '../../domain/service-error';

/** A request to the hashing worker. Each `id` is answered once, however it ends. */
export type HashRequest =
  | { do: 'md5'; id: number; fd: number; offsetBytes: number; sizeBytes: number }
  | { do: 'sha256'; id: number; fd: number; sizeBytes: number }
  | { do: 'drop'; id: number };

/** `digest` is lower-case hex. */
export type HashAnswer = { id: number } & ({ digest: string } | FileError | { dropped: true });

/** A request to the sending worker. Each `id` of a `send` is answered once, however it ends. */
export type SendRequest =
  | {
      do: 'send';
      id: number;
      url: string;
      /**
       * The proxy for the URL's origin, as Electron's `session.resolveProxy` returns it. Only the main
       * thread can look it up.
       */
      proxy: string | null;
      fd: number;
      offsetBytes: number;
      sizeBytes: number;
      md5Hex: string | null;
    }
  | { do: 'abort'; id: number }
  | { do: 'limit'; bytesPerSecond: number | null }
  /** Certificates in PEM, to be trusted besides the usual ones. */
  | { do: 'trust'; certificates: readonly string[] }
  | { do: 'reset' }
  | { do: 'addresses-lost'; addresses: string[] };

export type SendAnswer =
  | ({ id: number } & ({ answer: PartAnswer } | FileError | { problem: ServiceProblem }))
  /** How many bytes have been sent of each part that has moved since the last message. */
  | { moved: [id: number, movedBytes: number][] };

/** Why a file could not be read: the system's error code, or null when it ended too early. */
interface FileError {
  fileError: string | null;
}

/** A file could not be read; `fileError` is the reason that the system gave. */
export class ReadError extends Error {
  readonly fileError: string | null;

  constructor(fileError: string | null) {
    super('the file could not be read');
    this.name = 'ReadError';
    this.fileError = fileError;
  }
}
