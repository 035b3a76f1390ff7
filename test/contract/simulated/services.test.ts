import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../../../main/domain/service';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import { clipping } from '../../../main/services/clipping/module';
import { type Simulator, startSimulator } from '../../simulator/client';
import { type ShapeChoice, type ShapeName, shapeTable } from '../../simulator/shapes';
import { accessTo, clientFor, failureOf } from '../../unit/http/server';

/** Whole workflows with a process of their own, on a machine that may be busy. */
const LONG_MS = 60_000;

let simulator: Simulator;
let client: JsonHttpClient;
let autopostingAccount: ServiceConnection;
let clippingAccount: ServiceConnection;

beforeAll(async () => {
  simulator = await startSimulator();
  client = clientFor();
  const { keys } = simulator;
  const access = { key: async () => keys.autoposting };
  autopostingAccount = autoposting.connect(client, accessTo(simulator.autopostingUrl, access));
  clippingAccount = clipping.connect(
    client,
    accessTo(simulator.clippingUrl, { accountId: 'a2', key: async () => keys.clipping }),
  );
}, LONG_MS);
afterAll(async () => {
  await client.close();
  await simulator.stop();
});
beforeEach(async () => {
  await simulator.reset();
});

/**
 * Rounds of shapes in which every value of every named switch comes up at least once: the n-th
 * round takes the n-th value of each.
 */
function rounds(names: ShapeName[]): ShapeChoice[] {
  const count = Math.max(...names.map((name) => shapeTable[name].values.length));
  return Array.from({ length: count }, (_, round) =>
    Object.fromEntries(
      names.map((name) => {
        const { values } = shapeTable[name];
        return [name, values[round % values.length]];
      }),
    ),
  );
}

describe('against the simulator, in every shape', () => {
  it(
    'a video goes up, is processed and rendered, and the result can be opened',
    async () => {
      const shapes = rounds([
        'autoposting.objectNesting',
        'autoposting.idField',
        'autoposting.clipFields',
        'autoposting.candidateScores',
        'autoposting.clipList',
        'autoposting.clipListRows',
        'autoposting.jobList',
        'autoposting.brandList',
        'autoposting.brandFields',
        'autoposting.renderAnswer',
        'autoposting.clipRenderStatus',
        'autoposting.renderRunningWord',
        'autoposting.jobPending',
        'autoposting.jobExtras',
        'autoposting.outputUrl',
        'autoposting.time',
      ]);
      for (const shape of shapes) {
        await simulator.reset();
        // Which body goes with which answer is unknown: any body is accepted here, and sent in one
        // form.
        await simulator.setShapes({ ...shape, 'autoposting.renderBody': 'either' });
        await journey(shape);
      }
      expect(await simulator.keyLeaks()).toEqual([]);
    },
    LONG_MS,
  );

  async function journey(shape: ShapeChoice): Promise<void> {
    const name = JSON.stringify(shape);
    const { brands } = await autopostingAccount.profile();
    const brandId = brands[0]?.id ?? '';
    expect(brands.length, name).toBeGreaterThan(0);
    const bytes = randomBytes(1_000);
    const { uploads } = autopostingAccount;
    if (!uploads) throw new Error('no uploads');
    const remote = await uploads.start({
      brandId,
      fileName: 'talk.mp4',
      mimeType: 'video/mp4',
      sizeBytes: bytes.length,
    });
    const [part] = await uploads.sign(remote, [1]);
    expect(await uploads.isComplete(remote), name).toBe(false);
    const sent = await fetch(part?.url ?? '', { method: 'PUT', body: bytes });
    expect(sent.status, name).toBe(200);
    await uploads.complete(remote, [
      { partNumber: 1, sizeBytes: bytes.length, etag: sent.headers.get('etag') ?? '' },
    ]);
    expect(await uploads.isComplete(remote), name).toBe(true);
    const stored = await simulator.objectHash(remote.clipId);
    expect(stored.sha256, name).toBe(createHash('sha256').update(bytes).digest('hex'));

    const inList = async () =>
      (await autopostingAccount.list()).observations.find(
        ({ remoteId }) => remoteId === remote.clipId,
      );
    const job = { kind: 'processing' as const, remoteId: remote.clipId, clipId: remote.clipId };
    const inDetail = async () => (await autopostingAccount.read(job)).observations[0];
    expect(await inList(), name).toMatchObject({ phase: 'running' });
    await simulator.advance(10_000);
    expect(await inList(), name).toMatchObject({ phase: 'done' });
    const ready = await inDetail();
    expect(ready, name).toMatchObject({ phase: 'done', title: expect.stringContaining('talk') });
    // If this mark differed between list and detail, the clip would be looked up at every poll.
    expect((await inList())?.revisionMark, name).toBe(ready?.revisionMark);
    expect(ready?.clip?.candidates.length, name).toBeGreaterThan(0);
    const sdkHas = shape['autoposting.clipFields'] !== 'docs';
    expect(ready?.clip?.editRevision !== null, name).toBe(sdkHas);

    const [render] =
      (await autopostingAccount.render?.({
        clipId: remote.clipId,
        candidateId: ready?.clip?.candidates[0]?.id ?? null,
        editRevision: ready?.clip?.editRevision ?? null,
      })) ?? [];
    if (!render) throw new Error(`${name}: no render`);
    const inJobs = async () => {
      const snapshot = await autopostingAccount.read(render);
      expect(snapshot.covers, name).toEqual({ kind: 'render', clipId: remote.clipId });
      return snapshot.observations.find(({ remoteId }) => remoteId === render.remoteId);
    };
    expect(await inJobs(), name).toMatchObject({
      phase: 'waiting',
      resultUrl: null,
      endedAtMs: null,
    });
    await simulator.advance(2_000);
    expect(await inJobs(), name).toMatchObject({ phase: 'running' });
    await simulator.advance(20_000);
    const done = await inJobs();
    expect(done, name).toMatchObject({ phase: 'done', failure: null });
    expect(done?.resultUrl, name).toContain(simulator.storageUrl);
    expect(Math.abs((done?.endedAtMs ?? 0) - (await simulator.nowMs())), name).toBeLessThan(30_000);
  }

  it(
    'a video is fetched from an address and followed, whichever body the service reads',
    async () => {
      const brandId = (await autopostingAccount.profile()).brands[0]?.id ?? '';
      const url = 'https://autopostingAccount.example/talk.mp4';
      for (const shape of rounds(['autoposting.importBody', 'autoposting.unknownFields'])) {
        const name = JSON.stringify(shape);
        await simulator.setShapes(shape);
        const asked = autopostingAccount.importUrl?.({ brandId, url, title: 'Talk' });
        if (!asked) throw new Error('no import');
        if (shape['autoposting.importBody'] === 'docs') {
          // The one form that is not sent: it is refused with a message, and creates nothing.
          expect((await failureOf(asked)).problem, name).toBe('rejected');
          continue;
        }
        const clipId = await asked;
        const { observations } = await autopostingAccount.list();
        expect(observations.map(({ remoteId }) => remoteId).filter((id) => id === clipId)).toEqual([
          clipId,
        ]);
        const job = { kind: 'processing' as const, remoteId: clipId, clipId };
        expect((await autopostingAccount.read(job)).observations[0], name).toMatchObject({
          phase: 'running',
          title: 'Talk',
        });
      }
      const log = await simulator.requests({ service: 'autoposting' });
      expect(log.filter(({ path }) => path.endsWith('/clips/import-url'))).toHaveLength(3);
    },
    LONG_MS,
  );

  it(
    'an execution is listed while it runs, leaves the list, and is read once it is done',
    async () => {
      const shapes = rounds([
        'clipping.list',
        'clipping.idField',
        'clipping.executionDetail',
        'clipping.executionRow',
        'clipping.stepsKey',
        'clipping.executionError',
        'clipping.time',
        'clipping.me',
      ]);
      for (const shape of shapes) {
        const name = JSON.stringify(shape);
        await simulator.reset();
        await simulator.setShapes(shape);
        const profile = await clippingAccount.profile();
        expect(profile.label, name).toBeTruthy();
        if (shape['clipping.me'] !== 'no-balance')
          expect(profile.balanceCoins, name).toBeGreaterThan(0);
        const [good] = await simulator.createExecutions();
        const [bad] = await simulator.createExecutions({ status: 'error' });
        const list = async () => {
          const snapshot = await clippingAccount.list();
          expect(snapshot.covers, name).toEqual({ kind: 'execution', clipId: null });
          return snapshot.observations.find(({ remoteId }) => remoteId === good?.id);
        };
        const read = async (remoteId = '') =>
          (await clippingAccount.read({ kind: 'execution', remoteId, clipId: null }))
            .observations[0];
        expect(await list(), name).toMatchObject({ phase: 'waiting' });
        await simulator.advance(2_000);
        expect(await list(), name).toMatchObject({ phase: 'running' });
        await simulator.advance(20_000);
        expect(await list(), name).toBeUndefined();
        expect(await read(good?.id), name).toMatchObject({ phase: 'done', failure: null });
        const failed = await read(bad?.id);
        expect(failed, name).toMatchObject({ phase: 'failed', remoteStatus: 'error' });
        const isExplained =
          shape['clipping.executionError'] !== 'absent' &&
          shape['clipping.executionRow'] !== 'minimal';
        expect(failed?.failure !== null, name).toBe(isExplained);
      }
      expect(await simulator.keyLeaks()).toEqual([]);
    },
    LONG_MS,
  );
});
