import { describe, expect, it } from 'vitest';
import { tokenExpiresAtMs } from '../../../main/domain/live-channel';

describe('a session token', () => {
  const token = (claims: string) => `h.${Buffer.from(claims).toString('base64url')}.s`;

  it.each<[string, number | null]>([
    [token('{"exp":1800000000,"name":"olá?>~"}'), 1_800_000_000_000],
    [token('{"exp":"soon"}'), null],
    [token('{}'), null],
    [token('null'), null],
    [token('not json'), null],
    ['no token', null],
    ['a.!!!.c', null],
    [`a.${'x'.repeat(9_000)}.c`, null],
  ])('%s says when it expires, or does not', (text, wanted) => {
    expect(tokenExpiresAtMs(text)).toBe(wanted);
  });
});
