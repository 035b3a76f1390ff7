import { describe, expect, it } from 'vitest';
import { logLine } from '../../../main/logging/log-line';
import { createRedactor } from '../../../main/logging/redactor';

describe('the log never holds', () => {
  it.each([
    ['a bearer key', 'Authorization: Bearer abcDEF123456', 'abcDEF123456'],
    ['a key by its look', 'key sk-social-0123456789 refused', '0123456789'],
    ['another key by its look', 'with ck_live_abcdefgh12', 'abcdefgh12'],
    ['a key in a header', '{"x-api-key":"plainlookingkey"}', 'plainlookingkey'],
    ['a presigned query', 'PUT https://h.example/a/b?X-Amz-Signature=feed failed', 'feed'],
    [
      'a token in a socket address',
      'wss://api.example/v1/realtime?token=eyJhbGciOi.abcdefg.hij',
      'eyJ',
    ],
    ['a bare token', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def', 'eyJzdWIi'],
  ])('%s', (_what, line, secret) => {
    const clean = createRedactor('/home/ana').redact(line);
    expect(clean).not.toContain(secret);
    expect(clean).toContain('[redacted]');
  });

  it('an announced key, also in the form it takes in an address', () => {
    const redactor = createRedactor('/home/ana');
    redactor.addSecret('pä/ss+wörd');
    const line = `a pä/ss+wörd b ${encodeURIComponent('pä/ss+wörd')}`;
    expect(redactor.redact(line)).toBe('a [redacted] b [redacted]');
  });

  it('the name of the user in a path', () => {
    expect(createRedactor('/home/ana').redact('read /home/ana/Videos/x.mp4')).toBe(
      'read ~/Videos/x.mp4',
    );
  });
});

it('leaves ordinary words and addresses readable', () => {
  const line = 'poll refused account=3 problem=service-fault at https://api.example/v1/me';
  expect(createRedactor('/home/ana').redact(line)).toBe(line);
});

it('keeps one event on one line, whatever a service answers', () => {
  const line = logLine('refused', { text: 'a\n2026-01-01 error forged', count: 2, none: null });
  expect(line).toBe('refused text="a\\n2026-01-01 error forged" count=2');
});
