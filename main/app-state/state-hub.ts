import { isDeepStrictEqual } from 'node:util';
import type {
  AppState,
  Collection,
  Patch,
  PatchMessage,
  StateCollections,
  StateEntry,
  StateSnapshot,
} from '../../preload/contract';

/** Changes within this span are sent together, so that a burst costs one repaint. */
const BATCH_MS = 50;

/**
 * The state that windows show: a snapshot for each subscriber, then numbered patches for every
 * change. Setting an equal value changes nothing and sends nothing.
 */
export function createStateHub(initial: AppState, send: (message: PatchMessage) => void) {
  const state: AppState = structuredClone(initial);
  const collections: StateCollections = state;
  let sequence = 0;
  let batch = new Map<string, Patch>();
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    if (batch.size === 0) return;
    sequence += 1;
    send({ sequence, patches: [...batch.values()] });
    batch = new Map();
  }

  function put<C extends Collection>(collection: C, id: string, value: StateEntry<C> | null): void {
    const entries: Record<string, StateEntry<C>> = collections[collection];
    if (isDeepStrictEqual(entries[id] ?? null, value)) return;
    if (value === null) delete entries[id];
    else entries[id] = value;
    // The parameters belong together, which TypeScript does not see for a generic collection.
    batch.set(`${collection} ${id}`, { collection, id, value } as Patch);
    timer ??= setTimeout(flush, BATCH_MS);
  }

  return {
    /** Sets one entry; null removes it. */
    put,
    /** Makes the collection hold exactly these entries. */
    replace<C extends Collection>(
      collection: C,
      entries: ReadonlyMap<string, StateEntry<C>>,
    ): void {
      for (const id of Object.keys(collections[collection])) {
        if (!entries.has(id)) put(collection, id, null);
      }
      for (const [id, value] of entries) put(collection, id, value);
    },
    snapshot(): StateSnapshot {
      // The snapshot includes the waiting patches: sent after it, they would be applied twice.
      if (timer) clearTimeout(timer);
      flush();
      return { sequence, state: structuredClone(state) };
    },
    /** The state itself, to be read only: changes go through `put`. */
    state,
  };
}
