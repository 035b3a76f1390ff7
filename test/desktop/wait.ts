import { setTimeout as delay } from 'node:timers/promises';

/** How long a wait lasts by default, in milliseconds: long, since only a failure takes as long. */
export const defaultTimeoutMs = 60_000;

/** How often a condition is checked again when nothing announces a change, in milliseconds. */
const pollMs = 50;

export interface WaitOptions {
  /** Milliseconds. */
  timeoutMs?: number;
  /** What is awaited, for the message of a failure: "a menu item that says Pause". */
  what?: string;
}

/**
 * Reads a value until it satisfies `accept`, and returns it. `changed` may resolve early to have
 * the value read again at once. Errors of `read` count as "not yet". Throws when the time is over,
 * with the last value that was read.
 */
export async function waitFor<T>(
  read: () => T | Promise<T>,
  accept: (value: T) => boolean,
  options: WaitOptions = {},
  changed: () => Promise<unknown> = () => new Promise(() => {}),
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const deadlineMs = Date.now() + timeoutMs;
  let last: unknown = 'nothing was read';
  for (;;) {
    // Called before reading, so that a change during the read is not missed.
    const change = changed();
    try {
      const value = await read();
      if (accept(value)) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= deadlineMs) break;
    const timer = new AbortController();
    await Promise.race([
      change,
      delay(pollMs, undefined, { signal: timer.signal }).catch(() => {}),
    ]);
    timer.abort();
  }
  throw new Error(
    `Waited ${timeoutMs} ms for ${options.what ?? 'a condition'}. Last seen: ${asText(last)}`,
  );
}

function asText(value: unknown): string {
  if (value instanceof Error) return value.message;
  return (JSON.stringify(value, undefined, 1) ?? String(value)).slice(0, 4000);
}
