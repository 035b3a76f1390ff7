import type { Worker } from 'node:worker_threads';
import type { PartAnswer } from '../../domain/part-put';
import { ServiceError } from '../../domain/service-error';
import { fileFailure, Stopped, UploadFailure } from '../failure';
import type { HashAnswer, HashRequest, SendAnswer, SendRequest } from './messages';
import { OnDemandWorker } from './on-demand-worker';

/** One PUT of one part of an open file to its presigned URL. */
export interface PartRequest {
  /** Secret: the URL is itself an authorisation. It must not appear in a log or an error. */
  url: string;
  /** Descriptor of the open file; it stays open until the call has settled. */
  fd: number;
  offsetBytes: number;
  sizeBytes: number;
  /** Lower-case hex MD5 to send as Content-MD5, or null to send none. */
  md5Hex: string | null;
  signal: AbortSignal;
  /** Called a few times a second with how many bytes of this attempt have been sent. */
  onMoved(movedBytes: number): void;
}

/** The workers that read, hash and send, so that nothing else in the app can delay that. */
export interface PartWorkers {
  /** Lower-case hex MD5 of a part. Throws UploadFailure if it cannot be read, Stopped on abort. */
  md5(
    part: { fd: number; offsetBytes: number; sizeBytes: number },
    signal: AbortSignal,
  ): Promise<string>;
  /** Lower-case hex SHA-256 of the whole file; throws as `md5` does. */
  sha256(file: { fd: number; sizeBytes: number }, signal: AbortSignal): Promise<string>;
  /**
   * Sends a part. Throws ServiceError if no answer came (`cancelled` for an aborted call), and
   * UploadFailure if the file could not be read.
   */
  send(request: PartRequest): Promise<PartAnswer>;
  /** Bytes a second over all parts; null for no limit. */
  setLimit(bytesPerSecond: number | null): void;
}

export interface PartWorkersDeps {
  /** Starts one of the two programs in `main/compose/workers`. */
  startWorker(name: 'hash-parts' | 'send-parts'): Worker;
  /** Certificates in PEM that are trusted besides the usual ones; none if omitted. */
  certificates?: () => readonly string[];
  /** The proxy for an origin, as Electron's `session.resolveProxy` returns it. */
  resolveProxy(origin: string): Promise<string | null>;
}

export interface RunningPartWorkers extends PartWorkers {
  /** Starts the workers before there is work for them: the user may be about to upload. */
  warmUp(): void;
  /** Other certificates are to be trusted than before: passes them on. */
  trustCertificates(): void;
  /**
   * Drops every socket; parts in flight end as `unreachable`. For a wake or a change of the network,
   * after which older sockets look open but never answer.
   */
  resetConnections(): void;
  /** Drops the sockets of these addresses, which this machine has lost; as `resetConnections` does. */
  breakConnectionsFrom(addresses: string[]): void;
  /** Ends the workers, whatever they are doing. */
  close(): Promise<void>;
}

type OnMoved = (movedBytes: number) => void;

/**
 * Two workers: one reads and hashes, the other reads and sends. The system keeps what the first has read
 * in memory for the second, so no bytes are passed between the two.
 */
export function createPartWorkers(deps: PartWorkersDeps): RunningPartWorkers {
  const { startWorker, resolveProxy } = deps;
  const onMoved = new Map<number, OnMoved>();
  let limit: number | null = null;
  const hashing = new OnDemandWorker<HashRequest, HashAnswer>(() => startWorker('hash-parts'));
  const sending = new OnDemandWorker<SendRequest, SendAnswer & { id: number }>(
    () => startWorker('send-parts'),
    {
      onStart() {
        sending.post({ do: 'limit', bytesPerSecond: limit });
        trustCertificates();
      },
      onMessage: (message: SendAnswer) => {
        if ('moved' in message) for (const [id, bytes] of message.moved) onMoved.get(id)?.(bytes);
      },
    },
  );

  function trustCertificates(): void {
    sending.post({ do: 'trust', certificates: deps.certificates?.() ?? [] });
  }

  async function digest(ask: (id: number) => HashRequest, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new Stopped();
    const answer = await hashing.ask(ask, signal, (id) => ({ do: 'drop', id }));
    if ('digest' in answer) return answer.digest;
    if ('dropped' in answer) throw new Stopped();
    throw readFailure(answer.fileError);
  }

  async function send({ signal, onMoved: moved, ...part }: PartRequest): Promise<PartAnswer> {
    // A failed look-up must not stop the part: most machines have no proxy.
    const proxy = URL.canParse(part.url)
      ? await resolveProxy(new URL(part.url).origin).catch(() => null)
      : null;
    if (signal.aborted) throw new ServiceError('cancelled');
    let ownId = -1;
    const ask = (id: number): SendRequest => {
      ownId = id;
      onMoved.set(id, moved);
      return { do: 'send', id, proxy, ...part };
    };
    try {
      const answer = await sending.ask(ask, signal, (id) => ({ do: 'abort', id }));
      if ('answer' in answer) return answer.answer;
      if ('problem' in answer) throw new ServiceError(answer.problem);
      if ('fileError' in answer) throw readFailure(answer.fileError);
      throw new Error('not an answer to a part');
    } finally {
      onMoved.delete(ownId);
    }
  }

  return {
    md5: (part, signal) => digest((id) => ({ do: 'md5', id, ...part }), signal),
    sha256: (file, signal) => digest((id) => ({ do: 'sha256', id, ...file }), signal),
    send,
    setLimit(bytesPerSecond) {
      limit = bytesPerSecond;
      if (sending.isRunning) sending.post({ do: 'limit', bytesPerSecond });
    },
    warmUp() {
      hashing.start();
      sending.start();
    },
    trustCertificates() {
      if (sending.isRunning) trustCertificates();
    },
    resetConnections() {
      if (sending.isRunning) sending.post({ do: 'reset' });
    },
    breakConnectionsFrom(addresses) {
      if (sending.isRunning) sending.post({ do: 'addresses-lost', addresses });
    },
    async close() {
      await Promise.all([hashing.close(), sending.close()]);
    },
  };
}

function readFailure(code: string | null): UploadFailure {
  return code === null ? new UploadFailure('file-being-written') : fileFailure({ code });
}
