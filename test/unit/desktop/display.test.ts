import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasDisplay, waylandAddresses, x11Addresses } from '../../../main/desktop/start/display';

const facts = (env: NodeJS.ProcessEnv, switches: Record<string, string> = {}) => ({
  platform: 'linux' as const,
  env,
  electronVersion: '45.4.1',
  switchValue: (name: string) => switches[name] ?? '',
});

it('knows where a display listens', () => {
  const path = '/tmp/.X11-unix/X7';
  expect(x11Addresses(':7')).toEqual([{ path }, { path: `\0${path}` }]);
  expect(x11Addresses('unix:7.0')).toEqual([{ path }, { path: `\0${path}` }]);
  expect(x11Addresses('localhost:10.0')).toEqual([{ host: 'localhost', port: 6010 }]);
  expect(x11Addresses('[::1]:1')).toEqual([{ host: '::1', port: 6001 }]);
  expect(x11Addresses('')).toEqual([]);
  expect(waylandAddresses({ XDG_RUNTIME_DIR: '/run/user/1' })).toEqual([
    { path: '/run/user/1/wayland-0' },
  ]);
  expect(waylandAddresses({ WAYLAND_DISPLAY: '/a/b' })).toEqual([{ path: '/a/b' }]);
});

it('leaves to Chromium what it cannot judge', async () => {
  expect(x11Addresses('/private/tmp/launch/org.xquartz:0')).toBeNull();
  expect(await hasDisplay(facts({ DISPLAY: 'tcp/a:b' }))).toBe(true);
  expect(await hasDisplay(facts({ WAYLAND_SOCKET: '3', WAYLAND_DISPLAY: 'x' }))).toBe(true);
  expect(await hasDisplay(facts({}, { 'ozone-platform': 'headless' }))).toBe(true);
  expect(await hasDisplay({ ...facts({}), platform: 'darwin' })).toBe(true);
});

it('finds a display only where one answers', async () => {
  expect(await hasDisplay(facts({}))).toBe(false);
  expect(await hasDisplay(facts({ DISPLAY: ':4711' }))).toBe(false);
  expect(await hasDisplay(facts({ DISPLAY: '127.0.0.1:59000' }))).toBe(false);
  const path = join(mkdtempSync(join(tmpdir(), 'display-')), 'wayland-1');
  const env = { WAYLAND_DISPLAY: path, XDG_SESSION_TYPE: 'wayland' };
  expect(await hasDisplay(facts(env))).toBe(false);
  const server = createServer().listen(path);
  try {
    expect(await hasDisplay(facts(env))).toBe(true);
    expect(await hasDisplay(facts(env, { 'ozone-platform': 'x11' }))).toBe(false);
    expect(await hasDisplay({ ...facts(env), electronVersion: '33.2.1' })).toBe(false);
  } finally {
    server.close();
  }
});
