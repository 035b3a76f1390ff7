import type { Duplex } from 'node:stream';
import type { Dispatcher, WebSocket } from 'undici';
import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { Clock } from '../domain/clock';
import {
  type LiveChannel,
  type LiveChannelClient,
  type LiveChannelOptions,
  type LiveChannelState,
  tokenExpiresAtMs,
} from '../domain/live-channel';
import { createThrottle } from '../domain/throttle';
import { createConnections } from './connections';
import { openDispatcher } from './dispatcher';
import type { ResolveProxy } from './proxy-url';
import { joinUrl } from './url';

const CONNECT_MS = 10_000;
/** From the request until the service has answered the handshake. */
const HANDSHAKE_MS = 30_000;
const RECONNECTION: BackoffPolicy = { firstMs: 1_000, maxMs: 60_000 };
/** How long the service may take to confirm that the socket is closed. */
const CLOSE_TIMEOUT_MS = 1_000;
/** A connection that lasted this long counts as a success: the next backoff starts over. */
const STABLE_MS = 30_000;
/** Messages cause a hint at most this often: each hint is a poll, which may cost coins. */
const HINT_GAP_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;

/** Most accounts have no socket, and undici as a whole is larger than all of the app's own code. */
const webSocket = async () => (await import('undici')).WebSocket;

/** The client for services' realtime sockets. Nothing here logs or throws: the URL contains a token. */
export function createRealtimeClient(options: {
  clock: Clock;
  random: () => number;
  userAgent: string;
  resolveProxy?: ResolveProxy;
}): LiveChannelClient {
  const { clock, random, userAgent } = options;
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, CONNECT_MS),
    () => clock.monotonicMs(),
    options.resolveProxy,
  );

  function open({ baseUrl, address, token, onHint, onState }: LiveChannelOptions): LiveChannel {
    let state: LiveChannelState = 'closed';
    let socket: WebSocket | null = null;
    let wire: Duplex | null = null;
    /** Number of the connection: late events of an abandoned one must not affect the next. */
    let current = 0;
    let failures = 0;
    let everOpen = false;
    let cancelTimers: (() => void)[] = [];
    const hint = createThrottle(clock, HINT_GAP_MS, onHint);

    const later = (delayMs: number, task: () => void) => {
      cancelTimers.push(clock.after(delayMs, task));
    };

    function become(next: LiveChannelState): void {
      if (state === next) return;
      state = next;
      onState(next);
    }

    function drop(): void {
      current += 1;
      for (const cancel of cancelTimers) cancel();
      cancelTimers = [];
      hint.cancel();
      const old = wire;
      socket?.close();
      socket = null;
      wire = null;
      // The socket itself would wait forever for the service to answer.
      if (old !== null) clock.after(CLOSE_TIMEOUT_MS, () => old.destroy());
    }

    function end(final: 'refused' | 'expired' | 'closed'): void {
      drop();
      become(final);
    }

    function reconnectLater(): void {
      drop();
      become('waiting');
      failures += 1;
      later(backoffMs(RECONNECTION, failures, random()), () => void connect());
    }

    function watchExpiry(expiresAtMs: number): void {
      // In steps: a timer of more than 24 days fires at once.
      later(Math.min(expiresAtMs - clock.nowMs(), DAY_MS), () => {
        if (clock.nowMs() >= expiresAtMs) end('expired');
        else watchExpiry(expiresAtMs);
      });
    }

    async function connect(): Promise<void> {
      drop();
      become('connecting');
      const mine = current;
      const isMine = () => mine === current;
      let url: URL;
      let dispatcher: Dispatcher;
      let expiresAtMs: number | null;
      let Socket: typeof WebSocket;
      try {
        const secret = (await token()).trim();
        if (!isMine()) return;
        expiresAtMs = tokenExpiresAtMs(secret);
        if (expiresAtMs !== null && expiresAtMs <= clock.nowMs()) return end('expired');
        url = joinUrl(baseUrl, address.path, { [address.tokenParameter]: secret });
        dispatcher = await connections.to(url);
        Socket = await webSocket();
      } catch {
        if (isMine()) reconnectLater();
        return;
      }
      if (!isMine()) return;

      let refused = false;
      let openedAtMs: number | null = null;
      const watched = watchHandshake({
        onWire(opened) {
          if (isMine()) wire = opened;
          else opened.destroy();
        },
        onStatus(status) {
          // 408 and 429 are temporary; any other 4xx to a handshake is about the token.
          refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
        },
      });
      url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
      const opened = new Socket(url, {
        dispatcher: dispatcher.compose(watched),
        headers: { 'user-agent': userAgent },
      });
      socket = opened;
      opened.binaryType = 'arraybuffer';
      later(HANDSHAKE_MS, () => {
        if (openedAtMs === null) reconnectLater();
      });
      if (expiresAtMs !== null) watchExpiry(expiresAtMs);

      opened.addEventListener('open', () => {
        if (!isMine()) return;
        openedAtMs = clock.monotonicMs();
        become('open');
        // There were no messages while the connection was down.
        if (everOpen) hint();
        everOpen = true;
      });
      opened.addEventListener('message', () => {
        if (isMine()) hint();
      });
      opened.addEventListener('close', ({ code }) => {
        if (!isMine()) return;
        if (refused || address.refusalCodes.includes(code)) return end('refused');
        if (openedAtMs !== null && clock.monotonicMs() - openedAtMs >= STABLE_MS) failures = 0;
        reconnectLater();
      });
    }

    void connect();
    return {
      get state() {
        return state;
      },
      restart() {
        if (state === 'refused' || state === 'expired' || state === 'closed') return;
        failures = 0;
        void connect();
      },
      close: () => end('closed'),
    };
  }

  return { open, close: connections.close };
}

/** Gives access to what the socket hides: the status of a refused handshake, and the connection. */
function watchHandshake(on: {
  onWire(wire: Duplex): void;
  onStatus(status: number): void;
}): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...args) => handler.onRequestStart?.(...args),
      onRequestUpgrade(controller, status, headers, wire) {
        on.onWire(wire);
        handler.onRequestUpgrade?.(controller, status, headers, wire);
      },
      onResponseStart(controller, status, ...rest) {
        on.onStatus(status);
        handler.onResponseStart?.(controller, status, ...rest);
      },
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}
