import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../main/compose/system-clock';
import type { Clock } from '../../../main/domain/clock';
import { delay } from '../../../main/domain/delay';
import type { LogFields } from '../../../main/domain/logger';
import type { UploadRemote } from '../../../main/domain/service';
import type { Upload, UploadEvent, UploadProgress, UploadState } from '../../../main/domain/upload';
import { createJsonClient } from '../../../main/http/json-client';
import { createUploads } from '../../../main/services/autoposting/uploads';
import type { UploadQueueDeps } from '../../../main/uploads/deps';
import { createUploadQueue, type UploadQueue } from '../../../main/uploads/queue';
import type { UploadLimits } from '../../../main/uploads/scheduler';
import {
  createPartWorkers,
  type PartWorkers,
  type RunningPartWorkers,
} from '../../../main/uploads/workers/part-workers';
import { makeQuiet } from '../../builders/quiet-file';
import type { Simulator } from '../../simulator/client';
import { MemoryStore, mortal } from './memory-store';
import { JITTER, QueueClock } from './queue-clock';
import { startWorker } from './worker';

export const MIB = 1024 * 1024;
export const ACCOUNT = 'account-1';

/** Waits until a condition holds, checking every few milliseconds. Throws after a minute. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
    await delay(systemClock, 5);
  }
}

/** A folder for one test file, with videos that begin like MP4 and continue with random bytes. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'cliptray-uploads-'));

  video(name: string, sizeBytes: number): string {
    const path = join(this.path, name);
    const file = openSync(path, 'w');
    writeSync(file, Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom')]), 0, 12, 0);
    const noise = randomBytes(MIB);
    for (let at = 12; at < sizeBytes; at += noise.length) {
      noise.writeUInt32BE(at);
      writeSync(file, noise, 0, Math.min(noise.length, sizeBytes - at), at);
    }
    closeSync(file);
    makeQuiet(path);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

export interface RigOptions {
  store?: MemoryStore;
  limits?: UploadLimits;
  clock?: Clock;
  writers?: UploadQueueDeps['writers'];
  random?: () => number;
  workers?: (real: PartWorkers) => Partial<PartWorkers>;
  remote?: (real: UploadRemote) => UploadRemote;
}

/** Starting them takes most of a second, so the queues of a test file share them. */
let sharedWorkers: RunningPartWorkers | null = null;

/** Ends the workers, if there are any; the next queue starts new ones. */
export async function endWorkers(): Promise<void> {
  await sharedWorkers?.close();
  sharedWorkers = null;
}

function workers(): RunningPartWorkers {
  sharedWorkers ??= createPartWorkers({ startWorker, resolveProxy: async () => null });
  return sharedWorkers;
}

/** A queue with everything real around it, except for the database; nothing waits between tries. */
export class Rig {
  readonly store: MemoryStore;
  readonly queue: UploadQueue;
  /** The lines of the app's log, and the texts of its warnings. */
  readonly logLines: { level: string; message: string; fields?: LogFields }[] = [];
  readonly log: string[] = [];
  readonly events: { uploadId: string; event: UploadEvent }[] = [];
  readonly progress: { uploadId: string; atMs: number; progress: UploadProgress }[] = [];
  readonly states: { uploadId: string; state: UploadState; problem: string | null }[] = [];
  readonly #http = createJsonClient({ userAgent: 'cliptray-test', nowMs: Date.now });
  readonly #kill: () => void;
  readonly #unsubscribe: (() => void)[];
  readonly brandId: string;
  /** Accounts whose service can be called. */
  readonly accountIds = new Set([ACCOUNT]);
  /** Accounts that are being connected. */
  readonly connecting = new Set<string>();

  constructor(simulator: Simulator, brandId: string, options: RigOptions = {}) {
    this.store = options.store ?? new MemoryStore();
    this.brandId = brandId;
    const { store, kill } = mortal(this.store);
    this.#kill = kill;
    const real = createUploads(this.#http, {
      accountId: ACCOUNT,
      baseUrl: simulator.autopostingUrl,
      keyHeader: 'bearer',
      key: async () => simulator.keys.autoposting,
    });
    const remote = options.remote?.(real) ?? real;
    const deps: UploadQueueDeps = {
      store,
      workers: { ...workers(), ...options.workers?.(workers()) },
      uploadRemote: (accountId) => {
        if (this.connecting.has(accountId)) return 'not-yet';
        return this.accountIds.has(accountId) ? remote : null;
      },
      clock: options.clock ?? new QueueClock(),
      writers: options.writers ?? { has: async () => false },
      random: options.random ?? (() => JITTER),
      feed: this.store.feed,
      logger: {
        info: (message, fields) => void this.logLines.push({ level: 'info', message, fields }),
        warn: (message, fields) => {
          this.logLines.push({ level: 'warn', message, fields });
          this.log.push(String(fields?.text));
        },
        error: (message, fields) => void this.logLines.push({ level: 'error', message, fields }),
      },
    };
    const { feed } = this.store;
    this.#unsubscribe = [
      feed.on('uploads', ({ uploadId }) => {
        if (uploadId === null) return;
        const { state, problem } = this.store.get(uploadId) as Upload;
        this.states.push({ uploadId, state, problem });
      }),
      feed.on('uploadProgress', ({ uploadId, progress }) => {
        this.progress.push({ uploadId, atMs: performance.now(), progress });
      }),
      feed.on('uploadEvent', (event) => void this.events.push(event)),
    ];
    this.queue = createUploadQueue(deps, options.limits);
  }

  /** Adds a file and returns its upload id. Throws when it was refused. */
  async add(path: string): Promise<string> {
    const added = await this.queue.add(path, { accountId: ACCOUNT, brandId: this.brandId });
    if (added.outcome !== 'added') throw new Error(added.problem);
    return added.uploadId;
  }

  /** The machine woke up, or the network is back. */
  networkReturns(): void {
    this.store.feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
  }

  /** It is known by now whether calls can be made for the account. */
  accountConnected(accountId: string = ACCOUNT): void {
    this.store.feed.emit('connection', { accountId, isConnected: true });
  }

  upload(id: string): Upload {
    return this.store.get(id) as Upload;
  }

  /** The events of one kind so far. */
  happened(kind: UploadEvent['kind']): UploadEvent[] {
    return this.events.map(({ event }) => event).filter((event) => event.kind === kind);
  }

  /** Waits for a state; fails at once when the upload has failed instead. */
  async reaches(id: string, state: UploadState): Promise<Upload> {
    await until(`${id} is ${state}`, () => {
      const upload = this.upload(id);
      if (upload.state === 'failed' && state !== 'failed') throw new Error(`${upload.problem}`);
      return upload.state === state;
    });
    return this.upload(id);
  }

  /** What SIGKILL leaves: connections are cut, nothing more is stored, no listener is called. */
  async kill(): Promise<void> {
    this.#kill();
    this.#http.resetConnections();
    await endWorkers();
    await this.end();
  }

  async end(): Promise<void> {
    await this.queue.close();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.#http.close();
  }
}
