import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonClient } from '../../main/domain/service';
import { ServiceError } from '../../main/domain/service-error';
import { transcriptAsSrt, transcriptAsVtt } from '../../main/domain/transcript';
import type { JsonHttpClient } from '../../main/http/json-client';
import { parseBody } from '../../main/http/response-body';
import { accessTo, clientFor, raw, startServer, type TestServer } from '../unit/http/server';
import { autopostingCases } from './autoposting';
import type { Connected, EndpointCase, ServiceCases } from './case';
import { clippingCases } from './clipping';

let server: TestServer;
let client: JsonHttpClient;

beforeAll(async () => {
  server = await startServer();
  client = clientFor();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const endpoints = [autopostingCases, clippingCases].flatMap((service) =>
  service.cases.map((endpoint) => [endpoint.id, service, endpoint] as const),
);

function connect({ service, basePath }: ServiceCases, to: JsonClient): Connected {
  const baseUrl = `${server.url}${basePath}`;
  return {
    connection: service.connect(to, accessTo(baseUrl)),
    signIn: service.signIn?.(to, baseUrl) ?? { begin: async () => no(), poll: async () => no() },
  };
}

function no(): never {
  throw new Error('no sign-in');
}

/** Answers every call with one body that is parsed already. */
const answering = (body: unknown): JsonClient => ({
  request: async () => ({ status: 200, body, bytes: new Uint8Array() }),
});

/** The bodies of the good answers: distorted ones stay close to what works. */
async function goodBodies(endpoint: EndpointCase): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for (const { handler } of Object.values(endpoint.answers)) {
    server.answer = handler;
    const text = await (await fetch(server.url)).text();
    bodies.push(text === '' ? {} : JSON.parse(text));
  }
  return bodies;
}

/** A result that a window or a database could not hold is as bad as a crash. */
const MAX_RESULT_LENGTH = 24 * 1024 * 1024;

async function survives(endpoint: EndpointCase, on: Connected): Promise<void> {
  try {
    const result = await endpoint.call(on);
    expect((JSON.stringify(result) ?? '').length).toBeLessThan(MAX_RESULT_LENGTH);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(error.problem).not.toBe('unreachable');
  }
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    '',
    '..',
    '__proto__',
    'NaN',
    '\u202Ereversed',
    '\uD800',
    [],
    {},
    [[]],
    [null],
    { id: {} },
    { toString: 1 },
    'javascript:alert(1)',
    'https://user:word@host.example/',
    '2026-13-45T99:99:99Z',
    'x'.repeat(100_000),
  ),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
  fc.double(),
);

/** Replaces, removes or wraps one value inside another, chosen by the numbers. */
function bend(value: unknown, steps: number[], how: number, by: unknown): unknown {
  const [step, ...rest] = steps;
  const isList = Array.isArray(value);
  const isBox = typeof value === 'object' && value !== null;
  const keys = isBox ? Object.keys(value) : [];
  if (step === undefined || keys.length === 0) {
    return how === 0
      ? by
      : how === 1
        ? [value]
        : how === 2
          ? { [typeof by === 'string' ? by.slice(0, 20) : 'odd']: value }
          : [];
  }
  const key = keys[step % keys.length] ?? '';
  const inner = (value as Record<string, unknown>)[key];
  if (how === 3 && rest.length === 0) {
    return isList
      ? value.filter((_, index) => String(index) !== key)
      : Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== key));
  }
  const bent = bend(inner, rest, how, by);
  return isList
    ? value.map((one, index) => (String(index) === key ? bent : one))
    : { ...(value as object), [key]: bent };
}

describe('no answer can do more than be refused', () => {
  it.each(endpoints)('%s: with one value of another type', async (_id, service, endpoint) => {
    const bodies = await goodBodies(endpoint);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.array(fc.nat(8), { maxLength: 6 }),
        fc.nat(3),
        odd,
        async (body, steps, how, by) => {
          const bent = bend(body, steps, how, by);
          await survives(endpoint, connect(service, answering(bent)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(endpoints)('%s: with anything at all', async (_id, service, endpoint) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (body) => {
        await survives(endpoint, connect(service, answering(body)));
      }),
      { numRuns: 25 },
    );
  });

  it('cut off anywhere, over a real connection', async () => {
    const all: [ServiceCases, EndpointCase, string][] = [];
    for (const [, service, endpoint] of endpoints) {
      for (const body of await goodBodies(endpoint)) {
        all.push([service, endpoint, JSON.stringify(body)]);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), fc.nat(), async ([service, endpoint, text], at) => {
        const cut = text.slice(0, at % text.length);
        server.answer = raw(cut, 200, { 'content-type': 'application/json' });
        const outcome = await endpoint.call(connect(service, client)).then(
          () => null,
          (error: unknown) => error,
        );
        if (cut === '') return;
        if (endpoint.picker) expect(outcome).toBeNull();
        else expect(outcome).toMatchObject({ name: 'ServiceError', problem: 'malformed' });
      }),
      { numRuns: 250 },
    );
  });

  it.each(endpoints)(
    '%s: with lists and texts as long as an answer may be, in bounded time',
    async (_id, service, endpoint) => {
      const row = {
        id: 'x',
        execution_id: 'x',
        status: 'done',
        text: 'y',
        start: 1,
        platform: 'z',
      };
      const many = Array.from({ length: 15_000 }, (_, index) => ({ ...row, id: `x${index}` }));
      const long = 'z'.repeat(2 * 1024 * 1024);
      const names = ['data', 'clips', 'jobs', 'brands', 'executions', 'items', 'steps', 'segments'];
      const bodies: unknown[] = [
        many,
        Object.fromEntries(names.map((name) => [name, many])),
        { success: true, data: { ...row, status: long, candidates: many, error: long } },
        { execution: { ...row, steps: many, error: long }, step_inputs: { a: long } },
        { transcript: { text: long, segments: many } },
      ];
      for (const body of bodies) {
        const before = process.cpuUsage();
        await survives(endpoint, connect(service, answering(body)));
        // What it costs, not how long it took: that depends on what else the machine does.
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1_000).toBeLessThan(5_000);
      }
    },
    30_000,
  );
});

describe('the reader of bodies', () => {
  it('makes something of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.option(fc.string()), (bytes, type) => {
        expect(['empty', 'json', 'broken', 'too-deep', 'page']).toContain(
          parseBody(bytes, type).kind,
        );
      }),
    );
  });

  it('does not follow endless nesting', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 100_000 }), fc.boolean(), (depth, list) => {
        const text = list
          ? `${'['.repeat(depth)}${']'.repeat(depth)}`
          : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
        expect(parseBody(Buffer.from(text), 'application/json').kind).toBe('too-deep');
      }),
      { numRuns: 20 },
    );
  });
});

describe('subtitles', () => {
  const segment = fc.record({
    startMs: fc.oneof(
      fc.integer({ min: -5_000, max: 500_000_000 }),
      fc.double({ noNaN: true, min: 0, max: 1e8 }),
    ),
    endMs: fc.option(fc.integer({ min: -5_000, max: 500_000_000 })),
    text: fc.oneof(fc.string(), fc.constantFrom('a --> b', '<b>&amp;', '\n\n', '1\n\n2', 'WEBVTT')),
  });
  const time = /^(\d{2,}):([0-5]\d):([0-5]\d)[,.](\d{3})$/;
  const ms = (text: string) => {
    const [, hours, minutes, seconds, rest] = time.exec(text) ?? [];
    expect(hours, text).toBeDefined();
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest);
  };

  it.each([
    ['SRT', transcriptAsSrt],
    ['VTT', transcriptAsVtt],
  ])(
    '%s: whatever the segments, cues follow each other and no text looks like a timestamp',
    (_n, write) => {
      fc.assert(
        fc.property(fc.array(segment, { maxLength: 20 }), (segments) => {
          const text = write({ itemId: null, lang: null, text: '', segments, cut: false });
          const lines = text.split('\n').filter((line) => line.includes('-->'));
          let beforeMs = 0;
          for (const line of lines) {
            const [from = '', to = ''] = line.split(' --> ');
            expect(ms(from)).toBeGreaterThanOrEqual(beforeMs);
            expect(ms(to)).toBeGreaterThan(ms(from));
            beforeMs = ms(to);
          }
          const blocks = text
            .split('\n\n')
            .filter((block) => block.trim() !== '' && block.trim() !== 'WEBVTT');
          expect(blocks).toHaveLength(lines.length);
        }),
        { numRuns: 300 },
      );
    },
  );
});
