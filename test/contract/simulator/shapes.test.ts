import http from 'node:http';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/client';
import { autoposting, clipping } from './requests';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ shapes: { 'clipping.time': 'seconds' } });
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

async function readyClip(): Promise<string> {
  const [clip] = await simulator.createClips({ status: 'ready' });
  return clip?.id ?? '';
}

describe('Autoposting', () => {
  test('answers a clip in the documented and in the client’s fields, bare and nested', async () => {
    const api = autoposting(simulator);
    const id = await readyClip();
    await simulator.setShapes({ 'autoposting.clipFields': 'docs' });
    const docs = (await api('GET', `/clips/${id}`)).body.data;
    expect(docs).toMatchObject({ id, brandSlug: 'harbour-films' });
    expect(docs).not.toHaveProperty('editRevision');
    await simulator.setShapes({
      'autoposting.clipFields': 'sdk',
      'autoposting.objectNesting': 'nested',
      'autoposting.idField': '_id',
      'autoposting.time': 'millis',
    });
    const sdk = (await api('GET', `/clips/${id}`)).body.data.clip;
    expect(sdk).toMatchObject({ _id: id, editRevision: 1, createdAt: await simulator.nowMs() });
    expect(sdk).not.toHaveProperty('brandSlug');
  });

  test('takes and answers a render in either form, and only in the one chosen', async () => {
    const api = autoposting(simulator);
    const id = await readyClip();
    const candidateId = (await api('GET', `/clips/${id}`)).body.data.candidates[0].id;
    expect((await api('POST', `/clips/${id}/render`, { candidateId })).status).toBe(400);
    await simulator.setShapes({
      'autoposting.renderBody': 'docs',
      'autoposting.renderAnswer': 'docs',
      'autoposting.unknownFields': 'rejected',
    });
    const docs = await api('POST', `/clips/${id}/render`, { candidateId, captions: true });
    expect(docs.body.data).toMatchObject({ status: 'queued', jobId: expect.any(String) });
    const mixed = await api('POST', `/clips/${id}/render`, { candidateId, editRevision: 1 });
    expect(mixed.status).toBe(400);
  });

  test('pages its clips in both ways', async () => {
    const api = autoposting(simulator);
    await simulator.createClips({ count: 25 });
    const second = (await api('GET', '/clips?page=2')).body.data;
    expect(second.clips).toHaveLength(5);
    expect(second.pagination).toEqual({ page: 2, limit: 20, total: 25, totalPages: 2 });
    await simulator.setShapes({ 'autoposting.clipList': 'offset' });
    const rest = (await api('GET', '/clips?limit=10&offset=20')).body.data;
    expect([rest.clips.length, rest.total]).toEqual([5, 25]);
    await simulator.setShapes({ 'autoposting.clipList': 'items' });
    const { items, ...paging } = (await api('GET', '/clips?limit=10&offset=20')).body.data;
    expect([items.length, paging]).toEqual([5, { total: 25, limit: 10, offset: 20 }]);
  });

  test('says errors with a code, with a sentence, or both', async () => {
    const bad = autoposting(simulator, 'nobody-has-this-key-at-all');
    const reply = await bad('GET', '/brands');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(reply.body.error).toContain(' ');
    await simulator.setShapes({ 'autoposting.errorForm': 'code-message' });
    expect((await bad('GET', '/brands')).body).toMatchObject({
      error: 'unauthorized',
      message: expect.any(String),
    });
  });

  test('tells the five bad states of a key apart', async () => {
    const states = ['revoked', 'scope-limited', 'suspended', 'broke'] as const;
    const id = await readyClip();
    const seen: unknown[] = [];
    for (const state of states) {
      const account = await simulator.createAccount({ service: 'autoposting', state });
      const api = autoposting(simulator, account.key);
      const [clip] = await simulator.createClips({
        accountId: account.accountId,
        status: 'ready',
      });
      const reply = await api('POST', `/clips/${clip?.id}/render`, { editRevision: 1 });
      seen.push([reply.status, reply.body.code]);
      expect((await api('GET', `/clips/${id}`)).status).toBe(state === 'revoked' ? 401 : 404);
    }
    expect(seen).toEqual([
      [401, 'UNAUTHORIZED'],
      [403, 'FORBIDDEN'],
      [403, 'BILLING_SUSPENDED'],
      [402, 'INSUFFICIENT_CREDITS'],
    ]);
  });

  test('says of money and connections what the client reads by default', async () => {
    const api = autoposting(simulator);
    expect((await api('GET', '/billing/credits')).body.data).toEqual({
      balance: 500,
      balanceFormatted: '500 credits',
      totalSpent30d: 0,
      recentUsage: [],
    });
    expect((await api('GET', '/billing/status')).body.data).toMatchObject({
      ...{ planName: 'Creator', accountLimit: 10, accountsUsed: 2, creditBalance: 500 },
      ...{ costMultiplier: 1, isTrialing: false, suspendedAt: null },
      currentPeriodEnd: expect.any(String),
    });
    const status = async () =>
      (await api('GET', '/brands/harbour-films/auth/status')).body.data as object[];
    expect(await status()).toMatchObject([
      { platform: 'instagram', connected: true, platformUsername: '@harbour-films' },
      { platform: 'youtube', connected: true },
      { platform: 'linkedin', connected: false },
    ]);
    const over = { platform: 'x', connected: true, refreshError: 'token revoked' };
    await simulator.setConnections({ platforms: [{ ...over, expiresAtMs: Date.UTC(2024, 0, 1) }] });
    expect(await status()).toMatchObject([{ ...over, expiresAt: '2024-01-01T00:00:00.000Z' }]);
    expect((await api('GET', '/brands/nobody/auth/status')).status).toBe(404);
  });

  test('takes both key headers, and answers a page outside its API', async () => {
    const headers = { 'x-api-key': simulator.keys.autoposting };
    const profile = await fetch(`${simulator.autopostingUrl}/auth/profile`, { headers });
    expect(profile.status).toBe(200);
    const page = await fetch(new URL('/clips', simulator.autopostingUrl), { headers });
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const orgs = await fetch(`${simulator.autopostingUrl}/orgs`, { headers });
    expect(orgs.status).toBe(401);
  });
});

describe('Clipping', () => {
  test('lists in every envelope, and keeps the shape it was started with over a reset', async () => {
    const api = clipping(simulator);
    await simulator.createExecutions();
    const list = async () => (await api('GET', '/v1/executions/me?active=1')).body;
    expect((await list()).executions[0].created_at).toBe(
      Math.floor((await simulator.nowMs()) / 1000),
    );
    await simulator.setShapes({ 'clipping.list': 'bare', 'clipping.idField': '_id' });
    expect((await list())[0]).toHaveProperty('_id');
    await simulator.setShapes({ 'clipping.list': 'data' });
    expect((await list()).data).toHaveLength(1);
  });

  test('answers a detail flat, with the steps under another name', async () => {
    const [execution] = await simulator.createExecutions({ status: 'error' });
    await simulator.setShapes({
      'clipping.executionDetail': 'flat',
      'clipping.stepsKey': 'step_summaries',
      'clipping.executionError': 'erro',
    });
    const detail = (await clipping(simulator)('GET', `/v1/executions/${execution?.id}`)).body;
    expect(detail).toMatchObject({ status: 'error', erro: expect.any(String), step_summaries: [] });
  });

  test('refuses the realtime socket to a key', async () => {
    const status = await new Promise((resolve, reject) => {
      const req = http.request(
        `${simulator.clippingUrl}/v1/realtime?token=${simulator.keys.clipping}`,
        {
          headers: { connection: 'Upgrade', upgrade: 'websocket' },
        },
      );
      req.on('response', (reply) => resolve(reply.resume().statusCode));
      req.on('upgrade', () => resolve('open'));
      req.on('error', reject);
      req.end();
    });
    expect(status).toBe(401);
    expect(await simulator.keyLeaks()).toMatchObject([{ how: 'key-in-url' }]);
  });
});

test('the realtime socket opens to a session token and carries a message', async () => {
  const account = (await simulator.accounts()).find((one) => one.service === 'clipping');
  const token = await simulator.createSessionToken(account?.id ?? '');
  const url = `${simulator.clippingUrl.replace('http', 'ws')}/v1/realtime?token=${token}`;
  const socket = new WebSocket(url);
  const message = new Promise((resolve, reject) => {
    socket.onmessage = (event) => resolve(event.data);
    socket.onerror = () => reject(new Error('refused'));
  });
  await simulator.until(async () => (await simulator.openSockets()) === 1);
  expect(await simulator.sendRealtime(account?.id ?? '', { event: 'x'.repeat(200) })).toBe(1);
  expect(JSON.parse(String(await message)).event).toHaveLength(200);
  socket.close();
  await simulator.until(async () => (await simulator.openSockets()) === 0);
});

test('a shape that does not exist is refused with the list of those that do', async () => {
  await expect(simulator.call('setShapes', { 'clipping.lst': 'bare' } as never)).rejects.toThrow(
    'clipping.list',
  );
});
