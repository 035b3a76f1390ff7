import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClipLibrary } from '../../../main/domain/clip-library';
import type { ServiceConnection } from '../../../main/domain/service';
import { nextPollMs } from '../../../main/domain/sign-in';
import { resumableDownload } from '../../../main/downloads/resumable-download';
import { createDownloadClient } from '../../../main/http/download-client';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import { faults, type Simulator, startSimulator } from '../../simulator/client';
import type { ShapeChoice } from '../../simulator/shapes';
import { accessTo, clientFor, failureOf } from '../../unit/http/server';

const LONG_MS = 60_000;

let simulator: Simulator;
let client: JsonHttpClient;
let connection: ServiceConnection;
let clips: ClipLibrary;

beforeAll(async () => {
  simulator = await startSimulator();
  client = clientFor();
}, LONG_MS);
afterAll(async () => {
  await client.close();
  await simulator.stop();
});
beforeEach(async () => {
  await simulator.reset();
  const access = { key: async () => simulator.keys.autoposting };
  connection = autoposting.connect(client, accessTo(simulator.autopostingUrl, access));
  if (!connection.clips) throw new Error('no clips');
  clips = connection.clips;
});

async function readyClip() {
  const [clip] = await simulator.createClips({ status: 'ready' });
  const id = clip?.id ?? '';
  const record = await clips.one(id);
  return { id, record, candidateIds: (record.candidates ?? []).map((one) => one.id) };
}

const sent = async (path: RegExp) =>
  (await simulator.requests({ service: 'autoposting' })).filter(
    (one) => one.method === 'POST' && path.test(one.path),
  );

describe('the clips', () => {
  it.each([['page'], ['offset'], ['bare']] as const)(
    'are all shown, each once, in the list form %s',
    async (form) => {
      await simulator.setShapes({ 'autoposting.clipList': form });
      const made = await simulator.createClips({ count: 45, status: 'ready' });
      const shown: string[] = [];
      let page = await clips.page(null);
      for (let count = 1; count < 20; count += 1) {
        shown.push(...page.clips.map(({ id }) => id));
        if (page.next === null) break;
        page = await clips.page(page.next);
      }
      expect(new Set(shown)).toEqual(new Set(made.map(({ id }) => id)));
      expect(shown).toHaveLength(45);
    },
  );

  it.each([['data'], ['bare'], ['204']] as const)('are deleted once, answer %s', async (form) => {
    await simulator.setShapes({ 'autoposting.deleteAnswer': form });
    const { id } = await readyClip();
    await clips.remove(id);
    expect((await failureOf(clips.one(id))).problem).toBe('not-found');
    await clips.remove(id);
  });

  it('are shown with their scores, wherever the service puts them', async () => {
    for (const form of ['nested', 'flat'] as const) {
      await simulator.setShapes({ 'autoposting.candidateScores': form });
      const { record } = await readyClip();
      const names = record.candidates?.[0]?.scores.map(({ name }) => name);
      expect(names?.sort()).toEqual(['clarity', 'hook', 'retention', 'visual']);
      expect(record.candidates?.[1]?.splitEligible).toBe(true);
      expect(record.sourceUrl).toContain('/sources/');
    }
  });
});

describe('a render', () => {
  const strict: ShapeChoice = { 'autoposting.unknownFields': 'rejected' };
  const start = (clip: Awaited<ReturnType<typeof readyClip>>, editRevision: number | null) =>
    connection.render?.({
      clipId: clip.id,
      candidateId: clip.candidateIds[0] ?? null,
      editRevision,
    }) ?? Promise.reject(new Error('no render'));

  it('is sent in either form, and the one that was accepted is tried first from then on', async () => {
    await simulator.setShapes({ ...strict, 'autoposting.renderBody': 'docs' });
    const clip = await readyClip();
    expect(await start(clip, clip.record.editRevision)).toHaveLength(1);
    expect(await sent(/render$/)).toHaveLength(2);
    await start(clip, clip.record.editRevision);
    expect(await sent(/render$/)).toHaveLength(3);
    await simulator.setShapes({ 'autoposting.renderBody': 'sdk' });
    await start(clip, clip.record.editRevision);
    expect(await sent(/render$/)).toHaveLength(5);
    expect(await simulator.renders()).toHaveLength(1);
  });

  it.each([['409'], ['400']] as const)(
    'of an edit that the user has not seen is a conflict, however the service says so (%s)',
    async (staleRevision) => {
      await simulator.setShapes({
        'autoposting.staleRevision': staleRevision,
        'autoposting.renderBody': 'either',
      });
      const clip = await readyClip();
      await simulator.editClip(clip.id);
      const failure = await failureOf(start(clip, clip.record.editRevision));
      expect(failure.problem).toBe('conflict');
      expect(await simulator.renders()).toEqual([]);
      const now = (await clips.one(clip.id)).editRevision;
      expect(await start(clip, now)).toHaveLength(1);
    },
  );

  it('is not sent again in any form when its answer is lost', async () => {
    const clip = await readyClip();
    await simulator.addFault({ path: '/clips/{id}/render', action: faults.lostAnswer() });
    expect((await failureOf(start(clip, 1))).problem).toBe('unreachable');
    expect(await sent(/render$/)).toHaveLength(1);
    expect(await clips.renders(clip.id)).toHaveLength(1);
  });

  it('of several parts stops where the next one could not succeed either', async () => {
    const clip = await readyClip();
    const [account] = await simulator.accounts();
    await simulator.setAccount({ accountId: account?.id ?? '', balance: 1 });
    await simulator.addFault({
      path: '/clips/{id}/render',
      skip: 1,
      action: faults.noCredit(),
    });
    const outcomes = await clips.renderAll(
      clip.candidateIds.map((candidateId) => ({
        clipId: clip.id,
        candidateId,
        editRevision: clip.record.editRevision,
      })),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(['started', 'refused', 'not-sent']);
    expect(await sent(/render$/)).toHaveLength(2);
  });

  it('can be checked first', async () => {
    const { id, candidateIds } = await readyClip();
    const check = () => clips.check(id, candidateIds[0] ?? '');
    expect((await check()).verdict).toBe('not-told');
    await simulator.setShapes({ 'autoposting.checkAnswer': 'verdict' });
    expect(await check()).toMatchObject({ verdict: 'enough', facts: { length: 3 } });
    const [account] = await simulator.accounts();
    await simulator.setAccount({ accountId: account?.id ?? '', balance: 0 });
    expect((await check()).verdict).toBe('too-little');
    await simulator.setShapes({ 'autoposting.checkAnswer': 'empty' });
    expect((await check()).verdict).toBe('too-little');
  });

  it(
    'is downloaded whole once it is done, although the connection breaks, and can be published',
    async () => {
      const clip = await readyClip();
      const [job] = await start(clip, clip.record.editRevision);
      await simulator.advance(30_000);
      const [done] = await clips.renders(clip.id);
      expect(done?.remoteId).toBe(job?.remoteId);
      const folder = mkdtempSync(join(tmpdir(), 'cliptray-result-'));
      const downloads = createDownloadClient({ userAgent: 'Cliptray/test', nowMs: Date.now });
      await simulator.addFault({
        service: 'storage',
        method: 'GET',
        action: faults.resetInAnswer(100_000),
      });
      const saved = await resumableDownload(
        { client: downloads, nowMs: Date.now, random: Math.random, wait: async () => {} },
        {
          id: 'one',
          url: done?.resultUrl ?? '',
          folder,
          title: '../The tide',
          onProgress: () => {},
          signal: new AbortController().signal,
        },
      );
      expect(saved.path).toBe(join(folder, 'The tide.mp4'));
      expect(readFileSync(saved.path)).toHaveLength(262_144);
      await downloads.close();
      rmSync(folder, { recursive: true, force: true });

      const { publishing } = connection;
      if (!publishing) throw new Error('no publishing');
      const [brand] = await publishing.brands();
      const draft = await publishing.createDraft({
        clipId: clip.id,
        candidateId: null,
        aspectRatio: null,
      });
      expect(draft.postId).toBeTruthy();
      const post = (platforms: string[]) =>
        publishing.publish({
          clipId: clip.id,
          mode: 'publish',
          candidateId: null,
          platforms,
          text: 'Hello',
          brandSlug: brand?.slug ?? null,
          scheduledAtMs: null,
          aspectRatio: '9:16',
        });
      const open = (brand?.platforms ?? []).filter(({ connected }) => connected);
      expect((await post(open.map(({ name }) => name))).remoteStatus).toBe('published');
      const shut = (brand?.platforms ?? []).filter(({ connected }) => connected === false);
      expect((await failureOf(post(shut.map(({ name }) => name)))).problem).toBe('conflict');
      const expiresAtMs = Date.UTC(2024, 0, 1);
      const over = { connected: true, expiresAtMs, refreshError: 'token revoked' };
      await simulator.setConnections({ platforms: [{ platform: 'facebook', ...over }] });
      expect(await publishing.connections(brand?.slug ?? '')).toEqual([
        { name: 'facebook', ...over },
      ]);
      expect((await failureOf(post(['facebook']))).problem).toBe('conflict');
      expect(await simulator.keyLeaks()).toEqual([]);
    },
    LONG_MS,
  );
});

describe('credits', () => {
  it.each([['docs'], ['sdk'], ['cli']] as const)('are read in the shape %s', async (form) => {
    await simulator.setShapes({ 'autoposting.credits': form });
    expect(await connection.credits?.()).toMatchObject({ unit: 'credits', balance: 500 });
  });
});

describe('sign-in with the browser', () => {
  const signIn = () =>
    autoposting.signIn?.(client, simulator.autopostingUrl) ?? Promise.reject(new Error('none'));

  it.each([
    ['wrapped', '400'],
    ['flat', '200'],
  ] as const)('ends with a key that works (%s, errors as %s)', async (deviceCode, errors) => {
    await simulator.setShapes({
      'autoposting.deviceCode': deviceCode,
      'autoposting.devicePollErrors': errors,
    });
    const flow = await signIn();
    const offer = await flow.begin();
    expect(offer.intervalMs).toBe(5_000);
    expect(await flow.poll(offer.deviceCode)).toEqual({ state: 'pending' });
    const slower = await flow.poll(offer.deviceCode);
    expect(slower).toEqual({ state: 'slow-down', intervalMs: 10_000 });
    expect(nextPollMs(offer.intervalMs, slower)).toBe(10_000);
    await simulator.decideDevice(offer.userCode, 'approve');
    await simulator.advance(20_000);
    const answer = await flow.poll(offer.deviceCode);
    if (answer.state !== 'complete') throw new Error(answer.state);
    const access = accessTo(simulator.autopostingUrl, { key: async () => answer.key });
    expect((await autoposting.connect(client, access).profile()).label).toBe('Harbour Films');
    await simulator.advance(20_000);
    expect(await flow.poll(offer.deviceCode)).toEqual({ state: 'expired' });
  });

  it('is over when the person denies it or never answers', async () => {
    const flow = await signIn();
    const denied = await flow.begin();
    await simulator.decideDevice(denied.userCode, 'deny');
    expect(await flow.poll(denied.deviceCode)).toEqual({ state: 'denied' });
    const late = await flow.begin();
    await simulator.advance(901_000);
    expect(await flow.poll(late.deviceCode)).toEqual({ state: 'expired' });
    expect((await failureOf(flow.poll('not-a-code'))).problem).toBe('rejected');
  });
});
