import type { Dispatcher } from 'undici';
import { tlsOptions } from './trusted-certificates';
import { Agent, ProxyAgent } from './undici';

// Node gives each address of a host only 250 ms before it tries the next one, which fails on slow but
// working routes (https://github.com/nodejs/node/issues/54359).
const ADDRESS_ATTEMPT_MS = 1_000;

// A few seconds longer than the fastest polling interval, so that polls share a connection.
const IDLE_SOCKET_MS = 20_000;

// A WebSocket message is only a hint to poll, whatever it says: it never needs to be longer.
const MAX_MESSAGE_BYTES = 256 * 1024;

/** Opens connections to one origin: through a proxy, or directly when `proxyUrl` is null. */
export function openDispatcher(proxyUrl: string | null, connectMs: number): Dispatcher {
  const connect = {
    ...tlsOptions(),
    timeout: connectMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const settings = {
    keepAliveTimeout: IDLE_SOCKET_MS,
    webSocket: { maxPayloadSize: MAX_MESSAGE_BYTES },
  };
  if (proxyUrl === null) return new Agent({ ...settings, connect });
  // With SOCKS, undici takes the presence of `proxyTls` to mean that the proxy itself speaks TLS.
  const proxyTls = proxyUrl.startsWith('socks5:') ? {} : { proxyTls: connect };
  return new ProxyAgent({ ...settings, ...proxyTls, uri: proxyUrl, requestTls: connect });
}
