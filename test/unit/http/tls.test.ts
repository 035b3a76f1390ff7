import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServiceProblem } from '../../../main/domain/service-error';
import { readCertificates } from '../../../main/http/certificate-file';
import { createDownloadClient } from '../../../main/http/download-client';
import { createJsonClient } from '../../../main/http/json-client';
import { createPartClient } from '../../../main/http/part-client';
import { createRealtimeClient } from '../../../main/http/realtime-client';
import { trustAlso } from '../../../main/http/trusted-certificates';
import { eventually } from '../../eventually';
import { accessTo, failureOf, KEY } from './server';
import {
  certificateFile,
  type ServerCertificate,
  startProxy,
  startTlsServer,
  type TlsServer,
} from './tls-server';

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

describe('with the certificate of a company', () => {
  const ca = async (name = 'company-ca.pem') => {
    const read = await readCertificates(certificateFile(name), Date.now());
    if ('problem' in read) throw new Error(read.problem);
    return read.certificates;
  };
  afterEach(() => trustAlso([]));

  it.each(Object.keys(CALLS))('a %s call works, to a name and to an address', async (name) => {
    const call = CALLS[name] as (typeof CALLS)[string];
    trustAlso(await ca());
    for (const host of ['localhost', '127.0.0.1']) {
      const one = await server('server');
      await call(urlOf(one, host));
      expect(one.seen).toHaveLength(1);
    }
  });

  it('a proxy that shows it is used', async () => {
    trustAlso(await ca());
    const proxy = closeLater(await startProxy('server'));
    const json = CALLS.json as (typeof CALLS)[string];
    const { port } = await server('server');
    const answer = json(`https://service.example:${port}`, `HTTPS localhost:${proxy.port}`);
    // The certificate of the host behind it is for another name.
    expect((await failureOf(answer)).problem).toBe('wrong-certificate');
    expect(proxy.seen).toHaveLength(1);
  });

  it('everything else is verified as before', async () => {
    trustAlso(await ca());
    const json = CALLS.json as (typeof CALLS)[string];
    for (const [certificate, problem] of [
      ['self-signed', 'untrusted-certificate'],
      ['expired', 'wrong-certificate'],
      ['other-name', 'wrong-certificate'],
    ] as const) {
      const one = await server(certificate);
      expect((await failureOf(json(urlOf(one)))).problem).toBe(problem);
      expect(one.seen).toEqual([]);
    }
    trustAlso(await ca('other-ca.pem'));
    const one = await server('server');
    expect((await failureOf(json(urlOf(one)))).problem).toBe('untrusted-certificate');
  });

  it('a client takes it without a restart, and gives it up without one', async () => {
    const one = await server('server');
    const client = closeLater(createJsonClient(options));
    const call = () => client.request(accessTo(urlOf(one)), { method: 'GET', path: '/me' });
    expect((await failureOf(call())).problem).toBe('untrusted-certificate');
    trustAlso(await ca());
    expect((await call()).status).toBe(200);
    // The connection is still open, but it is not used any more.
    trustAlso([]);
    expect((await failureOf(call())).problem).toBe('untrusted-certificate');
  });
});
