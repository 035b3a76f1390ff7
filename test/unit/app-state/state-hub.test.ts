import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStateHub } from '../../../main/app-state/state-hub';
import type { PatchMessage } from '../../../preload/contract';
import { sampleAppState } from '../../builders/app-state';
import { sampleLine } from '../../builders/clip-line';

const line = (title: string, jobIds: string[] = []) => sampleLine({ id: '1', title, jobIds });

let sent: PatchMessage[];
let hub: ReturnType<typeof createStateHub>;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  hub = createStateHub(sampleAppState({ services: [] }), (message) => sent.push(message));
});

afterEach(() => {
  vi.useRealTimers();
});

/** A window as the renderer keeps it: a snapshot, then patches in order. */
function windowState() {
  const { sequence, state } = hub.snapshot();
  const from = sent.length;
  return () => {
    let at = sequence;
    for (const message of sent.slice(from)) {
      expect(message.sequence).toBe(at + 1);
      at = message.sequence;
      for (const { collection, id, value } of message.patches) {
        const entries: Record<string, unknown> = state[collection];
        if (value === null) delete entries[id];
        else entries[id] = value;
      }
    }
    return state;
  };
}

describe('a window', () => {
  it('has what main has after the patches, whenever it opened', () => {
    hub.put('lines', '1', line('a'));
    const early = windowState();
    hub.put('lines', '2', line('b'));
    vi.runAllTimers();
    hub.put('lines', '1', null);
    const late = windowState();
    hub.put('lines', '2', line('c'));
    vi.runAllTimers();
    expect(early()).toEqual(hub.snapshot().state);
    expect(late()).toEqual(hub.snapshot().state);
  });

  it('is not sent what did not change', () => {
    hub.put('lines', '1', line('a', ['1', '2']));
    vi.runAllTimers();
    hub.put('lines', '1', line('a', ['1', '2']));
    hub.put('lines', 'none', null);
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
  });

  it('gets a burst as one message with the last value of each entry', () => {
    for (let n = 0; n < 50; n += 1) hub.put('lines', '1', line(`${n}`));
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.patches).toEqual([{ collection: 'lines', id: '1', value: line('49') }]);
  });

  it('cannot change main’s state through its snapshot', () => {
    hub.put('lines', '1', line('a'));
    const { state } = hub.snapshot();
    state.lines['1'] = line('changed');
    expect(hub.snapshot().state.lines['1']).toEqual(line('a'));
  });
});

it('replacing a collection removes what is not in it', () => {
  hub.put('lines', '1', line('a'));
  hub.replace('lines', new Map([['2', line('b')]]));
  expect(Object.keys(hub.snapshot().state.lines)).toEqual(['2']);
});
