import { createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../world';

/** A presigned URL: the query carries its date, its lifetime, and an HMAC. */
export function presign(
  world: World,
  method: 'PUT' | 'GET',
  path: string,
  query: Record<string, string>,
  lifetimeMs: number,
): string {
  const url = new URL(world.addresses.storageUrl);
  url.pathname = path;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const nowMs = world.clock.now();
  url.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
  url.searchParams.set('X-Amz-Date', amzDate(nowMs));
  url.searchParams.set('X-Amz-Expires', String(Math.floor(lifetimeMs / 1000)));
  url.searchParams.set('X-Amz-SignedHeaders', 'host');
  url.searchParams.set('X-Amz-Signature', sign(world, method, url));
  return url.href;
}

export type Signature =
  | { state: 'good' }
  | { state: 'missing' }
  | { state: 'wrong' }
  | { state: 'expired'; expiredMs: number };

/** Judges the signature and the age of a request's URL, by the simulator's clock. */
export function judgeSignature(world: World, method: string, url: URL): Signature {
  const given = url.searchParams.get('X-Amz-Signature');
  if (!given) return { state: 'missing' };
  const expected = sign(world, method, url);
  const same =
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!same) return { state: 'wrong' };
  const expiredMs =
    parseAmzDate(url.searchParams.get('X-Amz-Date') ?? '') +
    Number(url.searchParams.get('X-Amz-Expires')) * 1000;
  return world.clock.now() > expiredMs ? { state: 'expired', expiredMs } : { state: 'good' };
}

function sign(world: World, method: string, url: URL): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  return createHmac('sha256', world.secret)
    .update(`${method}\n${url.pathname}\n${query}`)
    .digest('hex');
}

function amzDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function parseAmzDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
