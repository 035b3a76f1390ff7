import type { AppState } from '../../../preload/contract';
import type { Observable } from './observable';
import type { WindowState } from './window-state';

/**
 * Holds what other programs ask the window for until it can do it: main's state has to be there, and a
 * dialog that is open is answered first, since there is only one. Requests are done in order, once each.
 */
export function createWaitingRequests(
  app: Observable<AppState | null>,
  window: Observable<WindowState>,
): (request: () => void) => void {
  const waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const mayGoOn = () => app.get() !== null && window.get().dialog === null;

  function next(): void {
    timer = null;
    if (mayGoOn()) waiting.shift()?.();
    plan();
  }

  function plan(): void {
    if (timer !== null || waiting.length === 0 || !mayGoOn()) return;
    // In a turn of its own: a dialog that closes may be about to open the next one itself.
    timer = setTimeout(next, 0);
  }

  app.subscribe(plan);
  window.subscribe(plan);

  return (request) => {
    waiting.push(request);
    if (waiting.length === 1 && timer === null && mayGoOn()) next();
    else plan();
  };
}
