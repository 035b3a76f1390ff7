import { net, powerMonitor, session } from 'electron';

/** How often to ask the system for the network while it is away. */
const CHECK_MS = 3000;

/** Whether the system sees any network at all. */
export const systemOnline = (): boolean => net.isOnline();

/**
 * Calls `onReturn` when the machine wakes or gets its network back. Electron tells
 * nothing of the network in main, so it is asked, but only while `away` says that there is a reason.
 */
export function followNetwork(away: () => boolean, onReturn: (why: 'wake' | 'network') => void) {
  powerMonitor.on('resume', () => onReturn('wake'));
  let online = net.isOnline();
  const timer = setInterval(() => {
    if (!away() && online) return;
    const now = net.isOnline();
    if (now && !online) onReturn('network');
    online = now;
  }, CHECK_MS);
  return () => clearInterval(timer);
}

/** Asks Chromium, which knows the system's proxy settings, since undici does not. A PAC answer. */
export function systemProxy(origin: string): Promise<string> {
  return session.defaultSession.resolveProxy(origin);
}
