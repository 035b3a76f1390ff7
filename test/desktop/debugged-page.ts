import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { WebSocket } from 'undici';
import { waitFor } from './wait';

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Target {
  webSocketDebuggerUrl: string;
}

async function pagesOf(port: number): Promise<Target[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  return answer === null ? [] : ((await answer.json()) as Target[]);
}

/**
 * Evaluates an expression in the only page of apps that were started with one of these
 * `--remote-debugging-port`s, and so without Playwright, which would slow their start down. Waits until
 * there is a page.
 */
export async function evaluateInPage<T>(ports: number[], expression: string): Promise<T> {
  const pages = await waitFor(
    async () => (await Promise.all(ports.map(pagesOf))).flat(),
    (found) => found.length === 1,
    { what: 'the only page' },
  );
  const socket = new WebSocket(pages[0]?.webSocketDebuggerUrl ?? '');
  try {
    return await new Promise<T>((resolve, reject) => {
      socket.onerror = () => reject(new Error('no connection to the page'));
      socket.onopen = () =>
        socket.send(
          JSON.stringify({
            id: 1,
            method: 'Runtime.evaluate',
            params: { expression, awaitPromise: true, returnByValue: true },
          }),
        );
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).result?.result?.value);
    });
  } finally {
    socket.close();
  }
}
