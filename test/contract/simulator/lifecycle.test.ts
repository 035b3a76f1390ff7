import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/client';
import { autoposting, clipping, mib, someBytes, uploadClip } from './requests';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ start: '2026-03-01T08:00:00Z' });
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

describe('a clip', () => {
  test('goes from upload to a downloadable render as the clock says, and costs a credit', async () => {
    const api = autoposting(simulator);
    const clipId = await uploadClip(simulator, [someBytes(mib)]);
    const status = async () => (await api('GET', `/clips/${clipId}`)).body.data.status;
    expect(await status()).toBe('processing');
    await simulator.advance(3_999);
    expect(await status()).toBe('processing');
    await simulator.advance(1);
    expect(await status()).toBe('ready');

    const clip = (await api('GET', `/clips/${clipId}`)).body.data;
    expect(clip.candidates).toHaveLength(3);
    const body = { editRevision: clip.editRevision, candidateId: clip.candidates[0].id };
    const submitted = await api('POST', `/clips/${clipId}/render`, body);
    const [jobId] = submitted.body.data.jobIds;
    const job = async () => (await api('GET', `/clips/${clipId}/jobs`)).body.data[0];
    expect(await job()).toMatchObject({ id: jobId, status: 'queued' });
    await simulator.advance(1_000);
    expect((await job()).status).toBe('processing');
    expect(await job()).not.toHaveProperty('outputUrl');
    await simulator.advance(4_000);
    expect((await job()).status).toBe('completed');

    const video = Buffer.from(await (await fetch((await job()).outputUrl)).arrayBuffer());
    expect(video.subarray(4, 8).toString()).toBe('ftyp');
    expect(video.length).toBe(262_144);
    expect((await api('GET', '/billing/credits')).body.data.balance).toBe(499);

    const again = await api('POST', `/clips/${clipId}/render`, body);
    expect(again.body.data.reusedJobIds).toEqual([jobId]);
    await simulator.editClip(clipId);
    expect((await api('POST', `/clips/${clipId}/render`, body)).status).toBe(409);
  });

  test('can fail, and a failed render costs nothing', async () => {
    await simulator.configure({ renderPlan: { outcome: 'failed' } });
    const [clip] = await simulator.createClips({ status: 'ready' });
    await simulator.createRender({ clipId: clip?.id ?? '' });
    await simulator.advance(60_000);
    const api = autoposting(simulator);
    expect((await api('GET', `/clips/${clip?.id}/jobs`)).body.data[0].status).toBe('failed');
    expect((await api('GET', '/billing/credits')).body.data.balance).toBe(500);
  });

  test('shows any status and any field set by hand, and can vanish and come back', async () => {
    const api = autoposting(simulator);
    const [clip] = await simulator.createClips();
    const id = clip?.id ?? '';
    await simulator.setStatus(id, 'thinking_hard');
    await simulator.setFields(id, { duration: 'long' });
    await simulator.advance(3_600_000);
    expect((await api('GET', `/clips/${id}`)).body.data).toMatchObject({
      status: 'thinking_hard',
      duration: 'long',
    });
    await simulator.setHidden(id, true);
    expect((await api('GET', `/clips/${id}`)).status).toBe(404);
    await simulator.setHidden(id, false);
    expect((await api('GET', `/clips/${id}`)).status).toBe(200);
  });
});

describe('an execution', () => {
  test('is pending, running, done; then off the active list, with its transcript to read', async () => {
    const api = clipping(simulator);
    const item = await api('POST', '/v1/items', { source: 'https://youtu.be/pier0000001' });
    const itemId = item.body.item.item_id;
    const started = await api('POST', `/v1/items/${itemId}/transcript`, { lang: 'pt' });
    expect(started.status).toBe(202);
    const id = started.body.execution.execution_id;
    const active = async () =>
      (await api('GET', '/v1/executions/me?active=1')).body.executions.map(
        (row: { status: string }) => row.status,
      );
    expect(await active()).toEqual(['pending']);
    await simulator.advance(1_000);
    expect(await active()).toEqual(['running']);
    expect((await api('GET', `/v1/items/${itemId}/transcript?lang=pt`)).status).toBe(404);
    await simulator.advance(4_000);
    expect(await active()).toEqual([]);
    const detail = await api('GET', `/v1/executions/${id}`);
    expect(detail.body.execution.status).toBe('done');
    const transcript = await api('GET', `/v1/items/${itemId}/transcript?lang=pt`);
    expect(transcript.body.transcript.segments[1]).toMatchObject({ start: 4.2, end: 8.4 });
  });

  test('shows steps as they are run, and the inputs of those to come', async () => {
    const api = clipping(simulator);
    const { reporters } = await simulator.things();
    const started = await api('POST', `/v1/reporters/${reporters[0]?.id}/process`, {
      source: '@harbour',
    });
    const id = started.body.execution.execution_id;
    await simulator.advance(1_500);
    const half = (await api('GET', `/v1/executions/${id}`)).body;
    expect([half.steps.length, half.step_inputs.length]).toEqual([1, 1]);
    await simulator.advance(10_000);
    const whole = (await api('GET', `/v1/executions/${id}`)).body;
    expect([whole.steps.length, whole.step_inputs.length]).toEqual([2, 0]);
    expect((await api('GET', '/v1/documents')).body.documents).toHaveLength(1);
  });

  test('ends badly when its owner runs out of coins half way', async () => {
    const account = (await simulator.accounts()).find((one) => one.service === 'clipping');
    const accountId = account?.id ?? '';
    await simulator.setAccount({ accountId, balance: 0.02 });
    const [execution] = await simulator.createExecutions({
      plan: { steps: 2, providerCoins: 0.05 },
    });
    await simulator.advance(10_000);
    await simulator.setAccount({ accountId, balance: 5 });
    const detail = await clipping(simulator)('GET', `/v1/executions/${execution?.id}`);
    expect(detail.body.execution).toMatchObject({ status: 'error' });
    expect(detail.body.execution.error).toContain('saldo');
    const end = Date.parse(detail.body.execution.finished_at);
    expect(end - Date.parse(detail.body.execution.started_at)).toBe(2_000);
  });

  test('of a schedule appears after the trigger, which gives no execution itself', async () => {
    const api = clipping(simulator);
    const { schedules } = await simulator.things();
    const { id = '', reporterId = '' } = schedules[0] ?? {};
    const run = () => api('POST', `/v1/reporters/${reporterId}/schedules/${id}/run`);
    expect((await run()).body).toEqual({ status: 'dispatched', schedule_id: id });
    await run();
    const list = async () =>
      (await api('GET', `/v1/reporters/${reporterId}/executions`)).body.executions;
    expect(await list()).toEqual([]);
    await simulator.advance(500);
    expect(await list()).toHaveLength(2);
    const runs = (await api('GET', `/v1/reporters/${reporterId}/schedule/runs?limit=5`)).body.runs;
    expect(runs).toMatchObject([{ run_id: 42, status: 'running' }]);
    const one = await api('GET', `/v1/reporters/${reporterId}/schedule/runs/42`);
    expect(one.body.run.events).toHaveLength(2);
  });

  test('polled with a thousand others comes in one answer', async () => {
    const fast = { pendingMs: 0, runningMs: 3_600_000 };
    await simulator.createExecutions({ count: 1_000, plan: fast });
    await simulator.createClips({ count: 200, plan: { processingMs: 3_600_000 } });
    await simulator.advance(10);
    const reply = await clipping(simulator)('GET', '/v1/executions/me?active=1');
    expect(reply.body.executions).toHaveLength(1_000);
  });
});

test('fees are drawn call by call, and an empty balance answers 402', async () => {
  const api = clipping(simulator);
  expect((await api('GET', '/v1/me')).body.user.balance_coins).toBe(1_000);
  expect((await api('GET', '/v1/me')).body.user.balance_coins).toBe(999.999);
  const { key } = await simulator.createAccount({ service: 'clipping', state: 'broke' });
  const refused = await clipping(simulator, key)('GET', '/v1/me');
  expect([refused.status, Object.keys(refused.body)]).toEqual([402, ['erro']]);
});

test('a browser sign-in passes through all its answers', async () => {
  const api = autoposting(simulator);
  const code = (await api('POST', '/auth/cli/device-code', {})).body.data;
  const poll = () => api('GET', `/auth/cli/poll?device_code=${code.deviceCode}`);
  expect((await poll()).body.status).toBe('authorization_pending');
  expect((await poll()).body).toMatchObject({ status: 'slow_down', interval: 10 });
  await simulator.decideDevice(code.userCode, 'approve');
  await simulator.advance(10_000);
  const done = await poll();
  expect(done.body.status).toBe('complete');
  const profile = await autoposting(simulator, done.body.sessionToken)('GET', '/auth/profile');
  expect(profile.body.data.authType).toBe('session');
  await simulator.advance(900_000);
  const late = await poll();
  expect([late.status, late.body.status]).toEqual([400, 'expired_token']);
});
