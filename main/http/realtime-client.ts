import type { Duplex } from 'node:stream';
import type { Dispatcher, WebSocket } from 'undici';
import { type BackoffPolicy, backoffMs } from '../domain/backoff';
import type { Clock } from '../domain/clock';
import {
  type RealtimeAddress,
  type RealtimeChannel,
  type RealtimeState,
  tokenExpiresAtMs,
} from '../domain/realtime';
import { createConnections } from './connections';
import { openDispatcher } from './dispatcher';
import type { ResolveProxy } from './proxy';
import { joinUrl } from './url';

export interface RealtimeOptions {
  baseUrl: string;
  address: RealtimeAddress;
  /** The session token, read at each connection and never kept. */
  token: () => Promise<string>;
  /** Something may have changed: poll now. At most once a second. */
  onHint: () => void;
  onState: (state: RealtimeState) => void;
}

/** Opens channels that hint at changes. */
export interface RealtimeClient {
  open(options: RealtimeOptions): RealtimeChannel;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;
/** From the request to the first word of the service. */
const HANDSHAKE_MS = 30_000;
const RECONNECTION: BackoffPolicy = { firstMs: 1_000, maxMs: 60_000 };
/** For the service's answer to our goodbye. */
const GOODBYE_MS = 1_000;
/** A connection that held for so long was a good one: the next wait begins small again. */
const STABLE_MS = 30_000;
/** However many messages come, so often may they cause a poll, which costs coins. */
const HINT_GAP_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;

/** Most accounts have no socket, and undici as a whole is larger than all of the app's own code. */
const webSocket = async () => (await import('undici')).WebSocket;

/** Makes the client. Nothing of it logs or throws: an address here holds a token. */
export function createRealtimeClient(options: {
  clock: Clock;
  random: () => number;
  userAgent: string;
  resolveProxy?: ResolveProxy;
}): RealtimeClient {
  const { clock, random, userAgent } = options;
  const connections = createConnections(
    (proxyUrl) => openDispatcher(proxyUrl, CONNECT_MS),
    () => clock.nowMs(),
    options.resolveProxy,
  );

  function open({ baseUrl, address, token, onHint, onState }: RealtimeOptions): RealtimeChannel {
    let state: RealtimeState = 'closed';
    let socket: WebSocket | null = null;
    let wire: Duplex | null = null;
    /** Events of a connection that was given up must not count for the next one. */
    let current = 0;
    let failures = 0;
    let everOpen = false;
    let cancelTimers: (() => void)[] = [];
    let hintedAtMs = Number.NEGATIVE_INFINITY;
    let hintWaits = false;

    const later = (delayMs: number, task: () => void) => {
      cancelTimers.push(clock.after(delayMs, task));
    };

    function become(next: RealtimeState): void {
      if (state === next) return;
      state = next;
      onState(next);
    }

    function drop(): void {
      current += 1;
      for (const cancel of cancelTimers) cancel();
      cancelTimers = [];
      hintWaits = false;
      const old = wire;
      socket?.close();
      socket = null;
      wire = null;
      // The socket itself would wait for an answer for as long as the service keeps silent.
      if (old !== null) clock.after(GOODBYE_MS, () => old.destroy());
    }

    function end(final: 'refused' | 'expired' | 'closed'): void {
      drop();
      become(final);
    }

    function again(): void {
      drop();
      become('waiting');
      failures += 1;
      later(backoffMs(RECONNECTION, failures, random()), () => void connect());
    }

    function watchExpiry(expiresAtMs: number): void {
      // In steps: a timer takes no more than 24 days, and fires at once when it is given more.
      later(Math.min(expiresAtMs - clock.nowMs(), DAY_MS), () => {
        if (clock.nowMs() >= expiresAtMs) end('expired');
        else watchExpiry(expiresAtMs);
      });
    }

    function hint(): void {
      const sinceMs = clock.nowMs() - hintedAtMs;
      if (sinceMs >= HINT_GAP_MS) {
        hintedAtMs = clock.nowMs();
        onHint();
      } else if (!hintWaits) {
        hintWaits = true;
        later(HINT_GAP_MS - sinceMs, () => {
          hintWaits = false;
          hintedAtMs = clock.nowMs();
          onHint();
        });
      }
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
        if (isMine()) again();
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
          // 408 and 429 pass; any other 4xx to a handshake is about the token.
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
        if (openedAtMs === null) again();
      });
      if (expiresAtMs !== null) watchExpiry(expiresAtMs);

      opened.addEventListener('open', () => {
        if (!isMine()) return;
        openedAtMs = clock.nowMs();
        become('open');
        // Whatever happened while there was no connection, nobody told.
        if (everOpen) hint();
        everOpen = true;
      });
      opened.addEventListener('message', () => {
        if (isMine()) hint();
      });
      opened.addEventListener('close', ({ code }) => {
        if (!isMine()) return;
        if (refused || address.refusalCodes.includes(code)) return end('refused');
        if (openedAtMs !== null && clock.nowMs() - openedAtMs >= STABLE_MS) failures = 0;
        again();
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

/** Shows what the socket keeps to itself: the status of a refused handshake, and the wire. */
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
