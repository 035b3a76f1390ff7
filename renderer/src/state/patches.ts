import type { AppState, Patch } from '../../../preload/contract';

type Entries = Record<string, unknown>;

/** Applies patches. Copies only what they touch; all other references stay the same. */
export function applyPatches(state: AppState, patches: Patch[]): AppState {
  const next = { ...state } as unknown as Record<string, Entries>;
  const copied = new Set<string>();
  for (const { collection, id, value } of patches) {
    if (!copied.has(collection)) {
      next[collection] = { ...next[collection] };
      copied.add(collection);
    }
    const entries = next[collection] as Entries;
    if (value === null) delete entries[id];
    else entries[id] = value;
  }
  return next as unknown as AppState;
}

/** Whether two values from messages are deeply equal. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && isSame((a as Entries)[key], (b as Entries)[key]),
  );
}

/**
 * A fresh snapshot that reuses the old object of every entry that did not change, so that a new
 * snapshot does not render every row again.
 */
export function reuseUnchanged(old: AppState | null, fresh: AppState): AppState {
  if (!old) return fresh;
  const before = old as unknown as Record<string, Entries>;
  return Object.fromEntries(
    Object.entries(fresh as unknown as Record<string, Entries>).map(([collection, entries]) => {
      const known = before[collection] ?? {};
      const merged = Object.fromEntries(
        Object.entries(entries).map(([id, value]) => [
          id,
          isSame(known[id], value) ? known[id] : value,
        ]),
      );
      const unchanged =
        Object.keys(known).length === Object.keys(merged).length &&
        Object.keys(merged).every((id) => merged[id] === known[id]);
      return [collection, unchanged ? known : merged];
    }),
  ) as unknown as AppState;
}
