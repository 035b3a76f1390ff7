import { isDeepStrictEqual } from 'node:util';
import type {
  AppState,
  Collection,
  Patch,
  PatchMessage,
  StateSnapshot,
} from '../../preload/contract';

/** Patches of this span go out together: a burst of changes is one repaint. */
const GATHER_MS = 50;

/**
 * The state windows show: a snapshot for who subscribes, then numbered patches for every change.
 * Setting an equal value changes nothing and sends nothing.
 */
export function createStateHub(initial: AppState, send: (message: PatchMessage) => void) {
  const state: Record<Collection, Record<string, unknown>> = structuredClone(initial);
  let sequence = 0;
  let gathered = new Map<string, Patch>();
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    if (gathered.size === 0) return;
    sequence += 1;
    send({ sequence, patches: [...gathered.values()] });
    gathered = new Map();
  }

  function put(collection: Collection, id: string, value: unknown): void {
    if (isDeepStrictEqual(state[collection][id] ?? null, value)) return;
    if (value === null) delete state[collection][id];
    else state[collection][id] = value;
    gathered.set(`${collection} ${id}`, { collection, id, value });
    timer ??= setTimeout(flush, GATHER_MS);
  }

  return {
    put,
    /** Makes the collection hold exactly these entries. */
    replace(collection: Collection, entries: ReadonlyMap<string, unknown>): void {
      for (const id of Object.keys(state[collection])) {
        if (!entries.has(id)) put(collection, id, null);
      }
      for (const [id, value] of entries) put(collection, id, value);
    },
    snapshot(): StateSnapshot {
      // What is gathered is in the snapshot already; it must not come again as an old patch.
      if (timer) clearTimeout(timer);
      flush();
      return { sequence, state: structuredClone(state) as unknown as AppState };
    },
    state: state as unknown as AppState,
  };
}
