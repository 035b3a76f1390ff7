import { beforeEach, expect, it, vi } from 'vitest';
import type { DbusConnection } from '../../../main/desktop/system/dbus-connection';
import { followTrayHost } from '../../../main/desktop/system/tray-host';
import { followXembedTray } from '../../../main/desktop/system/xembed-tray';
import { silentLogger } from '../../builders/logger';

vi.mock('../../../main/desktop/system/xembed-tray', () => ({ followXembedTray: vi.fn() }));
const follow = vi.mocked(followXembedTray);

let isRegistered: boolean;
let setOwner: (owner: string | null) => void;
let hostSignal: () => void;
let setPanel: (window: number | null) => void;
let steps: string[];
/** Without an end, the X server has not said yet whether there is a panel. */
let xembedFound: Promise<void>;

/** Begins on a desktop with this watcher on the bus, and this panel on X11. */
async function start(watcher: string | null, panel: number | null, xDisplay: string | null = ':0') {
  follow.mockImplementation(async (_display, onChange) => {
    setPanel = onChange;
    await xembedFound;
    if (panel !== null) onChange(panel);
  });
  const bus = {
    async call() {
      return { body: [{ value: isRegistered }], sender: '' };
    },
    async onSignal(_source: unknown, accept: () => void) {
      hostSignal = accept;
    },
    async followNames(_names: unknown, onChange: (name: string, state: unknown) => void) {
      setOwner = (owner) => onChange('', { present: owner !== null, owner });
      setOwner(watcher);
    },
  } as unknown as DbusConnection;
  await followTrayHost({
    bus,
    xDisplay,
    logger: silentLogger,
    change: ({ trayHost }) => steps.push(trayHost ? 'there' : 'none'),
    feed: { emit: () => steps.push('new icon') },
  });
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  steps = [];
  isRegistered = true;
  xembedFound = Promise.resolve();
  follow.mockReset();
});

it('a host on the bus needs no look at X11', async () => {
  await start(':1.5', 7);
  expect(steps).toEqual(['there', 'new icon']);
  expect(follow).not.toHaveBeenCalled();
});

it.each([
  ['without a watcher', null],
  ['with a watcher that no host has registered with', ':1.5'],
])('%s, a panel that embeds icons counts', async (_what, watcher) => {
  isRegistered = false;
  await start(watcher, 7);
  expect(steps).toEqual(['there', 'new icon']);
  setPanel(null);
  expect(steps.slice(2)).toEqual(['none']);
  setPanel(8);
  expect(steps.slice(3)).toEqual(['there', 'new icon']);
});

it('on Wayland no icon can be embedded', async () => {
  await start(null, 7, null);
  expect(steps).toEqual(['none']);
});

it('the icon moves to a host that registers later, and to the panel when that one goes', async () => {
  isRegistered = false;
  await start(':1.5', 7);
  isRegistered = true;
  hostSignal();
  await settled();
  setOwner(null);
  await settled();
  expect(steps).toEqual(['there', 'new icon', 'there', 'new icon', 'there', 'new icon']);
  expect(follow).toHaveBeenCalledTimes(1);
});

it('a host that is told of twice gets one icon', async () => {
  await start(':1.5', null);
  hostSignal();
  await settled();
  expect(steps).toEqual(['there', 'new icon']);
});

it('a host that registers while the X server is asked is not missed, and stays when that answers', async () => {
  isRegistered = false;
  let answer = () => {};
  xembedFound = new Promise((resolve) => {
    answer = resolve;
  });
  const started = start(':1.5', null);
  await settled();
  isRegistered = true;
  hostSignal();
  await settled();
  expect(steps).toEqual(['there', 'new icon']);
  answer();
  await started;
  await settled();
  expect(steps).toEqual(['there', 'new icon']);
});

it('the only host that unregisters leaves none', async () => {
  await start(':1.5', null);
  isRegistered = false;
  hostSignal();
  await settled();
  expect(steps).toEqual(['there', 'new icon', 'none']);
});
