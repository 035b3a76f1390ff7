import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyHeader } from '../../main/domain/account';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { JsonHttpClient } from '../../main/http/json-client';
import {
  accessTo,
  clientFor,
  failureOf,
  KEY,
  raw,
  startServer,
  type TestServer,
} from '../unit/http/server';
import { autopostingCases } from './autoposting';
import {
  type Connected,
  type EndpointCase,
  expectGiven,
  type Outcome,
  type ServiceCases,
} from './case';
import { clippingCases } from './clipping';
import { autopostingErrorAnswers, clippingErrorAnswers, type ErrorAnswer, NOW_MS } from './errors';
import { openLedger } from './ledger';
import { NAMED } from './named';

const { tried } = openLedger('json');

let server: TestServer;
let client: JsonHttpClient;

beforeAll(async () => {
  server = await startServer();
  client = clientFor({ nowMs: () => NOW_MS });
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => {
  server.seen = [];
});

/** What a picker returns as a value instead of an error. */
const UNREADABLE: ServiceProblem[] = [
  'not-found',
  'rejected',
  'scope-missing',
  'unexpected-shape',
  'malformed',
  'not-json',
  'too-large',
];

/** A new one for each test: what a connection has learned must not affect the next test. */
function connect({ service, basePath }: ServiceCases, keyHeader: KeyHeader = 'bearer'): Connected {
  const baseUrl = `${server.url}${basePath}`;
  return {
    connection: service.connect(client, accessTo(baseUrl, { keyHeader })),
    signIn: service.signIn?.(client, baseUrl) ?? {
      begin: () => Promise.reject(new Error('no sign-in')),
      poll: () => Promise.reject(new Error('no sign-in')),
    },
  };
}

/** The request as it was sent, to the last header. */
function expectSent({ sends, keyed }: EndpointCase, basePath: string, header: KeyHeader): void {
  const [first] = server.seen;
  expect(first?.method).toBe(sends.method);
  expect(first?.url).toBe(`${basePath}${sends.url}`);
  const { host, connection, 'content-length': length, ...headers } = first?.headers ?? {};
  const hasBody = sends.body !== undefined;
  expect(headers).toEqual({
    ...(keyed === false
      ? {}
      : header === 'bearer'
        ? { authorization: `Bearer ${KEY}` }
        : { 'x-api-key': KEY }),
    accept: 'application/json',
    'user-agent': 'Cliptray/test',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  });
  const text = first?.body.toString() ?? '';
  if (hasBody) expect(JSON.parse(text)).toEqual(sends.body);
  else expect(text).toBe('');
}

/** However it ends, a request that changes something at the service is sent once. */
function expectNotRepeated({ sends }: EndpointCase): void {
  const changes = server.seen.filter(({ method }) => method !== 'GET');
  expect(changes).toHaveLength(sends.method === 'GET' ? 0 : 1);
}

async function expectOutcome(call: Promise<unknown>, outcome: Outcome): Promise<void> {
  if ('gives' in outcome) expectGiven(await call, outcome.gives);
  else expect((await failureOf(call)).problem).toBe(outcome.problem);
}

function outcomeOfError(
  endpoint: EndpointCase,
  name: string,
  { problem }: Pick<ErrorAnswer, 'problem'>,
): Outcome {
  const special = endpoint.errors?.[name];
  if (special) return special;
  if (endpoint.picker && UNREADABLE.includes(problem)) {
    return { gives: { readable: false, problem } };
  }
  return { problem };
}

describe.each([
  ['Autoposting', autopostingCases, autopostingErrorAnswers],
  ['Clipping', clippingCases, clippingErrorAnswers],
] as const)('%s', (_name, service, errors) => {
  describe.each(service.cases.map((endpoint) => [endpoint.id, endpoint] as const))(
    '%s',
    (id, endpoint) => {
      it.each(Object.entries(endpoint.answers))(
        'sends the documented request and reads the answer: %s',
        async (answer, { handler, ...outcome }) => {
          server.answer = handler;
          await expectOutcome(endpoint.call(connect(service)), outcome);
          expectSent(endpoint, service.basePath, 'bearer');
          expectNotRepeated(endpoint);
          tried(id, answer);
        },
      );

      it.each(service.service.keyHeaders)('carries the key as %s', async (header) => {
        const [first] = Object.values(endpoint.answers);
        server.answer = first?.handler ?? raw('');
        await endpoint.call(connect(service, header));
        expectSent(endpoint, service.basePath, header);
      });

      it.each(Object.entries(errors))(
        'reports what a person can act on, and sends nothing twice: %s',
        async (name, error) => {
          server.answer = error.handler;
          const call = endpoint.call(connect(service));
          const outcome = outcomeOfError(endpoint, name, error);
          if ('problem' in outcome && !endpoint.errors?.[name]) {
            const failure = await failureOf(call);
            expect(failure).toMatchObject({
              problem: error.problem,
              status: error.status,
              remoteText: error.remoteText,
              retryAtMs: error.waitsMs === undefined ? null : NOW_MS + error.waitsMs,
            });
            expect(String(failure.stack)).not.toContain(KEY);
          } else {
            await expectOutcome(call, outcome);
          }
          expectNotRepeated(endpoint);
          tried(id, name);
        },
      );

      it('does not take an empty answer for more than it is', async () => {
        server.answer = raw('', 200);
        const outcome = endpoint.empty ?? { problem: 'unexpected-shape' as const };
        await expectOutcome(
          endpoint.call(connect(service)),
          'problem' in outcome && endpoint.picker
            ? { gives: { readable: false, problem: outcome.problem } }
            : outcome,
        );
        expectNotRepeated(endpoint);
        tried(id, 'empty');
      });
    },
  );
});

describe('the list of what is named', () => {
  it('has every endpoint of these tests, and these tests have every endpoint of it', () => {
    const cases = [...autopostingCases.cases, ...clippingCases.cases].map(({ id }) => id);
    const named = NAMED.filter(({ service, method }) => service !== 'storage' && method !== 'WS');
    expect(cases).toEqual(named.map(({ id }) => id));
  });
});
