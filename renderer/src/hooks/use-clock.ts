import { useRef, useSyncExternalStore } from 'react';
import { roundJobTimeLeft } from '../state/time-left';

/** One timer for all listeners. It stops when there are none, and skips ticks while the page is hidden. */
function createTicker(intervalMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    if (!document.hidden) for (const listener of [...listeners]) listener();
  };
  return (listener: () => void) => {
    listeners.add(listener);
    if (listeners.size === 1) {
      timer = setInterval(tick, intervalMs);
      document.addEventListener('visibilitychange', tick);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  };
}

const everyTenSeconds = createTicker(10_000);
const everySecond = createTicker(1_000);

/** Whole minutes since a moment, kept up to date. Renders only when the minute changes. */
export function useMinutesSince(atMs: number): number {
  return useSyncExternalStore(everyTenSeconds, () =>
    Math.max(0, Math.floor((Date.now() - atMs) / 60_000)),
  );
}

/** Whole seconds until a moment, kept up to date; 0 once it is past, null without a moment. */
export function useSecondsUntil(atMs: number | null): number | null {
  return useSyncExternalStore(everySecond, () =>
    atMs === null ? null : Math.max(0, Math.ceil((atMs - Date.now()) / 1_000)),
  );
}

/** Whether a moment has come, kept up to date; false without one. Renders only when that changes. */
export function useHasCome(atMs: number | null): boolean {
  return useSyncExternalStore(everySecond, () => atMs !== null && Date.now() >= atMs);
}

/**
 * The time until an estimated end, rounded and kept up to date: 0 for less than a minute, null
 * without an estimate or once it is past.
 */
export function useTimeLeft(atMs: number | null): number | null {
  const shownMs = useRef<number | null>(null);
  return useSyncExternalStore(everyTenSeconds, () => {
    shownMs.current = atMs === null ? null : roundJobTimeLeft(atMs - Date.now(), shownMs.current);
    return shownMs.current;
  });
}
