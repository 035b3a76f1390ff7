import { describe, expect, it, vi } from 'vitest';
import type {
  AppState,
  ClipLine,
  Patch,
  PatchMessage,
  StateSnapshot,
} from '../../../preload/contract';
import { followAppState } from '../../../renderer/src/state/app-state';
import { sampleAppState } from '../../builders/app-state';
import { sampleLine } from '../../builders/clip-line';
import { eventually } from '../../eventually';

const line = (id: string, title: string) => sampleLine({ id, title });
const stateOf = (...lines: ClipLine[]) => sampleAppState({ services: [], lines });

/** A minimal main process: its snapshots wait until the test releases them. */
function fakeMain(state: AppState, sequence = 0) {
  const listeners = new Set<(message: PatchMessage) => void>();
  const waiting: (() => void)[] = [];
  let failures = 0;
  const main = {
    state,
    sequence,
    snapshotCount: 0,
    failNext: () => {
      failures += 1;
    },
    send(patches: Patch[]) {
      main.sequence += 1;
      for (const patch of patches) {
        const entries: Record<string, unknown> = main.state[patch.collection];
        if (patch.value === null) delete entries[patch.id];
        else entries[patch.id] = patch.value;
      }
      return { sequence: main.sequence, patches: structuredClone(patches) };
    },
    deliver: (message: PatchMessage) => {
      for (const listener of listeners) listener(message);
    },
    release: () => waiting.shift()?.(),
    bridge: {
      snapshot: () =>
        new Promise<StateSnapshot>((resolve, reject) => {
          main.snapshotCount += 1;
          waiting.push(() => {
            if (failures > 0) {
              failures -= 1;
              reject(new Error('main is not ready'));
            } else resolve(structuredClone({ sequence: main.sequence, state: main.state }));
          });
        }),
      onPatches: (listener: (message: PatchMessage) => void) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
  };
  return main;
}

const titles = (state: AppState | null) => Object.values(state?.lines ?? {}).map((l) => l.title);
const change = (id: string, title: string): Patch[] => [
  { collection: 'lines', id, value: line(id, title) },
];

describe('the state of main in a window', () => {
  it('misses no change that arrives while the first snapshot is pending', async () => {
    const main = fakeMain(stateOf(line('a', 'one')));
    const { state } = followAppState(main.bridge);
    main.release();
    main.deliver(main.send(change('a', 'two')));
    await eventually(() => expect(titles(state.get())).toEqual(['two']));
  });

  it('recovers the change of a lost message', async () => {
    const main = fakeMain(stateOf(line('a', 'one'), line('b', 'one')));
    const { state } = followAppState(main.bridge);
    main.release();
    await eventually(() => expect(state.get()).not.toBeNull());
    main.send(change('a', 'lost'));
    main.deliver(main.send(change('b', 'heard')));
    expect(main.snapshotCount).toBe(2);
    main.release();
    await eventually(() => expect(titles(state.get())).toEqual(['lost', 'heard']));
  });

  it('does not go back in time when an old message arrives after a snapshot', async () => {
    const main = fakeMain(stateOf(line('a', 'one')));
    const { state } = followAppState(main.bridge);
    const old = main.send(change('a', 'old'));
    main.send(change('a', 'new'));
    main.release();
    await eventually(() => expect(state.get()).not.toBeNull());
    main.deliver(old);
    expect(titles(state.get())).toEqual(['new']);
    expect(main.snapshotCount).toBe(1);
  });

  it('recovers after a failed snapshot', async () => {
    vi.useFakeTimers();
    const main = fakeMain(stateOf(line('a', 'one')));
    main.failNext();
    const { state } = followAppState(main.bridge);
    main.release();
    await vi.advanceTimersByTimeAsync(2_000);
    main.release();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
    expect(titles(state.get())).toEqual(['one']);
  });

  it('keeps every other row’s object when one line changes, so that only one row is rendered', async () => {
    const main = fakeMain(stateOf(line('a', 'one'), line('b', 'one')));
    const { state } = followAppState(main.bridge);
    main.release();
    await eventually(() => expect(state.get()).not.toBeNull());
    const before = state.get();
    main.deliver(main.send(change('a', 'two')));
    expect(state.get()?.lines.a).not.toBe(before?.lines.a);
    expect(state.get()?.lines.b).toBe(before?.lines.b);
    expect(state.get()?.accounts).toBe(before?.accounts);
  });

  it('keeps unchanged objects over a new snapshot, and drops what is gone', async () => {
    const main = fakeMain(stateOf(line('a', 'one'), line('b', 'one')));
    const { state } = followAppState(main.bridge);
    main.release();
    await eventually(() => expect(state.get()).not.toBeNull());
    const before = state.get();
    main.send([{ collection: 'lines', id: 'b', value: null }]);
    main.deliver(main.send([]));
    main.release();
    await eventually(() => expect(Object.keys(state.get()?.lines ?? {})).toEqual(['a']));
    expect(state.get()?.lines.a).toBe(before?.lines.a);
    expect(state.get()?.app).toBe(before?.app);
  });

  it('is not updated after it was closed', async () => {
    const main = fakeMain(stateOf(line('a', 'one')));
    const { state, close } = followAppState(main.bridge);
    main.release();
    await eventually(() => expect(state.get()).not.toBeNull());
    close();
    main.deliver(main.send(change('a', 'two')));
    expect(titles(state.get())).toEqual(['one']);
  });
});
