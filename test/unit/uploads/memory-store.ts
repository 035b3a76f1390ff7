import type { SentPart, Upload } from '../../../main/domain/upload';
import type { UploadChanges, UploadStore } from '../../../main/uploads/ports';

/** An upload store without a disk. It outlives a queue, as the database outlives the app. */
export class MemoryStore implements UploadStore {
  readonly #uploads = new Map<string, Upload>();
  readonly #parts = new Map<string, Map<number, SentPart>>();
  /** Every part ever recorded, as `uploadId/partNumber`. */
  readonly recorded: string[] = [];

  list(): Upload[] {
    return [...this.#uploads.values()].map((upload) => ({ ...upload }));
  }

  get(id: string): Upload | null {
    const upload = this.#uploads.get(id);
    return upload ? { ...upload } : null;
  }

  insert(upload: Upload): void {
    this.#uploads.set(upload.id, { ...upload });
    this.#parts.set(upload.id, new Map());
  }

  update(id: string, changes: UploadChanges): void {
    const upload = this.#uploads.get(id);
    if (upload) this.#uploads.set(id, { ...upload, ...changes });
  }

  recordPart(id: string, part: SentPart): void {
    this.#parts.get(id)?.set(part.partNumber, { ...part });
    this.recorded.push(`${id}/${part.partNumber}`);
  }

  parts(id: string): SentPart[] {
    const parts = [...(this.#parts.get(id)?.values() ?? [])];
    return parts.sort((a, b) => a.partNumber - b.partNumber);
  }

  startOver(id: string, changes: UploadChanges): void {
    this.update(id, changes);
    this.#parts.get(id)?.clear();
  }
}

/** The store as a process sees it that can be killed: nothing gets through afterwards. */
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
