import type { Clock } from '../../domain/clock';
import type { NetworkConditions } from '../../domain/connectivity';
import type { Logger } from '../../domain/logger';
import type { ChangeFeed } from '../../events';
import { reportLateTimers } from './sleep-wake';

/** Electron has no event for the network in the main process, so it is asked: two cheap calls. */
const CHECK_MS = 5000;
/** The system and late timers report the same wake within this time. */
const ONE_WAKE_MS = 5000;

export interface ConnectivityDeps {
  clock: Clock;
  feed: ChangeFeed;
  logger: Logger;
  /** Whether the system sees any network at all. */
  isOnline: () => boolean;
  ownAddresses: () => ReadonlySet<string>;
  /** Calls back when the system says that the machine woke up; returns what ends that. */
  followSleepWake: (onWake: () => void) => () => void;
  /** Calls back with what the system says of the network's price; may never do so. */
  followMetered: (onChange: (metered: boolean) => void) => void;
}

/**
 * The one place that knows whether the network is there and whether the machine slept. It reports
 * each cause once on the feed: the network's conditions, a lost address, and `resumed` after a wake
 * or when the network is back.
 */
export function createConnectivity(deps: ConnectivityDeps) {
  const { feed, logger } = deps;
  let conditions: NetworkConditions = { online: deps.isOnline(), metered: false };
  let addresses = deps.ownAddresses();
  let lastWakeMs = Number.NEGATIVE_INFINITY;
  let cancelCheck = () => {};
  let stopFollowing = () => {};

  function wake(): void {
    const nowMs = deps.clock.nowMs();
    if (Math.abs(nowMs - lastWakeMs) < ONE_WAKE_MS) return;
    lastWakeMs = nowMs;
    logger.info('connectivity', { change: 'wake' });
    feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
  }

  const clock = reportLateTimers(deps.clock, wake);

  function change(next: NetworkConditions): void {
    if (next.online === conditions.online && next.metered === conditions.metered) return;
    const isReturn = next.online && !conditions.online;
    conditions = next;
    logger.info('connectivity', { online: next.online, metered: next.metered });
    feed.emit('connectivity', { kind: 'conditions', conditions });
    if (isReturn) feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
  }

  function check(): void {
    const before = addresses;
    addresses = deps.ownAddresses();
    change({ ...conditions, online: deps.isOnline() });
    if ([...before].some((address) => !addresses.has(address))) {
      logger.info('connectivity', { change: 'address lost' });
      feed.emit('connectivity', { kind: 'address-lost' });
    }
    cancelCheck = clock.after(CHECK_MS, check);
  }

  return {
    /** The app's clock: any of its timers that fires far too late tells of a wake. */
    clock,
    isOnline: (): boolean => conditions.online,
    /** Reports how the network stands, and each change from then on. */
    start(): void {
      feed.emit('connectivity', { kind: 'conditions', conditions });
      stopFollowing = deps.followSleepWake(wake);
      deps.followMetered((metered) => change({ ...conditions, metered }));
      cancelCheck = clock.after(CHECK_MS, check);
    },
    stop(): void {
      stopFollowing();
      cancelCheck();
    },
  };
}
