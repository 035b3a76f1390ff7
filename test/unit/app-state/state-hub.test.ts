import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStateHub } from '../../../main/app-state/state-hub';
import type { AppState, PatchMessage } from '../../../preload/contract';

const EMPTY = { accounts: {}, services: {}, lines: {}, app: { main: {} } } as unknown as AppState;

let sent: PatchMessage[];
let hub: ReturnType<typeof createStateHub>;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  hub = createStateHub(EMPTY, (message) => sent.push(message));
});

afterEach(() => {
  vi.useRealTimers();
});

/** A window as the renderer keeps it: a snapshot, then patches in order. */
function windowState() {
  const { sequence, state } = hub.snapshot();
  const copy = state as unknown as Record<string, Record<string, unknown>>;
  const from = sent.length;
  return () => {
    let at = sequence;
    for (const message of sent.slice(from)) {
      expect(message.sequence).toBe(at + 1);
      at = message.sequence;
      for (const { collection, id, value } of message.patches) {
        const entries = copy[collection] ?? {};
        if (value === null) delete entries[id];
        else entries[id] = value;
      }
    }
    return copy;
  };
}

describe('a window', () => {
  it('has, after the patches, what main has, whenever it came', () => {
    hub.put('lines', '1', { title: 'a' });
    const early = windowState();
    hub.put('lines', '2', { title: 'b' });
    vi.runAllTimers();
    hub.put('lines', '1', null);
    const late = windowState();
    hub.put('lines', '2', { title: 'c' });
    vi.runAllTimers();
    expect(early()).toEqual(hub.snapshot().state);
    expect(late()).toEqual(hub.snapshot().state);
  });

  it('is not woken for what did not change', () => {
    hub.put('lines', '1', { title: 'a', parts: [1, 2] });
    vi.runAllTimers();
    hub.put('lines', '1', { title: 'a', parts: [1, 2] });
    hub.put('lines', 'none', null);
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
  });

  it('gets a burst as one message with the last value of each', () => {
    for (let n = 0; n < 50; n += 1) hub.put('lines', '1', { n });
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.patches).toEqual([{ collection: 'lines', id: '1', value: { n: 49 } }]);
  });

  it('cannot change main’s state through its snapshot', () => {
    hub.put('lines', '1', { title: 'a' });
    const { state } = hub.snapshot();
    (state.lines as Record<string, unknown>)['1'] = 'changed';
    expect(hub.snapshot().state.lines['1']).toEqual({ title: 'a' });
  });
});

it('replacing a collection removes what is not in it', () => {
  hub.put('lines', '1', { title: 'a' });
  hub.replace('lines', new Map([['2', { title: 'b' }]]));
  expect(Object.keys(hub.snapshot().state.lines)).toEqual(['2']);
});
