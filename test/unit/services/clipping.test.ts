import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../../../main/domain/service';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { clipping } from '../../../main/services/clipping/module';
import {
  accessTo,
  clientFor,
  failureOf,
  json,
  KEY,
  raw,
  routes,
  startServer,
  type TestServer,
} from '../http/server';

const CREATED_MS = Date.UTC(2026, 4, 28, 12);

let server: TestServer;
let client: JsonHttpClient;
let connection: ServiceConnection;

beforeAll(async () => {
  server = await startServer();
  client = clientFor();
  connection = clipping.connect(client, accessTo(server.url));
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => {
  server.seen = [];
});

const execution = { execution_id: 'exc_1', status: 'running' };

describe('list', () => {
  const list = (body: unknown) => {
    server.answer = routes({ 'GET /v1/executions/me': json(body) });
    return connection.list();
  };

  it('asks for active executions only, with the key as Bearer: one paid call for all', async () => {
    await list({ executions: [execution] });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/v1/executions/me?active=1' });
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it.each<[string, unknown]>([
    ['named after its rows', { executions: [execution] }],
    ['bare', [execution]],
    ['in items', { items: [execution] }],
    ['in data', { data: [execution] }],
    ['in data, named', { data: { executions: [execution] } }],
    ['with boxed rows', { executions: [{ execution, workflow: { name: 'w' } }] }],
    [
      'with a total that it reaches',
      { executions: [execution], total: 1, next: null, has_more: false },
    ],
    ['with ids called id', [{ id: 'exc_1', status: 'running' }]],
  ])('%s covers every active execution', async (_name, body) => {
    expect(await list(body)).toMatchObject({
      covers: { kind: 'execution', clipId: null },
      observations: [{ kind: 'execution', remoteId: 'exc_1', clipId: null, phase: 'running' }],
    });
  });

  it('an answer with the same bytes as the one before is the same list, and another one is not', async () => {
    const running = await list({ executions: [execution] });
    expect(await list({ executions: [execution] })).toEqual(running);
    const pending = { executions: [{ ...execution, status: 'pending' }] };
    expect((await list(pending)).observations).toMatchObject([{ phase: 'waiting' }]);
    expect(await list({ executions: [execution] })).toEqual(running);
    server.answer = raw('{"executions":', 200, { 'content-type': 'application/json' });
    expect((await failureOf(connection.list())).problem).toBe('malformed');
    expect(await list({ executions: [execution] })).toEqual(running);
  });

  it('an empty list means that nothing is running any more', async () => {
    expect(await list({ executions: [] })).toMatchObject({
      covers: { kind: 'execution', clipId: null },
      observations: [],
    });
  });

  it.each<[string, unknown]>([
    ['a next page', { executions: [execution], next: '/v1/x' }],
    ['a cursor', { executions: [execution], pagination: { next_cursor: 'c' } }],
    ['more to come', { executions: [execution], meta: { has_more: true } }],
    ['a larger total', { executions: [execution], total: 2 }],
    ['a row that cannot be read', { executions: [execution, { execution_id: 'exc_2' }] }],
  ])(
    'with %s absence proves nothing, or running work would be reported as ended',
    async (_n, body) => {
      expect((await list(body)).covers).toBeNull();
    },
  );

  it.each<[string, unknown]>([
    ['no list', { executions: 'none' }],
    ['an empty object', {}],
    ['null', null],
    ['rows that cannot be read', [{}, 7, null]],
  ])('%s is of an unexpected shape, rather than an empty list', async (_name, body) => {
    expect((await failureOf(list(body))).problem).toBe('unexpected-shape');
  });
});

describe('an execution', () => {
  const read = async (body: unknown) => {
    server.answer = routes({ 'GET /v1/executions/exc_1': json(body) });
    const snapshot = await connection.read({ kind: 'execution', remoteId: 'exc_1', clipId: null });
    expect(snapshot.covers).toBeNull();
    return snapshot.observations[0];
  };

  it.each([
    ['pending', 'waiting'],
    ['running', 'running'],
    ['done', 'done'],
    ['error', 'failed'],
    ['failed', 'failed'],
    ['completed', 'unknown'],
    ['insufficient_balance', 'unknown'],
    ['toString', 'unknown'],
  ])('with status %s is %s: no undocumented word may pass for success', async (status, phase) => {
    for (const body of [
      { execution: { execution_id: 'exc_1', status } },
      { status },
      { data: { status } },
    ]) {
      expect(await read(body)).toMatchObject({ remoteId: 'exc_1', phase, remoteStatus: status });
    }
  });

  it('takes its title from its subject where it has none', async () => {
    for (const more of [
      { title: 'Talk' },
      { item: { title: 'Talk' }, workflow: { name: 'Resumo' } },
      { workflow: { name: 'Talk' } },
      { workflow_name: 'Talk' },
      { reporter: { name: 'Talk' } },
    ]) {
      expect((await read({ execution: { ...execution, ...more } }))?.title).toBe('Talk');
    }
    expect((await read({ execution, workflow: { name: 'Beside' } }))?.title).toBe('Beside');
    expect((await read({ execution }))?.title).toBeNull();
  });

  it.each([
    ['2026-05-28T12:00:00Z'],
    ['2026-05-28T12:00:00'],
    ['2026-05-28 12:00:00.000000'],
    ['2026-05-28T09:00:00-03:00'],
    [CREATED_MS],
    [CREATED_MS / 1000],
    [String(CREATED_MS / 1000)],
  ])('with the time %j gets the right date, wherever the user lives', async (time) => {
    const job = await read({
      execution: { ...execution, status: 'done', created_at: time, finished_at: time },
    });
    expect(job).toMatchObject({ createdAtMs: CREATED_MS, endedAtMs: CREATED_MS });
  });

  it.each([['soon'], [0], [-1], [1e300], ['28/05/2026'], [{}], ['2026-13-45T99:99:99Z']])(
    'with %j for a time has none',
    async (time) => {
      expect(
        (await read({ execution: { ...execution, created_at: time } }))?.createdAtMs,
      ).toBeNull();
    },
  );

  it('that failed says why, and only then', async () => {
    for (const why of [
      { error: 'sem saldo' },
      { erro: 'sem saldo' },
      { error_message: 'sem saldo' },
      { error: { message: 'sem saldo' } },
      { error: { erro: 'sem saldo' } },
    ]) {
      expect((await read({ execution: { ...execution, status: 'error', ...why } }))?.failure).toBe(
        'sem saldo',
      );
    }
    expect((await read({ execution: { ...execution, message: 'step 2' } }))?.failure).toBeNull();
  });

  it('never has a link: no field for one is documented', async () => {
    const job = await read({
      execution: { ...execution, status: 'done', url: 'https://x.example' },
    });
    expect(job?.resultUrl).toBeNull();
  });

  it('without a status is of an unexpected shape', async () => {
    for (const body of [{ execution: { execution_id: 'exc_1' } }, {}, [], null, 'done']) {
      expect((await failureOf(read(body))).problem).toBe('unexpected-shape');
    }
  });
});

describe('the account', () => {
  it.each<[unknown, string | null, number | null]>([
    [{ user: { name: 'Ana', email: 'a@x', balance: 4.25 } }, 'Ana', 4.25],
    [{ name: '', email: 'a@x', balance_coins: '12.5' }, 'a@x', 12.5],
    [{ user: { name: 'Ana' }, account: { saldo: 3 } }, 'Ana', 3],
    [{ user: { name: 'Ana' }, balance: { coins: 0 } }, 'Ana', 0],
    [{ data: { user: { name: 'Ana', coins: -0.5 } } }, 'Ana', -0.5],
    [{ user: { name: 'Ana', balance: 'plenty' } }, 'Ana', null],
    [{}, null, null],
  ])(
    '%j: the balance is shown where there is one, and unknown otherwise',
    async (body, label, coins) => {
      server.answer = routes({ 'GET /v1/me': json(body) });
      expect(await connection.profile()).toEqual({ label, balanceCoins: coins, brands: [] });
    },
  );

  it('an answer that is no object is of an unexpected shape', async () => {
    for (const body of [null, [], 'me', 7]) {
      server.answer = routes({ 'GET /v1/me': json(body) });
      expect((await failureOf(connection.profile())).problem).toBe('unexpected-shape');
    }
  });

  it('without coins is reported as such, and not as a wrong key', async () => {
    server.answer = json({ erro: 'saldo insuficiente' }, 402);
    expect(await failureOf(connection.profile())).toMatchObject({
      problem: 'no-credit',
      remoteText: 'saldo insuficiente',
    });
  });
});
