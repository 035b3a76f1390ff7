import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usesWayland } from '../../../main/desktop/window/display-server';
import { followReachability } from '../../../main/desktop/window/reachability';
import { createReopenLimit } from '../../../main/desktop/window/reopen-limit';
import { createChangeFeed } from '../../../main/events';
import { silentLogger } from '../../builders/logger';

describe('on which display server windows are made', () => {
  const on = (
    electronVersion: string,
    env: NodeJS.ProcessEnv,
    switches: Record<string, string> = {},
  ) =>
    usesWayland({
      platform: 'linux',
      env,
      electronVersion,
      switchValue: (name) => switches[name] ?? '',
    });
  const session = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };

  it('is Wayland by itself only where Electron chooses it', () => {
    expect(on('33.2.1', session)).toBe(false);
    expect(on('38.0.0', session)).toBe(true);
    expect(on('45.4.1', { WAYLAND_DISPLAY: 'wayland-1' })).toBe(true);
    expect(on('45.4.1', { XDG_SESSION_TYPE: 'wayland' })).toBe(true);
    expect(on('45.4.1', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' })).toBe(false);
  });

  it('is what the user asks for', () => {
    const x11 = { DISPLAY: ':0' };
    expect(on('33.2.1', x11, { 'ozone-platform': 'wayland' })).toBe(true);
    expect(on('45.4.1', session, { 'ozone-platform': 'x11' })).toBe(false);
    expect(on('33.2.1', session, { 'ozone-platform-hint': 'auto' })).toBe(true);
    expect(on('33.2.1', session, { 'ozone-platform-hint': 'wayland' })).toBe(true);
    expect(on('33.2.1', { ...session, ELECTRON_OZONE_PLATFORM_HINT: 'auto' })).toBe(true);
    expect(on('33.2.1', x11, { 'ozone-platform-hint': 'auto' })).toBe(false);
  });

  it('is never Wayland on macOS and Windows', () => {
    const facts = { env: session, electronVersion: '45.4.1', switchValue: () => 'wayland' };
    expect(usesWayland({ ...facts, platform: 'darwin' })).toBe(false);
    expect(usesWayland({ ...facts, platform: 'win32' })).toBe(false);
  });
});

describe('a page that ends again and again', () => {
  it('is opened three times in a minute, and more only when its user says so', () => {
    let now = 0;
    const limit = createReopenLimit(() => now);
    expect([limit.allows(), limit.allows(), limit.allows(), limit.allows()]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    now = 59_000;
    expect(limit.allows()).toBe(false);
    limit.forget();
    expect(limit.allows()).toBe(true);
    now = 120_000;
    expect([limit.allows(), limit.allows(), limit.allows(), limit.allows()].at(-1)).toBe(false);
    now = -1_000_000;
    expect(limit.allows()).toBe(true);
  });
});

describe('a tray that goes away', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('does not take the app with it, and a panel that restarts opens no window', () => {
    const feed = createChangeFeed(silentLogger);
    const ensureReachable = vi.fn();
    followReachability({ feed, ensureReachable });
    feed.emit('environment', { changes: { trayHost: false } });
    vi.advanceTimersByTime(3000);
    feed.emit('environment', { changes: { metered: true } });
    feed.emit('environment', { changes: { trayHost: true } });
    vi.runAllTimers();
    expect(ensureReachable).not.toHaveBeenCalled();
    feed.emit('environment', { changes: { trayHost: false } });
    vi.advanceTimersByTime(10_000);
    expect(ensureReachable).toHaveBeenCalledOnce();
  });
});
