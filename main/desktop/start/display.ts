import { connect } from 'node:net';
import { join } from 'node:path';
import { type DisplayServerFacts, usesWayland } from '../window/display-server';

/** A display that neither answers nor refuses for this long is left to Chromium, in milliseconds. */
const ANSWER_MS = 3000;

/** Where a display server listens: one of these has to answer. Null when that cannot be told. */
type Addresses = { path: string }[] | { host: string; port: number }[] | null;

/** Of `DISPLAY`, such as `:0`, `unix:1` or `localhost:10.0`. */
export function x11Addresses(display: string | undefined): Addresses {
  if (!display) return [];
  const found = /^([^/]*):(\d+)(?:\.\d+)?$/.exec(display);
  // A path, or a protocol that is spelt out.
  if (!found) return null;
  const [, host = '', number = ''] = found;
  if (host !== '' && host !== 'unix') {
    return [{ host: host.replace(/^\[|\]$/g, ''), port: 6000 + Number(number) }];
  }
  const path = `/tmp/.X11-unix/X${number}`;
  // The second is in Linux's name space of sockets without files.
  return [{ path }, { path: `\0${path}` }];
}

/** Of `WAYLAND_DISPLAY`, a name in the runtime folder or a path. */
export function waylandAddresses(env: NodeJS.ProcessEnv): Addresses {
  // A socket that was opened already by whoever started us.
  if (env.WAYLAND_SOCKET) return null;
  const name = env.WAYLAND_DISPLAY || 'wayland-0';
  if (name.startsWith('/')) return [{ path: name }];
  return env.XDG_RUNTIME_DIR ? [{ path: join(env.XDG_RUNTIME_DIR, name) }] : [];
}

function answers(address: { path: string } | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.setTimeout(ANSWER_MS, () => end(true));
  });
}

/**
 * Whether there is a display to make windows on. Chromium, which finds out only after our code has begun,
 * ends with a segmentation fault when there is none.
 */
export async function hasDisplay(facts: DisplayServerFacts): Promise<boolean> {
  const { platform, env, switchValue } = facts;
  if (platform !== 'linux') return true;
  const chosen = switchValue('ozone-platform');
  if (!['', 'auto', 'x11', 'wayland'].includes(chosen)) return true;
  const servers: Addresses[] = [];
  if (usesWayland(facts)) servers.push(waylandAddresses(env));
  if (chosen !== 'wayland') servers.push(x11Addresses(env.DISPLAY));
  for (const addresses of servers) {
    if (addresses === null) return true;
    for (const address of addresses) if (await answers(address)) return true;
  }
  return false;
}
