import type { Environment } from '../domain/environment';
import type { ChangeFeed } from '../events';

/** What is known of this machine and its desktop; it follows what the feed tells of them. */
export function createEnvironmentState(initial: Environment, feed: ChangeFeed) {
  let current = initial;

  function change(changes: Partial<Environment>): void {
    const names = Object.keys(changes) as (keyof Environment)[];
    if (names.every((name) => changes[name] === current[name])) return;
    current = { ...current, ...changes };
    feed.emit('environment', { changes });
  }

  // The desktop's answer to a notification is the best proof that it shows them.
  feed.on('delivery', ({ outcome }) => change({ notifications: outcome === 'shown' }));
  feed.on('connectivity', (reported) => {
    if (reported.kind === 'conditions') change({ metered: reported.conditions.metered });
  });

  return { current: (): Environment => current, change };
}
