import { vi } from 'vitest';

/**
 * Waits until a check passes. A minute, not the second of vitest's own default: only a failure takes as
 * long, and a busy machine may keep this process waiting for longer than a second.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 60_000, interval: 10 });
}
