import { expect, it, vi } from 'vitest';
import { createEnvironmentState } from '../../../main/app-state/environment';
import type { Environment } from '../../../main/domain/environment';
import { createChangeFeed } from '../../../main/events';

const initial: Environment = {
  platform: 'linux',
  version: '1.0.0',
  keychain: 'ready',
  certificates: null,
  trayHost: false,
  notifications: true,
  doNotDisturb: false,
  online: true,
  metered: false,
  restarted: null,
  storage: null,
};

function start() {
  const feed = createChangeFeed({ error: vi.fn() });
  const changes: Partial<Environment>[] = [];
  const environment = createEnvironmentState(initial, feed);
  feed.on('environment', (change) => changes.push(change.changes));
  return { feed, environment, changes };
}

it('emits what changed, and nothing that stayed the same', () => {
  const { environment, changes } = start();
  environment.change({ trayHost: true });
  environment.change({ trayHost: true });
  expect(changes).toEqual([{ trayHost: true }]);
  expect(environment.current().trayHost).toBe(true);
});

it('learns from each delivery whether the desktop shows notifications', () => {
  const { feed, environment } = start();
  feed.emit('delivery', { outcome: 'not-shown' });
  expect(environment.current().notifications).toBe(false);
  feed.emit('delivery', { outcome: 'shown' });
  expect(environment.current().notifications).toBe(true);
});

it('follows the price of the network', () => {
  const { feed, environment } = start();
  feed.emit('connectivity', { kind: 'conditions', conditions: { online: true, metered: true } });
  expect(environment.current().metered).toBe(true);
});
