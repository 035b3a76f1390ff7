/** A service's own realtime socket, and the close codes by which it refuses a token. */
export interface RealtimeAddress {
  path: string;
  /** Query parameter that takes the session token. */
  tokenParameter: string;
  refusalCodes: number[];
}

/**
 * `waiting`: for its next attempt. `refused`: the service does not accept the token, so there are no
 * further attempts. `expired`: the token's own expiry time has passed.
 */
export type LiveChannelState = 'connecting' | 'open' | 'waiting' | 'refused' | 'expired' | 'closed';

/** A channel over which a service hints at changes. Polling never depends on it. */
export interface LiveChannel {
  readonly state: LiveChannelState;
  /** Drops the connection and opens a new one, as after a wake or a change of the network. */
  restart(): void;
  close(): void;
}

export interface LiveChannelOptions {
  baseUrl: string;
  address: RealtimeAddress;
  /** The session token, read at each connection and never kept. */
  token: () => Promise<string>;
  /** Something may have changed: poll now. At most once a second. */
  onHint: () => void;
  onState: (state: LiveChannelState) => void;
}

/** Opens live channels. */
export interface LiveChannelClient {
  open(options: LiveChannelOptions): LiveChannel;
  close(): Promise<void>;
}

/**
 * When a session token expires, as it says itself; null if it does not say. The token is not verified,
 * which only the service can do: nothing but this time is used.
 */
export function tokenExpiresAtMs(token: string): number | null {
  const body = token.split('.')[1];
  if (body === undefined || body === '' || body.length > 8_192) return null;
  try {
    const bytes = Uint8Array.from(
      atob(body.replaceAll('-', '+').replaceAll('_', '/')),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const seconds = (claims as { exp?: unknown } | null)?.exp;
    return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : null;
  } catch {
    return null;
  }
}
