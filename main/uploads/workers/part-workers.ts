import type { Worker } from 'node:worker_threads';
import { ServiceError } from '../../domain/service-error';
import { fileFailure, Stopped, UploadFailure } from '../failure';
import type { PartAnswer, PartRequest, PartWorkers } from '../ports';
import type { HashAnswer, HashRequest, SendAnswer, SendRequest } from './messages';
import { PartWorker } from './worker';

export interface PartWorkersOptions {
  /** Starts one of the two programs of `main/compose/workers`. */
  startWorker(name: 'hash-parts' | 'send-parts'): Worker;
  /** Which proxy leads to an origin, as Electron's `session.resolveProxy` answers. */
  resolveProxy(origin: string): Promise<string | null>;
}

export interface RunningPartWorkers extends PartWorkers {
  /** Starts the threads before there is work for them: someone may be about to upload. */
  warmUp(): void;
  /**
   * Drops every socket; parts under way end as `unreachable`. For wake and a changed network: the
   * sockets of before look open and never answer.
   */
  resetConnections(): void;
  /** Ends the threads, whatever they do. */
  close(): Promise<void>;
}

type Moved = (movedBytes: number) => void;

/**
 * Two threads: one reads and hashes, the other reads and sends. What the first has read, the
 * system keeps in memory for the second, so that no bytes travel between the two.
 */
export function createPartWorkers(options: PartWorkersOptions): RunningPartWorkers {
  const { startWorker, resolveProxy } = options;
  const moved = new Map<number, Moved>();
  let limit: number | null = null;
  const hashing = new PartWorker<HashRequest, HashAnswer>(() => startWorker('hash-parts'));
  const sending = new PartWorker<SendRequest, SendAnswer & { id: number }>(
    () => startWorker('send-parts'),
    {
      started: () => sending.tell({ do: 'limit', bytesPerSecond: limit }),
      heard: (answer: SendAnswer) => {
        if ('moved' in answer) for (const [id, bytes] of answer.moved) moved.get(id)?.(bytes);
      },
    },
  );

  async function digest(ask: (id: number) => HashRequest, signal: AbortSignal): Promise<string> {
    if (signal.aborted) throw new Stopped();
    const answer = await hashing.ask(ask, signal, (id) => ({ do: 'drop', id }));
    if ('digest' in answer) return answer.digest;
    if ('dropped' in answer) throw new Stopped();
    throw readFailure(answer.fileError);
  }

  async function send({ signal, onMoved, ...part }: PartRequest): Promise<PartAnswer> {
    // A failed look-up is no ground to stop: most machines have no proxy.
    const proxy = URL.canParse(part.url)
      ? await resolveProxy(new URL(part.url).origin).catch(() => null)
      : null;
    if (signal.aborted) throw new ServiceError('cancelled');
    let own = -1;
    const ask = (id: number): SendRequest => {
      own = id;
      moved.set(id, onMoved);
      return { do: 'send', id, proxy, ...part };
    };
    try {
      const answer = await sending.ask(ask, signal, (id) => ({ do: 'abort', id }));
      if ('answer' in answer) return answer.answer;
      if ('problem' in answer) throw new ServiceError(answer.problem);
      if ('fileError' in answer) throw readFailure(answer.fileError);
      throw new Error('not an answer to a part');
    } finally {
      moved.delete(own);
    }
  }

  return {
    md5: (part, signal) => digest((id) => ({ do: 'md5', id, ...part }), signal),
    sha256: (file, signal) => digest((id) => ({ do: 'sha256', id, ...file }), signal),
    send,
    setLimit(bytesPerSecond) {
      limit = bytesPerSecond;
      if (sending.runs) sending.tell({ do: 'limit', bytesPerSecond });
    },
    warmUp() {
      hashing.start();
      sending.start();
    },
    resetConnections() {
      if (sending.runs) sending.tell({ do: 'reset' });
    },
    async close() {
      await Promise.all([hashing.close(), sending.close()]);
    },
  };
}

function readFailure(code: string | null): UploadFailure {
  return code === null ? new UploadFailure('file-changed') : fileFailure({ code });
}
