import type { Clock } from '../../domain/clock';
import type { NetworkConditions } from '../../domain/connectivity';
import type { Logger } from '../../domain/logger';
import type { ChangeFeed } from '../../events';
import { detectWakes } from './sleep-wake';

/** Electron has no event for the network in the main process, so it is polled: two cheap calls. */
const CHECK_MS = 5000;

export interface ConnectivityDeps {
  clock: Clock;
  feed: ChangeFeed;
  logger: Logger;
  /** Whether the system sees any network at all. */
  isOnline: () => boolean;
  ownAddresses: () => ReadonlySet<string>;
  /** Calls `onWake` when the system says that the machine woke up, until the returned function is called. */
  followSleepWake: (onWake: () => void) => () => void;
  /** Calls `onChange` with whether the network is metered, as far as the system says so; perhaps never. */
  followMetered: (onChange: (metered: boolean) => void) => void;
}

/**
 * The one service that knows whether there is a network and whether the machine slept. It emits
 * `connectivity` once for each cause: the network's conditions, lost addresses, and `resumed` after a
 * wake or when the network is back.
 */
export function createConnectivity(deps: ConnectivityDeps) {
  const { feed, logger } = deps;
  let conditions: NetworkConditions = { online: deps.isOnline(), metered: false };
  let addresses = deps.ownAddresses();
  let cancelCheck = () => {};
  let stopFollowing = () => {};

  const { clock, reportWake } = detectWakes(deps.clock, (noticedBy) => {
    logger.info('connectivity', { change: 'wake', noticedBy });
    feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
  });

  function change(next: NetworkConditions): void {
    if (next.online === conditions.online && next.metered === conditions.metered) return;
    const isReturn = next.online && !conditions.online;
    conditions = next;
    logger.info('connectivity', { online: next.online, metered: next.metered });
    feed.emit('connectivity', { kind: 'conditions', conditions });
    if (isReturn) feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
  }

  function check(): void {
    // First: an error below must not end the checks.
    cancelCheck = clock.after(CHECK_MS, check);
    const before = addresses;
    addresses = deps.ownAddresses();
    change({ ...conditions, online: deps.isOnline() });
    const lost = [...before].filter((address) => !addresses.has(address));
    if (lost.length > 0) {
      logger.info('connectivity', { change: 'addresses lost', count: lost.length });
      feed.emit('connectivity', { kind: 'addresses-lost', addresses: lost });
    }
  }

  return {
    /** The app's clock: any of its timers that fires far too late reveals a wake. */
    clock,
    isOnline: (): boolean => conditions.online,
    /** Reports the network's conditions, and each change from then on. */
    start(): void {
      feed.emit('connectivity', { kind: 'conditions', conditions });
      stopFollowing = deps.followSleepWake(() => reportWake('the system'));
      deps.followMetered((metered) => change({ ...conditions, metered }));
      cancelCheck = clock.after(CHECK_MS, check);
    },
    stop(): void {
      stopFollowing();
      cancelCheck();
    },
  };
}
