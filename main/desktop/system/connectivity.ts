import { networkInterfaces } from 'node:os';
import { app, net, powerMonitor } from 'electron';
import type { Logger } from '../../domain/logger';
import type { Platform } from '../platform';
import { followMetered } from './metered-network';

/** Electron tells nothing of the network in main, so it is asked this often: two cheap calls. */
const CHECK_MS = 5000;

/** What the system says of the network. */
export interface NetworkConditions {
  online: boolean;
  /** Paid by use. */
  metered: boolean;
}

export interface NetworkListener {
  /** The machine wakes. */
  onWake: () => void;
  /** Called at once, and at each change; `isReturn` when the network is back. */
  onConditions: (conditions: NetworkConditions, isReturn: boolean) => void;
  /** An address of this machine is gone, and with it every connection from it. */
  onAddressLost: () => void;
}

/** Whether the system sees any network at all. */
export const systemOnline = (): boolean => net.isOnline();

/** The addresses that connections to other machines can come from. */
function ownAddresses(): Set<string> {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(all.filter(({ internal }) => !internal).map(({ address }) => address));
}

/** Follows sleep and the network until the function it gives is called. */
export function followConnectivity(
  platform: Platform,
  logger: Logger,
  listener: NetworkListener,
): () => void {
  powerMonitor.on('resume', listener.onWake);
  let conditions: NetworkConditions = { online: net.isOnline(), metered: false };
  let addresses = ownAddresses();
  listener.onConditions(conditions, false);

  function change(next: NetworkConditions): void {
    const isReturn = next.online && !conditions.online;
    if (next.online === conditions.online && next.metered === conditions.metered) return;
    conditions = next;
    listener.onConditions(conditions, isReturn);
  }

  const timer = setInterval(() => {
    const before = addresses;
    addresses = ownAddresses();
    change({ ...conditions, online: net.isOnline() });
    if ([...before].some((address) => !addresses.has(address))) listener.onAddressLost();
  }, CHECK_MS);
  if (platform === 'linux') {
    void followMetered((metered) => change({ ...conditions, metered }), logger);
  }
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', listener.onWake);
  };
}

/** Asks Chromium, which knows the system's proxy settings, since undici does not. A PAC answer. */
export function systemProxy(origin: string): Promise<string> {
  // Not the session's, which would have to be made for it.
  return app.resolveProxy(origin);
}
