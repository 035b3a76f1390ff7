import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

const flags = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/** Turns of the event loop in which React renders an answer, runs its effects, and renders again. */
const TURNS = 4;

// React asks for this before it lets a test wait for its updates.
flags.IS_REACT_ACT_ENVIRONMENT = true;

// Around each action of a test. Testing Library's own wrapper waits with a timer, which on a busy
// machine ends before React's scheduler, which uses setImmediate, has rendered what main answered.
configure({
  // Only a failure takes as long; the default of a second is too short for a busy machine.
  asyncUtilTimeout: 30_000,
  async asyncWrapper(action) {
    flags.IS_REACT_ACT_ENVIRONMENT = false;
    try {
      const result = await action();
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
      return result;
    } finally {
      flags.IS_REACT_ACT_ENVIRONMENT = true;
    }
  },
});

// In happy-dom `document instanceof Document` is false. React Aria asks exactly that before it looks
// where the focus is, and would move the focus of every dialog from its button to the dialog.
Object.defineProperty(Document, Symbol.hasInstance, {
  configurable: true,
  value: (node: Node | null) => node?.nodeType === Node.DOCUMENT_NODE,
});

beforeEach(() => {
  // happy-dom has no layout, so there is nothing to scroll.
  Element.prototype.scrollIntoView = () => {};
  localStorage.clear();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
