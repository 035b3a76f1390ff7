/** What decides about Chromium's messages, so that it can be tested without a desktop. */
export interface ChromiumLogFacts {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The arguments of the program. */
  argv: readonly string[];
  /** Whether there is a file, or a socket, at a path. */
  exists(path: string): boolean;
}

/** Where libdbus looks for the system bus when the environment names none. */
const SYSTEM_BUS = 'unix:path=/var/run/dbus/system_bus_socket';

/** Switches and variables by which somebody asks for Chromium's messages, whatever they are. */
const ASKING_SWITCHES = /^--(enable-logging|log-level|log-file|v|vmodule)(=|$)/;
const ASKING_VARIABLES = ['ELECTRON_ENABLE_LOGGING', 'ELECTRON_LOG_FILE'];

/** Special characters of a path are written as in a URL. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether a bus may be behind an address, as far as it can be told at once. An address is a list of
 * alternatives; a socket that has a path must be there.
 * https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 */
function mayConnect(address: string, exists: (path: string) => boolean): boolean {
  return address.split(';').some((one) => {
    const path = /^unix:(?:.*,)?path=([^,]*)/.exec(one)?.[1];
    if (path !== undefined) return exists(unescaped(path));
    return /^(unix|tcp|nonce-tcp|unixexec|autolaunch|launchd|systemd):/.test(one);
  });
}

/**
 * Whether Chromium's errors are to be kept off the terminal. Without a session bus or a system bus,
 * Chromium says so a dozen times, once for each of its parts that tried, and the one line in which the
 * app says it is lost among them. Only errors of Chromium's main process are dropped, since it has no
 * switch for some of them; fatal ones, and those of its other processes, are still shown.
 */
export function dropsChromiumErrors({ platform, env, argv, exists }: ChromiumLogFacts): boolean {
  if (platform !== 'linux') return false;
  if (argv.some((argument) => ASKING_SWITCHES.test(argument))) return false;
  if (ASKING_VARIABLES.some((name) => env[name])) return false;
  const session = env.DBUS_SESSION_BUS_ADDRESS ?? '';
  const system = env.DBUS_SYSTEM_BUS_ADDRESS || SYSTEM_BUS;
  return !mayConnect(session, exists) || !mayConnect(system, exists);
}
