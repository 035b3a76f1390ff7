import type { DesktopEnvironment } from '../domain/environment';
import type { ChangeFeed } from '../events';

/** What is known of this machine and its desktop, kept up to date from the change feed. */
export function createEnvironmentState(initial: DesktopEnvironment, feed: ChangeFeed) {
  let current = initial;

  function change(changes: Partial<DesktopEnvironment>): void {
    const names = Object.keys(changes) as (keyof DesktopEnvironment)[];
    if (names.every((name) => changes[name] === current[name])) return;
    current = { ...current, ...changes };
    feed.emit('environment', { changes });
  }

  // Whether the desktop shows notifications is best learned from its answer to one.
  feed.on('delivery', ({ outcome }) => change({ notifications: outcome === 'shown' }));
  feed.on('storage', ({ problem }) => change({ storage: problem }));
  feed.on('certificates', ({ inUse }) => change({ certificates: inUse }));
  feed.on('keychain', ({ state }) => change({ keychain: state }));
  feed.on('connectivity', (reported) => {
    if (reported.kind === 'conditions') change({ metered: reported.conditions.metered });
  });

  return { current: (): DesktopEnvironment => current, change };
}
