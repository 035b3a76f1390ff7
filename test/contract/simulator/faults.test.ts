import { spawn } from 'node:child_process';
import http from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faults, type Simulator, startSimulator } from '../../simulator/client';
import {
  autoposting,
  clipping,
  initUpload,
  mib,
  presignPart,
  putPart,
  someBytes,
} from './requests';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

const brands = () => autoposting(simulator)('GET', '/brands');

describe('statuses', () => {
  test('429 carries the wait in seconds or as a date, and the rate headers', async () => {
    await simulator.addFault({
      path: '/brands',
      action: faults.rateLimited({ seconds: 7, limit: 60 }),
    });
    await simulator.addFault({ path: '/brands', action: faults.rateLimited({ dateInMs: 9_000 }) });
    const first = await brands();
    expect([first.status, first.body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(first.headers.get('retry-after')).toBe('7');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0');
    const second = await brands();
    const until = Date.parse(second.headers.get('retry-after') ?? '');
    expect(Math.abs(until - (await simulator.nowMs()) - 9_000)).toBeLessThan(1_001);
    expect((await brands()).status).toBe(200);
  });

  test('each service says an error in its own envelope', async () => {
    await simulator.addFault({ times: 'always', action: faults.serverError(503) });
    expect((await brands()).body).toMatchObject({ success: false });
    expect((await clipping(simulator)('GET', '/v1/me')).body).toEqual({ erro: expect.any(String) });
    const stored = await fetch(`${simulator.storageUrl}/renders/x.mp4`);
    expect(await stored.text()).toContain('<Code>SlowDown</Code>');
  });

  test('both meanings of 403 can be distinguished', async () => {
    await simulator.addFault({ action: faults.scopeMissing() });
    await simulator.addFault({ action: faults.suspended() });
    expect((await brands()).body.code).toBe('FORBIDDEN');
    expect((await brands()).body.code).toBe('BILLING_SUSPENDED');
  });
});

describe('bodies', () => {
  test.each([
    ['malformed', faults.malformedJson()],
    ['truncated', faults.truncatedJson()],
    ['a page of HTML', faults.html()],
    ['nothing', faults.emptyBody()],
  ])('%s instead of JSON, with 200', async (_, action) => {
    await simulator.addFault({ action });
    const reply = await brands();
    expect([reply.status, reply.body]).toEqual([200, undefined]);
  });

  test('huge and deep ones come as asked for', async () => {
    await simulator.addFault({ action: faults.hugeBody(3) });
    await simulator.addFault({ action: faults.deepJson(50_000) });
    expect((await brands()).text.length).toBeGreaterThan(3 * mib);
    expect((await brands()).text.startsWith('{"data":{"data":')).toBe(true);
  });

  test('a wrong content type keeps the body', async () => {
    await simulator.addFault({ action: faults.wrongContentType('text/plain') });
    const reply = await brands();
    expect(reply.headers.get('content-type')).toBe('text/plain');
    expect(reply.body.success).toBe(true);
  });

  test('a slow answer takes its time', async () => {
    await simulator.addFault({ action: faults.slow({ answerBytesPerSecond: 2_000 }) });
    const startMs = performance.now();
    const reply = await brands();
    expect(performance.now() - startMs).toBeGreaterThan((reply.text.length / 2_000) * 700);
  });
});

describe('connections', () => {
  test('a lost answer has had its effect; a reset without effect has not', async () => {
    const { collections, items } = await simulator.things();
    expect(collections).toHaveLength(1);
    const api = clipping(simulator);
    const start = () => api('POST', `/v1/items/${items[0]?.id}/transcript`, {});
    await simulator.addFault({ method: 'POST', action: faults.resetWithoutEffect() });
    await simulator.addFault({ method: 'POST', action: faults.lostAnswer() });
    await expect(start()).rejects.toThrow();
    expect(await simulator.executions()).toHaveLength(0);
    await expect(start()).rejects.toThrow();
    expect(await simulator.executions()).toHaveLength(1);
    const log = await simulator.requests({ method: 'POST' });
    expect(log.map(({ outcome, applied }) => [outcome, applied])).toEqual([
      ['reset', false],
      ['reset', true],
    ]);
  });

  test('an answer can break off in the middle', async () => {
    await simulator.addFault({ action: faults.resetInAnswer(20) });
    await expect(brands()).rejects.toThrow();
  });

  test('one that hangs is seen in flight until the client goes', async () => {
    await simulator.addFault({ action: faults.hang() });
    const stop = new AbortController();
    const hung = fetch(`${simulator.autopostingUrl}/health`, { signal: stop.signal }).catch(
      (error: Error) => error.name,
    );
    await simulator.until(async () => (await simulator.inFlight()).length === 1);
    stop.abort();
    expect(await hung).toBe('AbortError');
    await simulator.until(async () => (await simulator.inFlight()).length === 0);
    expect((await simulator.requests()).at(-1)?.outcome).toBe('hung');
  });

  test('a redirect leads to another origin, where a key that follows is a leak', async () => {
    await simulator.addFault({ action: faults.redirect() });
    const reply = await brands();
    expect(reply.status).toBe(307);
    const location = reply.headers.get('location') ?? '';
    expect(new URL(location).origin).toBe(simulator.storageUrl);
    await fetch(location, { headers: { 'x-api-key': simulator.keys.autoposting } });
    expect(await simulator.keyLeaks()).toMatchObject([{ how: 'header-at-storage' }]);
  });
});

describe('the death of the client', () => {
  /** A process that sends one request and prints the status of the answer. */
  function client(): { pid: number; heard: Promise<string>; end: Promise<string | null> } {
    const program = `
      process.stdin.once('data', async (url) => {
        const answer = await fetch(String(url), { method: 'POST', body: 'x'.repeat(50_000) });
        process.stdout.write(String(answer.status));
        setInterval(() => {}, 1_000);
      });
      process.stdout.write('ready');`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    let heard = '';
    child.stdout.on('data', (text) => {
      heard += text;
      if (heard === 'ready') child.stdin.write(`${simulator.autopostingUrl}/health`);
    });
    const end = new Promise<string | null>((resolve) =>
      child.once('close', (_code, signal) => resolve(signal)),
    );
    return { pid: child.pid ?? Number.NaN, heard: end.then(() => heard), end };
  }

  test('can come in the middle of what it sends', async () => {
    const { pid, heard, end } = client();
    const at = { point: 'in-body', afterBytes: 20_000 } as const;
    await simulator.addFault({ path: '/health', action: faults.killed(pid, at) });
    expect(await end).toBe('SIGKILL');
    expect(await heard).toBe('ready');
    const [request] = await simulator.requests();
    expect(request).toMatchObject({ bytesIn: 20_000, outcome: 'reset', applied: false });
  });

  test('can come after the answer', async () => {
    const { pid, heard, end } = client();
    const action = faults.killedAfterAnswer(pid, 300);
    await simulator.addFault({ path: '/health', action });
    expect(await end).toBe('SIGKILL');
    expect(await heard).toMatch(/^ready\d{3}$/);
    expect((await simulator.requests())[0]).toMatchObject({ outcome: 'answered' });
  });
});

describe('parts', () => {
  test('a reset after some bytes stores nothing', async () => {
    const upload = await initUpload(simulator);
    const url = await presignPart(simulator, upload, 1);
    await simulator.addFault({ partNumber: 1, action: faults.resetAfterRequestBytes(100_000) });
    await expect(putPart(url, someBytes(2 * mib))).rejects.toThrow();
    const [object] = await simulator.objects();
    expect(object?.history).toMatchObject([{ begun: 1, stored: 0, answered: 0 }]);
    expect((await putPart(url, someBytes(2 * mib))).status).toBe(200);
  });

  test('a stall stops reading in the middle', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    await simulator.addFault({ service: 'storage', action: faults.stallAfterRequestBytes(65_536) });
    const req = http.request(url, { method: 'PUT', headers: { 'content-length': 64 * mib } });
    const ended = new Promise((resolve) => req.on('error', resolve));
    req.write(someBytes(32 * mib));
    const hung = await simulator.until(async () =>
      (await simulator.inFlight()).find((one) => one.bytesIn >= 65_536),
    );
    expect(hung.bytesIn).toBe(65_536);
    req.destroy(new Error('given up'));
    await ended;
  });

  test('an address can expire in the middle of a part', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    await simulator.addFault({ service: 'storage', action: faults.expiredUrl(1_000_000) });
    const reply = await putPart(url, someBytes(3 * mib));
    expect([reply.status, reply.text.includes('AccessDenied')]).toEqual([403, true]);
    expect((await simulator.objects())[0]?.history).toMatchObject([{ begun: 1, stored: 0 }]);
  });

  test('the ETag can be wrong or missing, and a stored part can be corrupt', async () => {
    const url = await presignPart(simulator, await initUpload(simulator), 1);
    const bytes = someBytes(1_000);
    await simulator.addFault({ service: 'storage', action: faults.wrongEtag() });
    await simulator.addFault({ service: 'storage', action: faults.missingEtag() });
    await simulator.addFault({ service: 'storage', action: faults.corruptPart() });
    const [wrong, missing, corrupt, good] = [
      await putPart(url, bytes),
      await putPart(url, bytes),
      await putPart(url, bytes),
      await putPart(url, bytes),
    ];
    expect(missing.etag).toBeNull();
    expect(new Set([wrong.etag, corrupt.etag, good.etag]).size).toBe(3);
    expect((await simulator.objects())[0]?.history[0]?.answered).toBe(3);
  });
});

describe('rules', () => {
  test('skip, times and a seeded chance decide who is struck', async () => {
    await simulator.addFault({ path: '/brands', skip: 1, times: 2, action: faults.serverError() });
    const seen = [];
    for (let i = 0; i < 4; i += 1) seen.push((await brands()).status);
    expect(seen).toEqual([200, 500, 500, 200]);
    await simulator.clearFaults();
    const draw = async () => {
      const id = await simulator.addFault({
        times: 'always',
        probability: 0.5,
        seed: 3,
        action: faults.serverError(),
      });
      const statuses = [];
      for (let i = 0; i < 12; i += 1) statuses.push((await brands()).status);
      await simulator.removeFault(id);
      return statuses;
    };
    const first = await draw();
    expect(new Set(first).size).toBe(2);
    expect(await draw()).toEqual(first);
  });

  test('a misspelt rule is refused rather than striking everything', async () => {
    const rule = { pth: '/brands', action: faults.notFound() };
    await expect(simulator.addFault(rule as never)).rejects.toThrow('pth');
  });

  test('a configured rate limit is enforced for each key and named in every answer', async () => {
    await simulator.configure({
      rateLimits: { autoposting: { limit: 2, windowMs: 10_000, per: 'key' } },
    });
    const statuses = [(await brands()).status, (await brands()).status];
    const third = await brands();
    expect([...statuses, third.status]).toEqual([200, 200, 429]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(8);
    await simulator.advance(10_000);
    expect((await brands()).headers.get('x-ratelimit-remaining')).toBe('1');
  });
});

test('the process ends by itself on SIGTERM, even with a request that hangs', async () => {
  await simulator.addFault({ action: faults.hang() });
  const hung = fetch(`${simulator.autopostingUrl}/health`).catch(() => 'cut');
  await simulator.until(async () => (await simulator.inFlight()).length === 1);
  await simulator.stop();
  expect(simulator.process.exitCode).toBe(0);
  expect(await hung).toBe('cut');
});
