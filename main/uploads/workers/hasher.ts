import { createHash, type Hash } from 'node:crypto';
import { LANES, type LaneWork, type Md5, md5Hex, ParallelMd5, startMd5 } from './md5/parallel-md5';
import { type HashAnswer, type HashRequest, ReadError } from './messages';
import { readFully } from './read';

/** Eight of these fit into a core's cache, so that what was read is still in it when hashed. */
const BLOCK_BYTES = 128 * 1024;
const FILE_BLOCK_BYTES = 1024 * 1024;

interface PartJob {
  id: number;
  fd: number;
  positionBytes: number;
  leftBytes: number;
  lane: number;
  md5: Md5;
}

interface FileJob {
  id: number;
  fd: number;
  positionBytes: number;
  sizeBytes: number;
  hash: Hash;
}

/**
 * The work of the hashing worker: MD5 of parts, eight in parallel, and SHA-256 of files while there are no
 * parts. It works in turns of about a millisecond, and handles messages in between.
 */
export class Hasher {
  readonly #answer: (answer: HashAnswer) => void;
  readonly #lanes = new ParallelMd5(BLOCK_BYTES);
  readonly #free = Array.from({ length: LANES }, (_, lane) => lane);
  readonly #waiting: Omit<PartJob, 'lane'>[] = [];
  readonly #fileBlock = new Uint8Array(FILE_BLOCK_BYTES);
  #running: PartJob[] = [];
  #files: FileJob[] = [];
  #awake = false;

  constructor(answer: (answer: HashAnswer) => void) {
    this.#answer = answer;
    this.#lanes.warmUp();
  }

  take(request: HashRequest): void {
    switch (request.do) {
      case 'md5': {
        const { id, fd, offsetBytes, sizeBytes } = request;
        const md5 = startMd5();
        this.#waiting.push({ id, fd, positionBytes: offsetBytes, leftBytes: sizeBytes, md5 });
        break;
      }
      case 'sha256': {
        const { id, fd, sizeBytes } = request;
        this.#files.push({ id, fd, positionBytes: 0, sizeBytes, hash: createHash('sha256') });
        break;
      }
      case 'drop':
        this.#drop(request.id);
        break;
    }
    this.#wake();
  }

  #wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#awake = false;
    while (this.#waiting.length > 0 && this.#free.length > 0) {
      const lane = this.#free.pop() as number;
      this.#running.push({ ...(this.#waiting.shift() as Omit<PartJob, 'lane'>), lane });
    }
    if (this.#running.length > 0) this.#hashParts();
    else if (this.#files[0]) this.#hashFile(this.#files[0]);
    else return;
    this.#wake();
  }

  #hashParts(): void {
    const works: LaneWork[] = [];
    for (const job of this.#running) {
      const sizeBytes = Math.min(BLOCK_BYTES, job.leftBytes);
      try {
        const block = this.#lanes.block(job.lane).subarray(0, sizeBytes);
        readFully(job.fd, block, job.positionBytes);
      } catch (error) {
        this.#end(job, failed(error));
        continue;
      }
      job.positionBytes += sizeBytes;
      job.leftBytes -= sizeBytes;
      works.push({ lane: job.lane, md5: job.md5, sizeBytes, last: job.leftBytes === 0 });
    }
    this.#lanes.update(works);
    for (const job of this.#running) {
      if (job.leftBytes === 0) this.#end(job, { digest: md5Hex(job.md5) });
    }
  }

  #end(job: PartJob, how: { digest: string } | { fileError: string | null }): void {
    this.#running = this.#running.filter(({ id }) => id !== job.id);
    this.#free.push(job.lane);
    this.#answer({ id: job.id, ...how });
  }

  #hashFile(job: FileJob): void {
    const sizeBytes = Math.min(FILE_BLOCK_BYTES, job.sizeBytes - job.positionBytes);
    const block = this.#fileBlock.subarray(0, sizeBytes);
    try {
      readFully(job.fd, block, job.positionBytes);
    } catch (error) {
      this.#files.shift();
      this.#answer({ id: job.id, ...failed(error) });
      return;
    }
    job.hash.update(block);
    job.positionBytes += sizeBytes;
    if (job.positionBytes < job.sizeBytes) return;
    this.#files.shift();
    this.#answer({ id: job.id, digest: job.hash.digest('hex') });
  }

  #drop(dropped: number): void {
    const isIt = ({ id }: { id: number }): boolean => id === dropped;
    const running = this.#running.find(isIt);
    const waiting = this.#waiting.findIndex(isIt);
    if (running) {
      this.#running = this.#running.filter((job) => !isIt(job));
      this.#free.push(running.lane);
    } else if (waiting >= 0) this.#waiting.splice(waiting, 1);
    else if (this.#files.some(isIt)) this.#files = this.#files.filter((job) => !isIt(job));
    // Otherwise it has been answered already.
    else return;
    this.#answer({ id: dropped, dropped: true });
  }
}

function failed(error: unknown): { fileError: string | null } {
  if (error instanceof ReadError) return { fileError: error.fileError };
  throw error;
}
