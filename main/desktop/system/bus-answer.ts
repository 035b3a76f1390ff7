import { connect } from 'node:net';

const ANSWER_MS = 2000;

/** The socket of one address of the bus; null when it is of another kind. */
export function busSocket(address: string): string | null {
  const found = /^unix:(?:.*,)?(path|abstract)=([^,;]+)/.exec(address);
  if (!found) return null;
  const [, kind, escaped = ''] = found;
  try {
    const path = decodeURIComponent(escaped);
    return kind === 'abstract' ? `\0${path}` : path;
  } catch {
    return null;
  }
}

/** Whether a bus listens at this socket and answers: one that hangs accepts connections, too. */
function answersAt(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${user}\r\n`));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.setTimeout(ANSWER_MS, () => end(false));
  });
}

/**
 * Whether the session bus answers. True when it cannot be judged: without an address, or with one that is
 * no local socket. https://dbus.freedesktop.org/doc/dbus-specification.html#addresses
 */
export async function sessionBusAnswers(address: string | undefined): Promise<boolean> {
  const sockets = (address || '').split(';').filter(Boolean).map(busSocket);
  if (sockets.length === 0 || sockets.includes(null)) return true;
  for (const path of sockets) if (path !== null && (await answersAt(path))) return true;
  return false;
}
