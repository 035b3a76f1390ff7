import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';

/** A test certificate, key or list of certificates. The CA's own key was thrown away. */
export const certificateFile = (name: string): string =>
  new URL(`certificates/${name}`, import.meta.url).pathname;
const read = (name: string) => readFileSync(certificateFile(name));

/** Which certificate a server shows: all but `self-signed` are signed by `company-ca.pem`. */
export type ServerCertificate = 'server' | 'self-signed' | 'expired' | 'other-name';

const tlsOf = (name: ServerCertificate) => ({
  cert: read(`${name}.pem`),
  key: read(`${name}.key`),
});

export interface TlsServer {
  port: number;
  /** The headers of every request that arrived, as one text each. */
  seen: string[];
  close(): Promise<void>;
}

async function listen(server: Server): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A real HTTPS server on this machine, which answers everything with `{}`. */
export async function startTlsServer(certificate: ServerCertificate): Promise<TlsServer> {
  const seen: string[] = [];
  const server = createHttpsServer(tlsOf(certificate), (request, response) => {
    seen.push(JSON.stringify({ url: request.url, headers: request.headers }));
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json', etag: '"abc"' });
    response.end('{}');
  });
  server.on('upgrade', (request, socket) => {
    seen.push(JSON.stringify({ url: request.url, headers: request.headers }));
    socket.destroy();
  });
  return { seen, ...(await listen(server)) };
}

/** A proxy that opens tunnels; it speaks TLS itself if it is given a certificate. */
export async function startProxy(certificate: ServerCertificate | null): Promise<TlsServer> {
  const seen: string[] = [];
  const server = certificate ? createHttpsServer(tlsOf(certificate)) : createHttpServer();
  server.on('connect', (request, socket) => {
    seen.push(JSON.stringify({ url: request.url, headers: request.headers }));
    const [, port] = (request.url ?? '').split(':');
    const to = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      to.pipe(socket);
      socket.pipe(to);
    });
    to.on('error', () => socket.destroy());
    socket.on('error', () => to.destroy());
  });
  return { seen, ...(await listen(server)) };
}
