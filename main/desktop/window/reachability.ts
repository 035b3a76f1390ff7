import type { ChangeFeed } from '../../events';

/** A panel that is restarted is back within this time, in milliseconds. */
const PANEL_RESTART_MS = 10_000;

export interface ReachabilityDeps {
  feed: ChangeFeed;
  /** Opens the window if there is neither one nor an icon in the tray. */
  ensureReachable: () => void;
}

/**
 * Sees to it that the app can be found when the tray goes away while no window is open, as when a panel
 * crashes or an extension is switched off.
 */
export function followReachability({ feed, ensureReachable }: ReachabilityDeps): void {
  let timer: NodeJS.Timeout | null = null;
  feed.on('environment', ({ changes: { trayHost } }) => {
    if (trayHost === undefined) return;
    if (timer) clearTimeout(timer);
    timer = trayHost ? null : setTimeout(ensureReachable, PANEL_RESTART_MS);
  });
}
