import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// React asks for this before it lets a test wait for its updates.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

// Testing Library lets time pass after each event, and knows only the fake timers of Jest.
Object.assign(globalThis, { jest: { advanceTimersByTime: vi.advanceTimersByTime } });

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
