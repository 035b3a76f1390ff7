import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClipCommands } from '../../../main/commands/clips';
import { createPublishingCommands } from '../../../main/commands/publishing';
import { createRenderCommands } from '../../../main/commands/renders';
import { mediaFragmentUrl } from '../../../main/domain/media-fragment';
import type { ServiceConnection } from '../../../main/domain/service';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import type { JobRepository } from '../../../main/storage/jobs';
import {
  accessTo,
  clientFor,
  json,
  raw,
  routes,
  startServer,
  type TestServer,
} from '../http/server';

let server: TestServer;
let client: JsonHttpClient;
/** Gives up soon. For servers that are silent alone: a busy machine may keep any answer waiting. */
let hasty: JsonHttpClient;
let connection: ServiceConnection | null;
let watched: string[];
let opened: string[];

beforeAll(async () => {
  server = await startServer();
  client = clientFor();
  hasty = clientFor({ timeouts: { headersMs: 300 } });
});
afterAll(async () => {
  await client.close();
  await hasty.close();
  await server.close();
});
beforeEach(() => {
  connection = autoposting.connect(client, accessTo(server.url));
  server.seen = [];
  watched = [];
  opened = [];
});

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const polling = {
  account: () => ({
    lookUpClip: (clipId: string) => void watched.push(`clip ${clipId}`),
    lookUpRenders: (clipId: string) => void watched.push(`renders ${clipId}`),
    removed: () => void watched.push('removed'),
    adopt: (jobs: { remoteId: string }[]) =>
      void watched.push(`adopt ${jobs.map(({ remoteId }) => remoteId).join(' ')}`),
  }),
};
const openExternal = async (url: string) => {
  opened.push(url);
  return true;
};
const clips = () =>
  createClipCommands({
    connection: () => connection,
    polling,
    jobsOfClip: () => [],
    openedClips: { add: () => {} },
    lineOf: () => null,
    openExternal,
    logger,
  });
const posts = () =>
  createPublishingCommands({ connection: () => connection, clock: { nowMs: () => 1_000 }, logger });
const jobs = () =>
  createRenderCommands({
    jobs: { get: () => null } as unknown as JobRepository,
    polling,
    connection: () => connection,
    logger,
  });
const cut: TestServer['answer'] = (request) => void request.socket.destroy();
const sent = () => server.seen.map(({ method, url }) => `${method} ${url}`);

/** Every kind of answer that leaves open whether the call took effect. */
const UNCLEAR = [
  ['a server that fails', json({ error: 'x' }, 500), 'service-fault'],
  ['a web page', raw('<html>', 200, { 'content-type': 'text/html' }), 'not-json'],
  ['JSON that is cut', raw('{"da', 200, { 'content-type': 'application/json' }), 'malformed'],
  ['a connection that breaks', cut, 'unreachable'],
  ['no answer', () => {}, 'timed-out'],
] as const;

function answersWith(answer: TestServer['answer'], problem: string): void {
  server.answer = answer;
  if (problem === 'timed-out') connection = autoposting.connect(hasty, accessTo(server.url));
}

describe('publishing', () => {
  const request = {
    accountId: 'a1',
    clipId: 'c1',
    mode: 'publish' as const,
    candidateId: null,
    platforms: ['tiktok'],
    text: null,
    brandSlug: null,
    scheduledAtMs: null,
    aspectRatio: null,
  };

  it.each(UNCLEAR)('%s is no reason to publish twice', async (_name, answer, problem) => {
    answersWith(answer, problem);
    expect(await posts()['post.publish'](request)).toEqual({ outcome: 'unsure', problem });
    expect(sent()).toEqual(['POST /clips/c1/publish']);
  });

  it.each(UNCLEAR)('%s is no reason to create a second draft', async (_name, answer, problem) => {
    answersWith(answer, problem);
    const draft = { accountId: 'a1', clipId: 'c1', candidateId: null, aspectRatio: null };
    expect(await posts()['post.createDraft'](draft)).toEqual({ outcome: 'unsure', problem });
    expect(sent()).toEqual(['POST /clips/c1/create-draft']);
  });

  it('returns what the service says about the post, word for word', async () => {
    server.answer = json({ success: true, data: { postId: 'p1', status: 'in_review' } });
    expect(await posts()['post.publish'](request)).toEqual({
      outcome: 'made',
      post: { postId: 'p1', remoteStatus: 'in_review', link: null },
    });
  });

  it('a platform that is not connected is a clear refusal, with the service’s words', async () => {
    server.answer = json({ success: false, error: 'conflict', message: 'Not connected.' }, 409);
    expect(await posts()['post.publish'](request)).toEqual({
      outcome: 'refused',
      problem: 'conflict',
      remoteText: 'Not connected.',
    });
  });

  it.each([999, 1_000])(
    'schedules nothing for a time that has come: it would be public at once',
    async (scheduledAtMs) => {
      expect(
        await posts()['post.publish']({ ...request, mode: 'schedule', scheduledAtMs }),
      ).toEqual({ outcome: 'refused', problem: 'time-passed', remoteText: null });
      expect(sent()).toEqual([]);
    },
  );

  it('schedules for a time that is still to come, and publishes now without one', async () => {
    server.answer = json({ success: true, data: { postId: 'p1' } });
    const scheduled = { ...request, mode: 'schedule' as const, scheduledAtMs: 1_001 };
    expect(await posts()['post.publish'](scheduled)).toMatchObject({ outcome: 'made' });
    expect(await posts()['post.publish'](request)).toMatchObject({ outcome: 'made' });
    expect(server.seen.map(({ body }) => JSON.parse(String(body)).scheduledAt ?? null)).toEqual([
      '1970-01-01T00:00:01.001Z',
      null,
    ]);
  });

  it('sends nothing without a key', async () => {
    connection = null;
    expect(await posts()['post.publish'](request)).toMatchObject({ problem: 'key-missing' });
    expect(sent()).toEqual([]);
  });
});

describe('rendering several parts', () => {
  const request = {
    accountId: 'a1',
    clipId: 'c1',
    editRevision: 4,
    candidateIds: ['p1', 'p2', 'p3'],
    template: null,
    captions: null,
  };

  it.each(UNCLEAR)('%s ends it: no part is paid for twice', async (_name, answer, problem) => {
    answersWith(answer, problem);
    expect(await jobs()['render.submit'](request)).toEqual([
      { outcome: 'unsure', problem },
      { outcome: 'not-sent' },
      { outcome: 'not-sent' },
    ]);
    expect(sent()).toEqual(['POST /clips/c1/render']);
    expect(watched).toContain('renders c1');
  });

  it('each part that was started is followed at once, and the outcomes are in the order of the parts', async () => {
    let count = 0;
    server.answer = routes({
      'POST /clips/c1/render': (...call) => {
        count += 1;
        json({ success: true, data: { jobIds: [`j${count}`] } })(...call);
      },
    });
    const outcomes = await jobs()['render.submit'](request);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['started', 'started', 'started']);
    expect(watched.filter((one) => one.startsWith('adopt'))).toEqual([
      'adopt j1',
      'adopt j2',
      'adopt j3',
    ]);
  });

  it('sends the revision that the user saw, and reads the clip again when that is outdated', async () => {
    server.answer = json({ success: false, error: 'Edited.' }, 409);
    const outcomes = await jobs()['render.submit']({ ...request, candidateIds: ['p1'] });
    expect(outcomes).toEqual([{ outcome: 'refused', problem: 'conflict', remoteText: 'Edited.' }]);
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toMatchObject({ editRevision: 4 });
    expect(watched).toContain('clip c1');
  });
});

describe('deleting a clip', () => {
  it('after a lost answer the clip is looked up: if it is gone, it was deleted', async () => {
    server.answer = routes({ 'DELETE /clips/c1': cut });
    expect(await clips()['clip.remove']({ accountId: 'a1', clipId: 'c1' })).toEqual({
      removed: true,
    });
    expect(sent()).toEqual(['DELETE /clips/c1', 'GET /clips/c1']);
    expect(watched).toEqual(['removed']);
  });

  it('a clip that still exists is not shown as deleted', async () => {
    server.answer = routes({
      'DELETE /clips/c1': cut,
      'GET /clips/c1': json({ data: { id: 'c1', status: 'ready' } }),
    });
    expect(await clips()['clip.remove']({ accountId: 'a1', clipId: 'c1' })).toEqual({
      problem: 'unreachable',
      remoteText: null,
    });
    expect(watched).toEqual([]);
  });
});

describe('previewing a part', () => {
  it('opens the source where the part begins, and stops where it ends', () => {
    const url = 'https://cdn.example/a.mp4?sig=1#old';
    expect(mediaFragmentUrl(url, 1_500, 32_000)).toBe('https://cdn.example/a.mp4?sig=1#t=1.5,32');
    expect(mediaFragmentUrl(url, 1_500, null)).toBe('https://cdn.example/a.mp4?sig=1#t=1.5');
    expect(mediaFragmentUrl(url, 9_000, 2_000)).toBe('https://cdn.example/a.mp4?sig=1#t=9');
    expect(mediaFragmentUrl(url, null, 2_000)).toBe(url);
  });

  it('opens nothing when the service names no source', async () => {
    server.answer = json({ data: { id: 'c1', status: 'ready' } });
    const request = { accountId: 'a1', clipId: 'c1', candidateId: null };
    expect(await clips()['clip.preview'](request)).toEqual({ opened: false });
    expect(opened).toEqual([]);
  });
});
