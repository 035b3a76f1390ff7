import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cookieFor, x11Address } from '../../../main/desktop/system/x11-address';
import { followXembedTray } from '../../../main/desktop/system/xembed-tray';
import { silentLogger } from '../../builders/logger';

describe('the name of an X display', () => {
  it.each([
    [':0', { display: 0, screen: 0, sockets: ['/tmp/.X11-unix/X0', '\0/tmp/.X11-unix/X0'] }],
    [':12.1', { display: 12, screen: 1 }],
    ['unix:3', { display: 3, sockets: ['/tmp/.X11-unix/X3', '\0/tmp/.X11-unix/X3'] }],
    ['localhost:10.0', { host: 'localhost', port: 6010, sockets: null }],
    ['tcp/host:1', { host: 'host', port: 6001, sockets: null }],
  ])('%s', (name, address) => expect(x11Address(name)).toMatchObject(address));

  it.each(['', '0', 'wayland-0', ':', '/private/tmp/launch/org.xquartz:0'])(
    '%j is none',
    (name) => {
      expect(x11Address(name)).toBeNull();
    },
  );
});

it('the cookie is that of the display, and a damaged file has none', () => {
  const field = (text: string) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([0, bytes.length]), bytes]);
  };
  const entry = (number: string, data: string) =>
    Buffer.concat([
      Buffer.from([1, 0]),
      ...['host', number, 'MIT-MAGIC-COOKIE-1', data].map(field),
    ]);
  const file = Buffer.concat([entry('0', 'zero'), entry('12', 'twelve')]);
  expect(cookieFor(file, 12).data.toString()).toBe('twelve');
  expect(cookieFor(file, 3).name).toBe('');
  expect(cookieFor(entry('', 'any'), 3).data.toString()).toBe('any');
  for (let length = 0; length < file.length; length += 1) {
    expect(() => cookieFor(file.subarray(0, length), 12)).not.toThrow();
  }
});

let server: Server | null = null;
afterEach(
  () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
);

const ROOTS = [0x111, 0x222];

/** The answer of a server with two screens to a greeting. */
function welcome(): Buffer {
  const vendor = Buffer.from('maker\0\0\0');
  const screens = ROOTS.map((root, index) => {
    const depths = index === 0 ? 2 : 0;
    const bytes = Buffer.alloc(40 + depths * (8 + 24));
    bytes.writeUInt32LE(root, 0);
    bytes.writeUInt8(depths, 39);
    for (let depth = 0; depth < depths; depth += 1) bytes.writeUInt16LE(1, 40 + depth * 32 + 2);
    return bytes;
  });
  const head = Buffer.alloc(40);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(5, 24);
  head.writeUInt8(ROOTS.length, 28);
  head.writeUInt8(1, 29);
  const whole = Buffer.concat([head, vendor, Buffer.alloc(8), ...screens]);
  whole.writeUInt16LE((whole.length - 8) / 4, 6);
  return whole;
}

/** A server on TCP that knows one owner for each selection, and tells what it was asked. */
async function xServer(owners: Record<string, number>, greeting = welcome()) {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const atoms: string[] = [];
  server = createServer((socket) => {
    sockets.push(socket);
    let received = Buffer.alloc(0);
    let isGreeted = false;
    let sequence = 0;
    const reply = (value: number) => {
      const bytes = Buffer.alloc(32);
      bytes.writeUInt8(1, 0);
      bytes.writeUInt16LE(sequence, 2);
      bytes.writeUInt32LE(value, 8);
      // In two pieces, as a network may deliver it.
      socket.write(bytes.subarray(0, 5));
      setImmediate(() => socket.write(bytes.subarray(5)));
    };
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      received = Buffer.concat([received, piece]);
      if (!isGreeted) {
        isGreeted = true;
        received = Buffer.alloc(0);
        socket.write(greeting);
        return;
      }
      while (received.length >= 4 && received.length >= received.readUInt16LE(2) * 4) {
        const length = received.readUInt16LE(2) * 4;
        const request = received.subarray(0, length);
        received = received.subarray(length);
        sequence += 1;
        if (request[0] === 16) {
          const name = request.subarray(8, 8 + request.readUInt16LE(4)).toString();
          atoms.push(name);
          reply(atoms.length);
        } else if (request[0] === 23) {
          reply(owners[atoms[request.readUInt32LE(4) - 1] ?? ''] ?? 0);
        } else asked.push(`follow ${request.readUInt32LE(4).toString(16)}`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    display: (screen: number) => `127.0.0.1:${port - 6000}.${screen}`,
    asked,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('a panel that embeds icons', () => {
  it.each([
    [0, 0xaaa],
    [1, 0xbbb],
  ])('is that of screen %i', async (screen, owner) => {
    const x = await xServer({ _NET_SYSTEM_TRAY_S0: 0xaaa, _NET_SYSTEM_TRAY_S1: 0xbbb });
    const owners: (number | null)[] = [];
    await followXembedTray(x.display(screen), (now) => owners.push(now), silentLogger);
    expect(owners).toEqual([owner]);
    expect(x.asked).toEqual([
      `follow ${ROOTS[screen]?.toString(16)}`,
      `follow ${owner.toString(16)}`,
    ]);
    x.drop();
    await expect.poll(() => owners).toEqual([owner, null]);
  });

  it('is not there without a server, or with one that refuses, and the app goes on', async () => {
    const owners: (number | null)[] = [];
    const follow = (display: string) =>
      followXembedTray(display, (now) => owners.push(now), silentLogger);
    await follow(':64999');
    await follow('nonsense');
    const refusal = Buffer.alloc(16);
    refusal.writeUInt16LE(2, 6);
    const x = await xServer({}, refusal);
    await follow(x.display(0));
    x.drop();
    const cut = await xServer({}, welcome().subarray(0, 50));
    const cutOff = follow(cut.display(0));
    await expect.poll(() => server?.connections).not.toBe(0);
    cut.drop();
    await cutOff;
    expect(owners).toEqual([]);
  });
});
