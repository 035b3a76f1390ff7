import { describe, expect, it } from 'vitest';
import { reason } from '../../../main/domain/logger';
import { createLineRate } from '../../../main/logging/line-rate';
import { logLine } from '../../../main/logging/log-line';
import { createRedactor } from '../../../main/logging/redactor';

const redactor = createRedactor('/home/ana');
const line = (value: unknown) => logLine('failed', { reason: value as string }, redactor.redact);

describe('a line of the log stays readable', () => {
  it('however long a value is: its start and its end, and how much is missing', () => {
    const text = `begin ${'x '.repeat(300_000)}end`;
    const written = line(text);
    expect(written.length).toBeLessThan(2_200);
    expect(written).toMatch(
      /^failed reason="begin x x.* … \[\d+ characters left out\] … .*x end"$/,
    );
    const leftOut = Number(/\[(\d+) /.exec(written)?.[1]);
    const kept =
      written.length - 'failed reason=""'.length - ` … [${leftOut} characters left out] … `.length;
    expect(leftOut + kept).toBe(text.length);
  });

  it('however many values there are, and however long the message', () => {
    const fields = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`field${index}`, 'word '.repeat(500)]),
    );
    expect(logLine('many', fields).length).toBeLessThan(8_100);
    expect(logLine('m'.repeat(700_000)).length).toBeLessThan(2_200);
    expect(logLine('a\n2026-01-01 error forged')).toBe('a 2026-01-01 error forged');
  });

  it('a short text is as it was', () => {
    expect(line('x'.repeat(2_000))).toBe(`failed reason=${'x'.repeat(2_000)}`);
    expect(logLine('poll', { count: 3, ok: true, none: null })).toBe('poll count=3 ok=true');
  });

  it('a stack keeps its message, and its last lines with the cause', () => {
    const stack = `Error: outer\n${'    at somewhere (file.js:1:1)\n'.repeat(5_000)}[cause]: ENOSPC`;
    const written = line(stack);
    expect(written).toContain('Error: outer\\n    at somewhere');
    expect(written.endsWith('[cause]: ENOSPC"')).toBe(true);
    expect(written).not.toContain('\n');
  });

  it.each([
    ['a deep object', Array.from({ length: 10_000 }).reduce<object>((inner) => ({ inner }), {})],
    ['a large list', Array.from({ length: 200_000 }, (_, index) => ({ index }))],
    [
      'an object of many fields',
      Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [i, i])),
    ],
    ['bytes', new Uint8Array(1_000_000)],
    ['an error', Object.assign(new Error('x'.repeat(600_000)), { code: 'E' })],
    ['a symbol', Symbol('s')],
    ['a number without end', 10n ** 5_000n],
    [
      'an object that cannot be read',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('%s', (_what, value) => {
    expect(line(value).length).toBeLessThan(2_300);
  });

  it('an object that contains itself', () => {
    const circle: Record<string, unknown> = { name: 'round' };
    circle.self = circle;
    expect(line(circle)).toContain('round');
  });
});

describe('no secret is in a line because the line was cut', () => {
  const key = 'plainlookingkey-without-a-pattern-0123456789';
  redactor.addSecret(key);

  it.each([0, 1_300, 1_390, 1_399, 1_400, 1_401, 1_420, 16_340, 16_360, 16_380, 16_384, 16_390])(
    'with the key after %i characters',
    (before) => {
      for (const after of [0, 500, 580, 600, 620, 16_340, 16_370, 16_384, 60_000]) {
        const text = `${'a '.repeat(before / 2)}${key} ${'b '.repeat(after / 2)}`;
        const written = line(text);
        for (let at = 0; at + 8 <= key.length; at += 1) {
          expect(written).not.toContain(key.slice(at, at + 8));
        }
      }
    },
  );

  it('also where everything before it is masked', () => {
    const url = `https://host.example/a?${'q'.repeat(16_350)}`;
    const written = line(`${url} ${key} ${'b '.repeat(40_000)}`);
    expect(written).toContain('https://host.example/a?[redacted]');
    expect(written).not.toContain('plainlook');
    expect(line(`token=${'t'.repeat(400_000)}`)).not.toContain('tttt');
  });

  it('and a text made to be slow is not', () => {
    const before = process.cpuUsage();
    for (const piece of ['a.', 'x://', 'eyJaaaaaaaa-', 'token ', '\u202e']) {
      line(piece.repeat(618_948 / piece.length));
    }
    // CPU time: how long it takes depends on what else the machine does.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });
});

it('a thrown value is told with its causes, each once, also when they are a circle', () => {
  const cause = new Error('connect ECONNREFUSED');
  expect(reason(new Error('fetch failed', { cause }))).toBe('fetch failed: connect ECONNREFUSED');
  expect(reason(new Error('no: connect ECONNREFUSED', { cause }))).toBe('no: connect ECONNREFUSED');
  const circle = new Error('first');
  circle.cause = new Error('second', { cause: circle });
  expect(reason(circle)).toBe('first: second');
  expect(reason('text')).toBe('text');
});

it('a fault that repeats itself leaves room in the log, which says how many lines are missing', () => {
  let nowMs = 5_000;
  const rate = createLineRate(() => nowMs);
  const all = Array.from({ length: 1_000 }, () => rate.next());
  expect(all.filter(({ isWritten }) => isWritten)).toHaveLength(200);
  nowMs += 1_000;
  expect(rate.next()).toEqual({ isWritten: true, leftOut: 800 });
  expect(rate.next()).toEqual({ isWritten: true, leftOut: 0 });
});
