import type { JsonClient } from '../../domain/service';
import { ServiceError } from '../../domain/service-error';
import type { SignIn, SignInAnswer, SignInOffer } from '../../domain/sign-in';
import { remoteTextOf } from '../../http/error-text';
import { pathTo } from '../../http/url';
import { amountOf, firstOf, linkOf, nameOf, own, secondsAsMs } from '../tolerant-parsers';
import {
  DEVICE_INTERVAL_SECONDS,
  DEVICE_LIFETIME_SECONDS,
  verificationFields,
} from './assumptions';
import { dataOf, unexpected } from './envelope';

const MAX_SECRET_LENGTH = 4_096;

/** A key or code, unchanged: visible ASCII only, since it goes into a header or a query. */
function secretOf(value: unknown): string | null {
  const fits =
    typeof value === 'string' && value.length <= MAX_SECRET_LENGTH && /^[\x21-\x7E]+$/.test(value);
  return fits ? value : null;
}

function positiveMs(value: unknown): number | null {
  const seconds = amountOf(value);
  return seconds !== null && seconds > 0 ? secondsAsMs(seconds) : null;
}

/** SDK: in `data`; an older version has it flat. */
function parseOffer(body: unknown): SignInOffer {
  const data = dataOf(body);
  return {
    deviceCode: firstOf(data, ['deviceCode', 'device_code'], secretOf) ?? unexpected(),
    userCode: firstOf(data, ['userCode', 'user_code'], nameOf) ?? unexpected(),
    verificationUrl: firstOf(data, verificationFields, linkOf) ?? unexpected(),
    expiresInMs:
      firstOf(data, ['expiresIn', 'expires_in'], positiveMs) ?? DEVICE_LIFETIME_SECONDS * 1000,
    intervalMs: firstOf(data, ['interval'], positiveMs) ?? DEVICE_INTERVAL_SECONDS * 1000,
  };
}

/** SDK: a flat body. Refusals may come with status 400, and then with the word in `error` alone. */
function parseSignInAnswer(body: unknown, status: number): SignInAnswer {
  const data = own(body, 'data') ?? body;
  const word = [data, body]
    .flatMap((object) => [own(object, 'status'), own(object, 'error'), own(object, 'code')])
    .find((value) => typeof value === 'string' && words.has(value));
  switch (word) {
    case 'authorization_pending':
      return { state: 'pending' };
    case 'slow_down':
      return {
        state: 'slow-down',
        intervalMs:
          firstOf(data, ['interval'], positiveMs) ?? firstOf(body, ['interval'], positiveMs),
      };
    case 'expired_token':
      return { state: 'expired' };
    case 'access_denied':
      return { state: 'denied' };
    case 'complete':
      return {
        state: 'complete',
        key: firstOf(data, ['sessionToken', 'session_token'], secretOf) ?? unexpected(),
      };
  }
  if (status >= 400) throw new ServiceError('rejected', { status, remoteText: remoteTextOf(body) });
  return unexpected();
}

const words: ReadonlySet<unknown> = new Set([
  'authorization_pending',
  'complete',
  'slow_down',
  'expired_token',
  'access_denied',
]);

/** Sign-in by device code, as the vendor's command line does it. Sends no key. */
export function createSignIn(client: JsonClient, baseUrl: string): SignIn {
  const access = { baseUrl };
  return {
    async begin(signal) {
      const path = pathTo('auth', 'cli', 'device-code');
      const call = { method: 'POST' as const, path, body: {}, signal };
      return parseOffer((await client.request(access, call)).body);
    },
    async poll(deviceCode, signal) {
      const answer = await client.request(access, {
        method: 'GET',
        path: pathTo('auth', 'cli', 'poll'),
        query: { device_code: deviceCode },
        alsoAnswers: [400],
        signal,
      });
      return parseSignInAnswer(answer.body, answer.status);
    },
  };
}
