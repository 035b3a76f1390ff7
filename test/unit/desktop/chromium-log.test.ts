import { describe, expect, it } from 'vitest';
import {
  type ChromiumLogFacts,
  dropsChromiumErrors,
} from '../../../main/desktop/start/chromium-log';

const SESSION = '/run/user/1000/bus';
const SYSTEM = '/var/run/dbus/system_bus_socket';

function drops(
  env: NodeJS.ProcessEnv,
  { argv = [], sockets = [SESSION, SYSTEM], platform = 'linux' }: Facts = {},
): boolean {
  return dropsChromiumErrors({ platform, env, argv, exists: (path) => sockets.includes(path) });
}
type Facts = Partial<Pick<ChromiumLogFacts, 'argv' | 'platform'>> & { sockets?: string[] };

const session = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${SESSION}` };

it('a desktop with both buses shows all that Chromium says', () => {
  expect(drops(session)).toBe(false);
  expect(drops({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${SESSION},guid=0a1b` })).toBe(false);
  expect(drops({ DBUS_SESSION_BUS_ADDRESS: `unix:guid=0a1b,path=${SESSION}` })).toBe(false);
  expect(drops({ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x' })).toBe(false);
  expect(drops({ DBUS_SESSION_BUS_ADDRESS: `unix:path=/gone;unix:path=${SESSION}` })).toBe(false);
});

describe('without a bus, a dozen lines of Chromium do not hide the one of the app', () => {
  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['no session bus', {}, [SYSTEM]],
    ['an empty address', { DBUS_SESSION_BUS_ADDRESS: '' }, [SYSTEM]],
    ['what Chromium makes of no address', { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, [SYSTEM]],
    ['an address that is none', { DBUS_SESSION_BUS_ADDRESS: 'nonsense' }, [SYSTEM]],
    ['a session bus that is gone', session, [SYSTEM]],
    ['no system bus', session, [SESSION]],
    [
      'a system bus that is gone',
      { ...session, DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/x' },
      [SESSION],
    ],
    ['neither', {}, []],
  ])('%s', (_, env, sockets) => {
    expect(drops(env, { sockets })).toBe(true);
  });
});

it('an escape in an address that is none does not stop the start', () => {
  expect(drops({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/%zz' })).toBe(true);
  expect(
    drops({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b' }, { sockets: ['/tmp/a b', SYSTEM] }),
  ).toBe(false);
});

it('whoever asks for Chromium’s messages gets them', () => {
  for (const argument of [
    '--enable-logging',
    '--enable-logging=stderr',
    '--log-level=0',
    '--v=1',
  ]) {
    expect(drops({}, { argv: [argument] }), argument).toBe(false);
  }
  expect(drops({ ELECTRON_ENABLE_LOGGING: '1' })).toBe(false);
  expect(drops({}, { argv: ['--version', '--verbose'] })).toBe(true);
});

it('other platforms have no such bus to miss', () => {
  expect(drops({}, { platform: 'darwin' })).toBe(false);
  expect(drops({}, { platform: 'win32' })).toBe(false);
});
