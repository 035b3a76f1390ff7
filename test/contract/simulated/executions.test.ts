import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Executions, StartRequest } from '../../../main/domain/execution';
import { transcriptAs } from '../../../main/domain/transcript';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { clipping } from '../../../main/services/clipping/module';
import { faults, type Simulator, startSimulator } from '../../simulator/client';
import type { ShapeChoice } from '../../simulator/shapes';
import { accessTo, clientFor, failureOf } from '../../unit/http/server';

const LONG_MS = 60_000;

let simulator: Simulator;
let client: JsonHttpClient;
let executions: Executions;

beforeAll(async () => {
  simulator = await startSimulator();
  client = clientFor();
  const access = accessTo(simulator.clippingUrl, { key: async () => simulator.keys.clipping });
  const connected = clipping.connect(client, access).executions;
  if (!connected) throw new Error('no runs');
  executions = connected;
}, LONG_MS);
afterAll(async () => {
  await client.close();
  await simulator.stop();
});
beforeEach(async () => {
  await simulator.reset();
});

const shapes: ShapeChoice[] = [
  {},
  {
    'clipping.list': 'bare',
    'clipping.idField': 'id',
    'clipping.executionStart': 'flat',
    'clipping.executionDetail': 'flat',
    'clipping.stepsKey': 'step_summaries',
    'clipping.time': 'seconds',
  },
  {
    'clipping.list': 'items',
    'clipping.idField': '_id',
    'clipping.stepsKey': 'workflow.steps',
    'clipping.time': 'millis',
  },
  { 'clipping.list': 'data', 'clipping.executionRow': 'minimal' },
];
const named = shapes.map((shape) => [JSON.stringify(shape), shape] as const);

async function first() {
  const things = await simulator.things();
  return {
    itemId: things.items[0]?.id ?? '',
    source: things.items[0]?.source ?? '',
    reporterId: things.reporters[0]?.id ?? '',
    workflowId: things.workflows[0]?.id ?? '',
    collectionId: things.collections[0]?.id ?? '',
    scheduleId: things.schedules[0]?.id ?? '',
  };
}

const since = async (knownIds: string[] = []) => ({
  sinceMs: await simulator.nowMs(),
  knownIds: new Set(knownIds),
  isPartial: false,
});

async function requestOf(kind: StartRequest['kind']): Promise<StartRequest> {
  const { itemId, reporterId, source, collectionId, scheduleId } = await first();
  switch (kind) {
    case 'transcript':
      return { kind, itemId, lang: 'pt', embed: false, text: null };
    case 'source':
      return { kind, reporterId, source, workflowId: null };
    case 'collection':
      return { kind, reporterId, collectionId, workflowId: null };
    case 'schedule':
      return { kind, reporterId, scheduleId };
  }
}

describe('with a key only', () => {
  it.each(named)('what can be worked on is offered: %s', async (_name, shape) => {
    await simulator.setShapes(shape);
    const ids = await first();
    expect(await executions.items()).toMatchObject({ readable: true, choices: { length: 2 } });
    expect(await executions.reporters()).toMatchObject({ choices: [{ id: ids.reporterId }] });
    expect(await executions.workflows(ids.reporterId)).toMatchObject({
      choices: [{ id: ids.workflowId, targetKind: 'youtube_video' }],
    });
    expect(await executions.schedules(ids.reporterId)).toMatchObject({
      choices: [{ id: ids.scheduleId, workflowId: ids.workflowId, enabled: true }],
    });
    expect(await executions.collections()).toMatchObject({
      choices: [{ id: ids.collectionId, itemCount: 2 }],
    });
    expect((await executions.findItem(ids.source))?.id).toBe(ids.itemId);
    expect(await executions.findItem('https://youtu.be/nothing')).toBeNull();
  });

  it('a service without such lists is no error: ids are typed in', async () => {
    await simulator.setShapes({ 'clipping.pickerLists': 'absent' });
    expect(await executions.items()).toEqual({ readable: false, problem: 'not-found' });
    expect(await executions.findItem('x')).toBeNull();
  });

  it.each(named)(
    'a video becomes an item, and a transcript that can be saved: %s',
    async (_n, shape) => {
      await simulator.setShapes(shape);
      const item = await executions.makeItem('https://www.youtube.com/watch?v=newvideo001');
      const { jobs } = await executions.start({
        kind: 'transcript',
        itemId: item.id,
        lang: 'pt',
        embed: false,
        text: null,
      });
      const id = jobs[0]?.remoteId ?? '';
      expect(jobs).toMatchObject([{ kind: 'execution', phase: 'waiting' }]);
      expect((await failureOf(executions.transcript(item.id, 'pt'))).problem).toBe('not-found');
      await simulator.advance(30_000);
      const detail = await executions.detail(id);
      expect(detail.phase).toBe('done');
      const minimal = shape['clipping.executionRow'] === 'minimal';
      expect(detail.about.itemId).toBe(minimal ? null : item.id);
      const transcript = await executions.transcript(item.id, 'pt');
      expect(transcript.segments[1]).toEqual({
        startMs: 4_200,
        endMs: 8_400,
        text: 'Os barcos voltam com a maré.',
      });
      expect(transcriptAs('srt', transcript)).toContain(
        '2\n00:00:04,200 --> 00:00:08,400\nOs barcos',
      );
    },
  );

  it.each(named)(
    'an execution shows its steps as they come, and leaves documents: %s',
    async (_n, shape) => {
      await simulator.setShapes(shape);
      const { reporterId, source, workflowId } = await first();
      const { jobs } = await executions.start({ kind: 'source', reporterId, source, workflowId });
      const id = jobs[0]?.remoteId ?? '';
      const before = await executions.detail(id);
      expect(before.steps.map(({ phase, output }) => [phase, output])).toEqual([
        [null, null],
        [null, null],
      ]);
      expect(before.steps[0]?.input?.text).toContain('five lines');
      await simulator.advance(3_500);
      const under = await executions.detail(id);
      expect(under.steps).toMatchObject([
        {
          position: 1,
          toolId: 'summary_review',
          phase: 'done',
          output: { text: 'Texto do passo 1.' },
        },
        { position: 2, toolId: 'quote_finder', phase: 'running', output: null },
      ]);
      expect(under.workflow?.id).toBe(workflowId);
      expect(under.raw.text).toContain('step_inputs');
      await simulator.advance(30_000);
      expect((await executions.detail(id)).steps.map(({ phase }) => phase)).toEqual([
        'done',
        'done',
      ]);
      const { documents } = await executions.documents({
        itemId: null,
        reporterId,
        kind: 'summary',
      });
      expect(documents).toMatchObject([{ kind: 'summary', content: { cut: false } }]);
    },
  );
});

describe('a start whose answer is lost', () => {
  const kinds = ['transcript', 'source', 'collection', 'schedule'] as const;

  it.each(kinds)(
    'is found by searching, and never sent again: %s',
    async (kind) => {
      for (const shape of shapes) {
        await simulator.reset();
        await simulator.setShapes(shape);
        await simulator.addFault({
          service: 'clipping',
          method: 'POST',
          action: faults.lostAnswer(),
        });
        const before = await simulator.createExecutions({ count: 2 });
        const from = await since(before.map(({ id }) => id));
        const request = await requestOf(kind);
        expect((await failureOf(executions.start(request))).problem).toBe('unreachable');
        await simulator.advance(1_000);
        const found = await executions.findStarted(request, from);
        const ids = (await simulator.executions())
          .map(({ id }) => id)
          .filter((id) => !from.knownIds.has(id));
        expect(found.jobs.map(({ remoteId }) => remoteId).sort()).toEqual(ids.sort());
        const minimal = shape['clipping.executionRow'] === 'minimal';
        // Rows without details allow no more than a guess, except for those of a reporter's list.
        expect(found.verdict).toBe(minimal && kind === 'transcript' ? 'perhaps' : 'started');
        const posts = (await simulator.requests({ service: 'clipping' })).filter(
          ({ method }) => method === 'POST',
        );
        expect(posts).toHaveLength(1);
      }
    },
    LONG_MS,
  );

  it.each(kinds)('is not taken for one that arrived if it did not: %s', async (kind) => {
    const from = await since();
    const request = await requestOf(kind);
    await simulator.addFault({
      service: 'clipping',
      method: 'POST',
      action: faults.resetWithoutEffect(),
    });
    await failureOf(executions.start(request));
    // Other work of the same account, begun at the same moment.
    const itemId = (await simulator.things()).items[1]?.id ?? '';
    await executions.start({ kind: 'transcript', itemId, lang: null, embed: false, text: null });
    expect((await executions.findStarted(request, from)).verdict).not.toBe('started');
  });

  it('a schedule returns no execution: its executions are found when they appear', async () => {
    const request = await requestOf('schedule');
    const from = await since();
    expect(await executions.start(request)).toEqual({ jobs: [], remoteStatus: 'dispatched' });
    expect((await executions.findStarted(request, from)).verdict).toBe('not-seen');
    await simulator.advance(1_000);
    const found = await executions.findStarted(request, from);
    expect(found).toMatchObject({ verdict: 'started', jobs: { length: 2 } });
    const again = await since(found.jobs.map(({ remoteId }) => remoteId));
    expect((await executions.findStarted(request, again)).jobs).toEqual([]);
  });
});

describe('no balance', () => {
  it('before a start, while polling, and as the end of a job are three different things', async () => {
    const [account] = (await simulator.accounts()).filter(({ service }) => service === 'clipping');
    const accountId = account?.id ?? '';
    await simulator.setShapes({ 'clipping.zeroBalance': 'all', 'clipping.brokeCode': 'in-error' });
    const { itemId } = await first();
    const request = { kind: 'transcript', itemId, lang: null, embed: false, text: null } as const;
    const { jobs } = await executions.start(request);
    const id = jobs[0]?.remoteId ?? '';
    await simulator.setAccount({ accountId, balance: 0 });
    expect((await failureOf(executions.start(request))).problem).toBe('no-credit');
    expect((await failureOf(executions.detail(id))).problem).toBe('no-credit');
    await simulator.advance(30_000);
    await simulator.setAccount({ accountId, balance: 5 });
    expect(await executions.detail(id)).toMatchObject({
      phase: 'failed',
      endedForLackOfBalance: true,
    });
    await simulator.setShapes({ 'clipping.brokeCode': 'absent' });
    const detail = await executions.detail(id);
    expect(detail).toMatchObject({ phase: 'failed', endedForLackOfBalance: false });
    expect(detail.failure).toContain('saldo');
  });

  it('the flat fee is known beforehand, where it is documented', async () => {
    expect(executions.feeCoins(await requestOf('transcript'))).toBe(0.01);
    expect(executions.feeCoins(await requestOf('schedule'))).toBeNull();
  });
});
