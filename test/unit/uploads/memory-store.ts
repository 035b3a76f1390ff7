import { moveInQueue } from '../../../main/domain/queue-order';
import {
  type FailedUpload,
  isUnfinished,
  type PartFacts,
  type QueueMove,
  type SentPart,
  type Upload,
  type UploadChanges,
  type UploadEvent,
} from '../../../main/domain/upload';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import type { ArrivedPart, UploadStore } from '../../../main/uploads/deps';
import type { PartRecord } from '../../../main/uploads/equal-parts';

/** A feed on which no listener may fail unnoticed. */
function strictFeed(): ChangeFeed {
  return createChangeFeed({
    error: (message, fields) => {
      throw new Error(`${message}: ${fields?.reason}`);
    },
  });
}

/**
 * An upload store without a disk, which emits on its feed as the repository does. It outlives a
 * queue, as the database outlives the app.
 */
export class MemoryStore implements UploadStore {
  #uploads = new Map<string, Upload>();
  readonly #parts = new Map<string, Map<number, SentPart>>();
  readonly #events = new Map<string, { atMs: number; event: UploadEvent }[]>();
  /** Every part ever recorded, as `uploadId/partNumber`. */
  readonly recorded: string[] = [];
  /** How the parts got there, in order of arrival. */
  readonly facts: ({ uploadId: string; partNumber: number } & PartFacts)[] = [];
  readonly feed = strictFeed();
  #depth = 0;
  #afterCommit: (() => void)[] = [];

  list(): Upload[] {
    return [...this.#uploads.values()].map((upload) => ({ ...upload }));
  }

  unfinished(): Upload[] {
    return this.list().filter(({ state }) => isUnfinished(state));
  }

  ofPath(path: string): Upload[] {
    return this.list().filter((upload) => upload.path === path);
  }

  get(id: string): Upload | null {
    const upload = this.#uploads.get(id);
    return upload ? { ...upload } : null;
  }

  insert(upload: Upload): void {
    this.#uploads.set(upload.id, { ...upload });
    this.#parts.set(upload.id, new Map());
    this.#changed(upload.id);
  }

  update(id: string, changes: UploadChanges): void {
    const upload = this.#uploads.get(id);
    if (!upload) return;
    this.#uploads.set(id, { ...upload, ...changes });
    this.#changed(id);
  }

  fail(id: string, how: FailedUpload): void {
    this.update(id, { state: 'failed', ...how });
    this.#emit(() => this.feed.emit('outbox', null));
  }

  move(id: string, to: QueueMove): void {
    const ended = this.list().filter(({ state }) => state === 'sent' || state === 'cancelled');
    const queue = this.list().filter(({ state }) => state !== 'sent' && state !== 'cancelled');
    const ids = [...ended.map((upload) => upload.id), ...moveInQueue(queue, id, to)];
    this.#uploads = new Map(ids.map((known) => [known, this.get(known) as Upload]));
    this.#changed(null);
  }

  recordParts(id: string, parts: ArrivedPart[]): void {
    for (const { part, facts } of parts) {
      this.#parts.get(id)?.set(part.partNumber, { ...part });
      this.recorded.push(`${id}/${part.partNumber}`);
      this.facts.push({ uploadId: id, partNumber: part.partNumber, ...facts });
    }
  }

  parts(id: string): SentPart[] {
    const parts = [...(this.#parts.get(id)?.values() ?? [])];
    return parts.sort((a, b) => a.partNumber - b.partNumber);
  }

  partRecords(id: string): PartRecord[] {
    return this.parts(id).map(({ partNumber, sizeBytes }) => {
      const last = this.facts.findLast(
        (one) => one.uploadId === id && one.partNumber === partNumber,
      );
      return { partNumber, sizeBytes, md5Hex: last?.md5Hex ?? '' };
    });
  }

  discardParts(id: string, partNumbers: number[], changes: UploadChanges): void {
    for (const number of partNumbers) this.#parts.get(id)?.delete(number);
    this.update(id, changes);
  }

  markChanged(id: string): void {
    this.update(id, { problem: 'file-changed-since' });
    this.#emit(() => this.feed.emit('outbox', null));
  }

  startOver(id: string, changes: UploadChanges): void {
    this.#parts.get(id)?.clear();
    this.update(id, changes);
  }

  addEvent(id: string, atMs: number, event: UploadEvent): void {
    const events = this.#events.get(id) ?? [];
    events.push({ atMs, event });
    this.#events.set(id, events);
    this.#emit(() => this.feed.emit('uploadEvent', { uploadId: id, event }));
  }

  /** The upload's log. */
  events(id: string): { atMs: number; event: UploadEvent }[] {
    return this.#events.get(id) ?? [];
  }

  together<T>(calls: () => T): T {
    this.#depth += 1;
    try {
      return calls();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) for (const task of this.#afterCommit.splice(0)) task();
    }
  }

  #changed(uploadId: string | null): void {
    this.#emit(() => this.feed.emit('uploads', { uploadId }));
  }

  /** At once, or when the current transaction is over. */
  #emit(task: () => void): void {
    if (this.#depth > 0) this.#afterCommit.push(task);
    else task();
  }
}

/** The store as seen by a process that can be killed: nothing gets through afterwards. */
export function mortal(store: UploadStore): { store: UploadStore; kill(): void } {
  let dead = false;
  return {
    store: new Proxy(store, {
      get: (target, name) => {
        if (dead) throw new Error('the process is gone');
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    kill: () => {
      dead = true;
    },
  };
}
