import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServiceProblem } from '../../../main/domain/service-error';
import { createDownloadClient } from '../../../main/http/download-client';
import { createJsonClient } from '../../../main/http/json-client';
import { createPartClient } from '../../../main/http/part-client';
import { createRealtimeClient } from '../../../main/http/realtime-client';
import { eventually } from '../../eventually';
import { accessTo, failureOf, KEY } from './server';
import { type ServerCertificate, startProxy, startTlsServer, type TlsServer } from './tls-server';

const options = { userAgent: 'Cliptray/test', nowMs: Date.now };
const closing: (() => unknown)[] = [];
const closeLater = <T extends { close(): unknown }>(opened: T): T => {
  closing.push(() => opened.close());
  return opened;
};
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
});

const server = async (certificate: ServerCertificate) =>
  closeLater(await startTlsServer(certificate));
const urlOf = ({ port }: TlsServer, host = 'localhost') => `https://${host}:${port}`;

/** One call through each of the app's clients. */
const CALLS: Record<string, (url: string, proxy?: string) => Promise<unknown>> = {
  async json(url, proxy) {
    const resolveProxy = proxy ? async () => proxy : undefined;
    const client = closeLater(createJsonClient({ ...options, resolveProxy }));
    return client.request(accessTo(url), { method: 'GET', path: '/me' });
  },
  async part(url, proxy) {
    const client = createPartClient(options);
    closing.push(() => client.resetConnections());
    async function* body() {
      yield new Uint8Array(4);
    }
    return client.put({
      ...{ url: `${url}/part?signature=${KEY}`, proxy: proxy ?? null, body: body() },
      ...{ sizeBytes: 4, contentMd5: null, signal: new AbortController().signal },
    });
  },
  async download(url, proxy) {
    const resolveProxy = proxy ? async () => proxy : undefined;
    const client = closeLater(createDownloadClient({ ...options, resolveProxy }));
    return client.open(`${url}/result.mp4?token=${KEY}`, null, new AbortController().signal);
  },
};

// As in the shells of many developers, who need it for their own servers.
beforeEach(() => vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'));

describe.each(Object.keys(CALLS))(
  'with verification switched off in the environment, a %s call',
  (name) => {
    const call = CALLS[name] as (typeof CALLS)[string];

    it.each<[ServerCertificate, ServiceProblem]>([
      ['self-signed', 'untrusted-certificate'],
      ['server', 'untrusted-certificate'],
      ['expired', 'wrong-certificate'],
    ])('sends nothing to a host with the certificate “%s”', async (certificate, problem) => {
      for (const host of ['localhost', '127.0.0.1']) {
        const one = await server(certificate);
        expect((await failureOf(call(urlOf(one, host)))).problem).toBe(problem);
        expect(one.seen).toEqual([]);
      }
    });
  },
);

// This machine is never reached through a proxy, so the host has a name that only the proxy knows.
describe.each(Object.keys(CALLS))('a %s call through a proxy', (name) => {
  const call = CALLS[name] as (typeof CALLS)[string];

  it('sends nothing through a tunnel to a host whose certificate nobody signed', async () => {
    const host = await server('self-signed');
    const proxy = closeLater(await startProxy(null));
    const failure = await failureOf(
      call(`https://service.example:${host.port}`, `PROXY 127.0.0.1:${proxy.port}`),
    );
    expect(failure.problem).toBe('untrusted-certificate');
    expect(proxy.seen).toHaveLength(1);
    expect(host.seen).toEqual([]);
  });

  it('asks nothing of a proxy whose own certificate nobody signed', async () => {
    const proxy = closeLater(await startProxy('self-signed'));
    const failure = await failureOf(
      call('https://service.example', `HTTPS localhost:${proxy.port}`),
    );
    expect(failure.problem).toBe('untrusted-certificate');
    expect(proxy.seen).toEqual([]);
  });
});

it('a session token is not sent to a realtime socket whose certificate nobody signed', async () => {
  const host = await server('self-signed');
  const timers: (() => void)[] = [];
  const clock = {
    nowMs: Date.now,
    monotonicMs: Date.now,
    after(_ms: number, task: () => void) {
      timers.push(task);
      return () => {};
    },
  };
  const client = closeLater(
    createRealtimeClient({ clock, random: () => 0, userAgent: options.userAgent }),
  );
  const states: string[] = [];
  const channel = client.open({
    baseUrl: urlOf(host),
    address: { path: '/ws', tokenParameter: 'token', refusalCodes: [] },
    token: async () => KEY,
    onHint() {},
    onState: (state) => states.push(state),
  });
  await eventually(() => expect(states).toContain('waiting'));
  channel.close();
  expect(host.seen).toEqual([]);
});
