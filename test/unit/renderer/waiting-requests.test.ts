import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../preload/contract';
import { createObservable } from '../../../renderer/src/state/observable';
import { createWaitingRequests } from '../../../renderer/src/state/waiting-requests';
import { createWindowState } from '../../../renderer/src/state/window-state';
import { sampleAppState } from '../../builders/app-state';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function opened(state: AppState | null = sampleAppState()) {
  const app = createObservable<AppState | null>(state);
  const window = createWindowState(new Set());
  const whenFree = createWaitingRequests(app, window);
  const done: string[] = [];
  const ask = (url: string) =>
    whenFree(() => {
      done.push(url);
      window.patch({ dialog: { kind: 'import', url } });
    });
  const close = () => {
    window.patch({ dialog: null });
    vi.runAllTimers();
  };
  return { app, window, done, ask, close };
}

describe('what other programs ask the window for', () => {
  it('is asked one after the other, so that a second link does not replace the first', () => {
    const { done, ask, close } = opened();
    for (const url of ['a', 'b', 'c']) ask(url);
    expect(done).toEqual(['a']);
    close();
    expect(done).toEqual(['a', 'b']);
    close();
    close();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('waits for the state that a new window does not have yet', () => {
    const { app, done, ask } = opened(null);
    ask('a');
    vi.runAllTimers();
    expect(done).toEqual([]);
    app.set(sampleAppState());
    vi.runAllTimers();
    expect(done).toEqual(['a']);
  });

  it('does not take the place of a dialog that the closed one opens', () => {
    const { window, done, ask, close } = opened();
    window.patch({ dialog: { kind: 'need-upload-account' } });
    ask('a');
    window.patch({ dialog: null });
    window.patch({ dialog: { kind: 'add-account', service: null } });
    vi.runAllTimers();
    expect(done).toEqual([]);
    close();
    expect(done).toEqual(['a']);
  });
});
