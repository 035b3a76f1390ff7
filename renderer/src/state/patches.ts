import type {
  AppState,
  Collection,
  Patch,
  StateCollections,
  StateEntry,
} from '../../../preload/contract';

function copyCollection<C extends Collection>(collections: StateCollections, name: C): void {
  collections[name] = { ...collections[name] };
}

function applyPatch<C extends Collection>(
  collections: StateCollections,
  { collection, id, value }: Patch<C>,
): void {
  const entries: Record<string, StateEntry<C>> = collections[collection];
  if (value === null) delete entries[id];
  else entries[id] = value;
}

/** Applies patches. Copies only what they touch; all other references stay the same. */
export function applyPatches(state: AppState, patches: Patch[]): AppState {
  const next = { ...state };
  for (const name of new Set(patches.map(({ collection }) => collection))) {
    copyCollection(next, name);
  }
  for (const patch of patches) applyPatch(next, patch);
  return next;
}

/** Whether two values from messages are deeply equal. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}

/** As `keepUnchanged`, for one collection; `old` itself when nothing changed. */
function keepUnchangedEntries<T extends object>(old: T, fresh: T): T {
  const merged = { ...fresh };
  let isUnchanged = Object.keys(old).length === Object.keys(fresh).length;
  for (const id in merged) {
    if (isSame(old[id], fresh[id])) merged[id] = old[id];
    else isUnchanged = false;
  }
  return isUnchanged ? old : merged;
}

/**
 * A fresh snapshot that reuses the old object of every entry that did not change, so that a new
 * snapshot does not render every row again.
 */
export function reuseUnchanged(old: AppState | null, fresh: AppState): AppState {
  if (!old) return fresh;
  return {
    accounts: keepUnchangedEntries(old.accounts, fresh.accounts),
    services: keepUnchangedEntries(old.services, fresh.services),
    lines: keepUnchangedEntries(old.lines, fresh.lines),
    uploads: keepUnchangedEntries(old.uploads, fresh.uploads),
    downloads: keepUnchangedEntries(old.downloads, fresh.downloads),
    app: keepUnchangedEntries(old.app, fresh.app),
  };
}
