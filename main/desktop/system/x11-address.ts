import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an X server listens, and which of its screens a program is to use. */
export interface X11Address {
  /** Paths of its socket to try; null for a server that is reached by TCP. */
  sockets: string[] | null;
  host: string;
  port: number;
  display: number;
  screen: number;
}

const SOCKETS = '/tmp/.X11-unix/X';
const FIRST_PORT = 6000;

/** Reads a display's name as in DISPLAY, `[HOST]:DISPLAY[.SCREEN]`; null for anything else. */
export function x11Address(name: string): X11Address | null {
  const parts = /^(?:[a-z]+\/)?([^:/]*):(\d{1,5})(?:\.(\d{1,3}))?$/.exec(name);
  if (!parts) return null;
  const [, host = '', display = '0', screen = '0'] = parts;
  const path = `${SOCKETS}${display}`;
  return {
    // Linux has a second, abstract socket, which is there without the file too.
    sockets: host === '' || host === 'unix' ? [path, `\0${path}`] : null,
    host,
    port: FIRST_PORT + Number(display),
    display: Number(display),
    screen: Number(screen),
  };
}

/** What a client shows to the server so that it may connect. */
export interface X11Cookie {
  name: string;
  data: Buffer;
}

const NO_COOKIE: X11Cookie = { name: '', data: Buffer.alloc(0) };
const COOKIE_NAME = 'MIT-MAGIC-COOKIE-1';

/** The cookie for a display in the text of an authority file; none if it has none. */
export function cookieFor(file: Buffer, display: number): X11Cookie {
  let at = 2;
  const field = (): Buffer => {
    const length = file.readUInt16BE(at);
    at += 2 + length;
    return file.subarray(at - length, at);
  };
  try {
    while (at < file.length) {
      field();
      const number = field().toString();
      const name = field().toString();
      const data = field();
      at += 2;
      if (name === COOKIE_NAME && (number === '' || Number(number) === display)) {
        return { name, data };
      }
    }
  } catch {
    // A file that ends in the middle of an entry.
  }
  return NO_COOKIE;
}

/** The cookie for a display from the user's authority file. */
export async function readCookie(display: number): Promise<X11Cookie> {
  const path = process.env.XAUTHORITY || join(homedir(), '.Xauthority');
  return readFile(path).then(
    (file) => cookieFor(file, display),
    () => NO_COOKIE,
  );
}
