import type { AppState, Bridge, PatchMessage } from '../../../preload/contract';
import { createObservable, type Observable } from './observable';
import { applyPatches, reuseUnchanged } from './patches';

const RETRY_DELAY_MS = 1_000;

/** Main's state as last received; null until the first snapshot arrives. */
interface AppStateFeed {
  state: Observable<AppState | null>;
  close(): void;
}

/**
 * Follows main's state: listens first, then asks for a snapshot, then applies patches in order.
 * A gap in the sequence, or a failed snapshot, leads to a new snapshot.
 */
export function followAppState(bridge: Pick<Bridge, 'snapshot' | 'onPatches'>): AppStateFeed {
  const state = createObservable<AppState | null>(null);
  let sequence = 0;
  let loading = false;
  let closed = false;
  let early: PatchMessage[] = [];
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** False when a message is missing before this one. */
  function take(message: PatchMessage): boolean {
    const current = state.get();
    if (!current || message.sequence > sequence + 1) return false;
    if (message.sequence === sequence + 1) {
      sequence = message.sequence;
      state.set(applyPatches(current, message.patches));
    }
    return true;
  }

  async function load(): Promise<void> {
    if (loading || closed) return;
    loading = true;
    try {
      const snapshot = await bridge.snapshot();
      if (closed) return;
      sequence = snapshot.sequence;
      state.set(reuseUnchanged(state.get(), snapshot.state));
      loading = false;
      const waiting = early;
      early = [];
      for (const message of waiting) receive(message);
    } catch {
      loading = false;
      if (!closed) retryTimer = setTimeout(load, RETRY_DELAY_MS);
    }
  }

  function receive(message: PatchMessage): void {
    if (!loading && take(message)) return;
    early.push(message);
    void load();
  }

  const unsubscribe = bridge.onPatches(receive);
  void load();
  return {
    state,
    close() {
      closed = true;
      clearTimeout(retryTimer);
      unsubscribe();
    },
  };
}
