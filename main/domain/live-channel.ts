/** Where a service tells of changes by a socket, and which close codes mean that it wants no more. */
export interface RealtimeAddress {
  path: string;
  /** Query parameter that takes the session token. */
  tokenParameter: string;
  refusalCodes: number[];
}

/**
 * State of the channel. `refused`: the service does not take the token, and is not asked again.
 * `expired`: the token's own time is over.
 */
export type LiveChannelState = 'connecting' | 'open' | 'waiting' | 'refused' | 'expired' | 'closed';

/** A channel that hints at changes; polling goes on whatever becomes of it. */
export interface LiveChannel {
  readonly state: LiveChannelState;
  /** Breaks the connection and opens a new one, for wake and a changed network. */
  restart(): void;
  close(): void;
}

/**
 * When a session token ends by its own word, or null when it does not say. The token is not
 * verified: only the service can, and only the time is used.
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
