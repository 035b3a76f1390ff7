import { expect, it, vi } from 'vitest';
import { xDisplay } from '../../../main/desktop/window/x-display';

vi.mock('electron', () => ({ app: {} }));

const on = (electronVersion: string, env: NodeJS.ProcessEnv) =>
  xDisplay({ platform: 'linux', env, electronVersion, switchValue: () => '' });
const session = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };

it('a panel that embeds icons is looked for where windows are made on X11, not by the kind of session', () => {
  expect(on('33.2.1', session)).toBe(':0');
  expect(on('38.0.0', session)).toBeNull();
  const asksForWayland = { ...session, ELECTRON_OZONE_PLATFORM_HINT: 'wayland' };
  expect(on('33.2.1', { ...asksForWayland, XDG_SESSION_TYPE: 'tty' })).toBeNull();
  expect(on('33.2.1', { DISPLAY: ':1' })).toBe(':1');
  expect(on('33.2.1', {})).toBeNull();
});
