import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../../../main/domain/service';
import type { JsonHttpClient } from '../../../main/http/json-client';
import { autoposting } from '../../../main/services/autoposting/module';
import {
  accessTo,
  clientFor,
  failureOf,
  type Handler,
  json,
  raw,
  routes,
  startServer,
  type TestServer,
} from '../http/server';

const CREATED = '2024-01-01T00:00:00Z';
const CREATED_MS = Date.UTC(2024, 0, 1);

let server: TestServer;
let client: JsonHttpClient;
let connection: ServiceConnection;

beforeAll(async () => {
  server = await startServer();
  client = clientFor();
  connection = autoposting.connect(client, accessTo(`${server.url}/api-proxy`));
});
afterAll(async () => {
  await client.close();
  await server.close();
});
beforeEach(() => {
  server.seen = [];
});

const at = (table: Record<string, Handler>) => {
  server.answer = routes(
    Object.fromEntries(
      Object.entries(table).map(([route, handler]) => [route.replace(' ', ' /api-proxy'), handler]),
    ),
  );
};
const ok = (data: unknown) => json({ success: true, data });
const processing = (id: string) => ({ kind: 'processing' as const, remoteId: id, clipId: id });
const render = (clipId: string | null) => ({ kind: 'render' as const, remoteId: 'job_1', clipId });
const lastBody = () => JSON.parse(server.seen.at(-1)?.body.toString() || 'null');

describe('list', () => {
  const clip = { id: 'clip_1', name: 'Talk', status: 'processing', createdAt: CREATED };

  it('asks once for as many clips as one answer may hold', async () => {
    at({ 'GET /clips': ok({ clips: [clip], pagination: { total: 900, totalPages: 9 } }) });
    await connection.list();
    expect(server.seen.map(({ url }) => url)).toEqual(['/api-proxy/clips?limit=100']);
  });

  it.each<[string, unknown]>([
    ['the SDK’s envelope', { success: true, data: { clips: [clip], pagination: { total: 1 } } }],
    ['the documented total', { success: true, data: { clips: [clip], total: 1 } }],
    ['a bare list with a total beside it', { success: true, data: [clip], total: 1 }],
    ['a total as text', { success: true, data: { items: [clip], total: '1' } }],
    ['no envelope', { clips: [clip], pagination: { total: 1 } }],
    ['rows in a box', { data: { clips: [{ clip }], total: 1 } }],
  ])('reads %s, and may conclude that other clips have ended', async (_name, body) => {
    at({ 'GET /clips': json(body) });
    const snapshot = await connection.list();
    expect(snapshot.covers).toEqual({ kind: 'processing', clipId: null });
    expect(snapshot.observations).toMatchObject([
      { kind: 'processing', remoteId: 'clip_1', clipId: 'clip_1', title: 'Talk', phase: 'running' },
    ]);
    expect(snapshot.observations[0]?.createdAtMs).toBe(CREATED_MS);
  });

  it.each<[string, unknown]>([
    ['more clips than shown', { data: { clips: [clip], pagination: { total: 2 } } }],
    ['no total', { data: [clip] }],
    ['an odd total', { data: { clips: [clip], total: 'many' } }],
    ['a row that cannot be read', { data: { clips: [clip, { id: 'x' }], total: 2 } }],
    ['a row of another type', { data: { clips: [clip, null], total: 2 } }],
  ])(
    'with %s absence proves nothing, or running clips would be reported as ended',
    async (_n, body) => {
      at({ 'GET /clips': json(body) });
      const snapshot = await connection.list();
      expect(snapshot.covers).toBeNull();
      expect(snapshot.observations).toHaveLength(1);
    },
  );

  it('an account without clips is complete and empty', async () => {
    at({ 'GET /clips': ok({ clips: [], pagination: { total: 0 } }) });
    expect(await connection.list()).toMatchObject({
      observations: [],
      covers: { kind: 'processing', clipId: null },
    });
  });

  it('reads no more than 10,000 rows', async () => {
    const rows = Array.from({ length: 10_050 }, (_, index) => ({
      id: `c${index}`,
      status: 'ready',
    }));
    at({ 'GET /clips': ok({ clips: rows, total: 10_050 }) });
    const snapshot = await connection.list();
    expect(snapshot.observations).toHaveLength(10_000);
    expect(snapshot.covers).toBeNull();
  });

  it.each<[string, unknown]>([
    ['no list', { data: { clips: { id: 'x' } } }],
    ['null', null],
    ['a number', 7],
    ['only rows that cannot be read', { data: [{ status: 'ready' }, { id: 'x' }, 'clip', []] }],
    ['data as text', { data: 'clips' }],
  ])('%s is reported as an unexpected shape', async (_name, body) => {
    at({ 'GET /clips': json(body) });
    expect((await failureOf(connection.list())).problem).toBe('unexpected-shape');
  });

  it('an empty answer is of an unexpected shape too', async () => {
    at({ 'GET /clips': raw('', 200) });
    expect((await failureOf(connection.list())).problem).toBe('unexpected-shape');
  });

  it('a refusal with status 200 is a refusal', async () => {
    at({ 'GET /clips': json({ success: false, error: 'x', message: 'Not today' }) });
    expect(await failureOf(connection.list())).toMatchObject({
      problem: 'rejected',
      remoteText: 'Not today',
    });
  });
});

describe('a clip', () => {
  const read = async (data: unknown) => {
    at({ 'GET /clips/clip_1': ok(data) });
    const snapshot = await connection.read(processing('clip_1'));
    expect(snapshot.covers).toBeNull();
    const [job] = snapshot.observations;
    if (!job) throw new Error('no observation');
    return job;
  };

  it.each([
    ['uploading', 'waiting'],
    ['processing', 'running'],
    ['ready', 'done'],
    ['READY', 'done'],
    ['rendering', 'done'],
    ['rendered', 'done'],
    ['failed', 'failed'],
    ['rotoscoping', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
  ])('with status %s is %s, and the service’s own word is kept', async (status, phase) => {
    expect(await read({ id: 'clip_1', status })).toMatchObject({ phase, remoteStatus: status });
  });

  it('is read in the documented form', async () => {
    const job = await read({
      id: 'clip_1',
      brandSlug: 'acme',
      fileName: 'talk.mp4',
      status: 'ready',
      duration: 3600,
      transcription: { status: 'completed' },
      candidates: [{ id: 'cand_1', startMs: 1000, endMs: 2000, title: 'Growth', score: 92 }],
      createdAt: CREATED,
    });
    expect(job).toEqual({
      kind: 'processing',
      remoteId: 'clip_1',
      clipId: 'clip_1',
      title: 'talk.mp4',
      phase: 'done',
      remoteStatus: 'ready',
      createdAtMs: CREATED_MS,
      endedAtMs: null,
      resultUrl: null,
      failure: null,
      estimatedDurationMs: null,
      candidateId: null,
      clip: {
        candidates: [{ id: 'cand_1', title: 'Growth', startMs: 1000, endMs: 2000, score: 92 }],
        editRevision: null,
        durationMs: 3_600_000,
      },
      revisionMark: null,
      touchedAtMs: null,
    });
  });

  it('is read in the SDK’s form, nested and with _id, numbers and times as text', async () => {
    const job = await read({
      clip: {
        _id: '65f0',
        name: 'Talk',
        status: 'rendered',
        duration: '12.5',
        editRevision: '4',
        renderedUrl: 'https://cdn.example.com/r.mp4?sig=1',
        createdAt: String(CREATED_MS / 1000),
        updatedAt: CREATED_MS + 5,
      },
    });
    expect(job).toMatchObject({
      remoteId: 'clip_1',
      title: 'Talk',
      createdAtMs: CREATED_MS,
      resultUrl: 'https://cdn.example.com/r.mp4?sig=1',
      clip: { candidates: [], editRevision: 4, durationMs: 12_500 },
      revisionMark: `${CREATED_MS + 5} rendered`,
    });
  });

  it('that is still being processed has no candidates yet, rather than none at all', async () => {
    expect((await read({ status: 'processing', candidates: [] })).clip).toBeNull();
    expect((await read({ status: 'ready', candidates: [] })).clip).toMatchObject({
      candidates: [],
    });
  });

  it('in a list without candidates does not erase those that are known', async () => {
    at({ 'GET /clips': ok({ clips: [{ id: 'clip_1', status: 'ready', editRevision: 3 }] }) });
    expect((await connection.list()).observations[0]?.clip).toBeNull();
  });

  it('that failed says why, wherever the service puts it', async () => {
    for (const why of [
      { error: 'No speech found' },
      { error: { message: 'No speech found' } },
      { failureReason: 'No speech found' },
      { errorMessage: 'No speech found' },
    ]) {
      expect((await read({ status: 'failed', ...why })).failure).toBe('No speech found');
    }
    expect((await read({ status: 'failed' })).failure).toBeNull();
    expect((await read({ status: 'ready', message: 'fine' })).failure).toBeNull();
  });

  it('with fields of wrong types is still followed', async () => {
    const job = await read({
      id: { $oid: 'x' },
      status: 'ready',
      name: ['a'],
      createdAt: 'yesterday',
      updatedAt: -1,
      duration: 'long',
      editRevision: {},
      renderedUrl: 'javascript:alert(1)',
      candidates: [
        null,
        7,
        { title: 'no id' },
        { id: 'c1', title: 'x'.repeat(9_000), startMs: -5, endMs: 'NaN', score: 1e9 },
        { id: 'x'.repeat(900) },
      ],
    });
    expect(job).toMatchObject({
      title: null,
      createdAtMs: null,
      resultUrl: null,
      revisionMark: null,
    });
    expect(job.clip?.durationMs).toBeNull();
    expect(job.clip?.editRevision).toBeNull();
    expect(job.clip?.candidates).toHaveLength(1);
    expect(job.clip?.candidates[0]).toMatchObject({
      id: 'c1',
      startMs: null,
      endMs: null,
      score: 100,
    });
    expect(job.clip?.candidates[0]?.title).toHaveLength(300);
  });

  it('has at most 200 candidates and a short status, whatever is sent', async () => {
    const candidates = Array.from({ length: 5_000 }, (_, index) => ({ id: `c${index}` }));
    const job = await read({ status: 'y'.repeat(5_000), candidates });
    expect(job.clip?.candidates).toHaveLength(200);
    expect(job.remoteStatus).toHaveLength(60);
  });

  it('without a status, or that is no object, is of an unexpected shape', async () => {
    for (const data of [{ id: 'clip_1' }, { status: 7 }, { status: '' }, [], 'ready', null]) {
      at({ 'GET /clips/clip_1': ok(data) });
      expect((await failureOf(connection.read(processing('clip_1')))).problem).toBe(
        'unexpected-shape',
      );
    }
  });

  it('with a hostile id cannot turn the call into another one', async () => {
    at({});
    await failureOf(connection.read(processing('a/../../auth/profile?x=1#y')));
    expect(server.seen[0]?.url).toBe('/api-proxy/clips/a%2F..%2F..%2Fauth%2Fprofile%3Fx%3D1%23y');
    server.seen = [];
    for (const id of ['..', '.', '', '\uD800']) {
      expect((await failureOf(connection.read(processing(id)))).problem).toBe('unexpected-shape');
    }
    expect(server.seen).toHaveLength(0);
  });

  it('that the service does not know is reported as not found', async () => {
    at({});
    expect((await failureOf(connection.read(processing('clip_9')))).problem).toBe('not-found');
  });
});

describe('renders of a clip', () => {
  const job = {
    id: 'job_1',
    clipId: 'clip_1',
    status: 'completed',
    outputUrl: 'https://cdn.example.com/job_1.mp4',
    createdAt: CREATED,
    completedAt: '2024-01-01T00:02:00.000Z',
  };
  const read = async (data: unknown) => {
    at({ 'GET /clips/clip_1/jobs': json(data) });
    return connection.read(render('clip_1'));
  };

  it.each<[string, unknown]>([
    ['a bare list', { success: true, data: [job] }],
    ['a named list', { success: true, data: { jobs: [job] } }],
    ['rows in a box', { data: [{ job }] }],
  ])('%s shows every render of the clip', async (_name, body) => {
    expect(await read(body)).toMatchObject({
      covers: { kind: 'render', clipId: 'clip_1' },
      observations: [
        {
          kind: 'render',
          remoteId: 'job_1',
          clipId: 'clip_1',
          phase: 'done',
          remoteStatus: 'completed',
          createdAtMs: CREATED_MS,
          endedAtMs: CREATED_MS + 120_000,
          resultUrl: 'https://cdn.example.com/job_1.mp4',
          failure: null,
        },
      ],
    });
  });

  it('a paged list proves nothing about the renders that it leaves out', async () => {
    expect((await read({ data: { jobs: [job], total: 2 } })).covers).toBeNull();
    expect((await read({ data: [job, { id: 'job_2' }] })).covers).toBeNull();
  });

  it.each([
    ['queued', 'waiting'],
    ['processing', 'running'],
    ['rendering', 'running'],
    ['active', 'running'],
    ['completed', 'done'],
    ['succeeded', 'done'],
    ['failed', 'failed'],
    ['error', 'failed'],
    ['cancelled', 'failed'],
    ['compositing', 'unknown'],
  ])('with status %s is %s', async (status, phase) => {
    const snapshot = await read({ data: [{ ...job, status, error: 'Out of memory' }] });
    expect(snapshot.observations[0]).toMatchObject({
      phase,
      remoteStatus: status,
      failure: phase === 'failed' ? 'Out of memory' : null,
      endedAtMs: phase === 'done' || phase === 'failed' ? CREATED_MS + 120_000 : null,
    });
  });

  it.each([
    ['https://cdn.example.com/a.mp4?sig=1', 'https://cdn.example.com/a.mp4?sig=1'],
    ['http://127.0.0.1:9/a.mp4', 'http://127.0.0.1:9/a.mp4'],
    ['http://cdn.example.com/a.mp4', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['https://user:pw@cdn.example.com/a.mp4', null],
    ['/a.mp4', null],
    [`https://cdn.example.com/${'a'.repeat(9_000)}`, null],
    [{ href: 'https://cdn.example.com/' }, null],
  ])('only a safe URL can become a link that is opened: %j', async (outputUrl, link) => {
    const snapshot = await read({ data: [{ ...job, outputUrl }] });
    expect(snapshot.observations[0]?.resultUrl).toBe(link);
  });

  it('cannot be read without their clip', async () => {
    expect((await failureOf(connection.read(render(null)))).problem).toBe('unexpected-shape');
  });
});

describe('starting a render', () => {
  const start = (data: unknown, request: { candidateId?: string; editRevision?: number } = {}) => {
    at({ 'POST /clips/clip_1/render': ok(data) });
    const { candidateId = null, editRevision = null } = request;
    return connection.render?.({ clipId: 'clip_1', candidateId, editRevision }) ?? Promise.reject();
  };

  it('sends what is known of candidate and edit, and nothing else', async () => {
    await start({ jobId: 'j' }, { candidateId: 'cand_1', editRevision: 0 });
    expect(lastBody()).toEqual({ candidateId: 'cand_1', editRevision: 0 });
    await start({ jobId: 'j' }, { candidateId: 'cand_1' });
    expect(lastBody()).toEqual({ candidateId: 'cand_1' });
    await start({ jobId: 'j' });
    expect(lastBody()).toEqual({});
  });

  it.each<[string, unknown, Record<string, unknown>[]]>([
    [
      'the documented answer',
      { jobId: 'job_1', status: 'queued', estimatedDurationSec: 120 },
      [
        {
          remoteId: 'job_1',
          phase: 'waiting',
          remoteStatus: 'queued',
          estimatedDurationMs: 120_000,
        },
      ],
    ],
    [
      'the SDK’s answer',
      { jobIds: ['job_1', 'job_2', 'job_1'], activeJobIds: ['job_0', 'job_1'], reusedJobIds: [] },
      [
        { remoteId: 'job_1', remoteStatus: 'queued' },
        { remoteId: 'job_2', phase: 'waiting' },
      ],
    ],
    [
      'jobs that were there already',
      { jobIds: [], reusedJobIds: ['job_7'] },
      [{ remoteId: 'job_7' }],
    ],
    [
      'a job in a box',
      { job: { _id: 'job_1', status: 'active' } },
      [{ remoteId: 'job_1', phase: 'running' }],
    ],
  ])('%s gives the jobs to follow', async (_name, data, jobs) => {
    const observations = await start(data, { candidateId: 'cand_1' });
    expect(observations).toHaveLength(jobs.length);
    expect(observations).toMatchObject(
      jobs.map((job) => ({ kind: 'render', clipId: 'clip_1', candidateId: 'cand_1', ...job })),
    );
  });

  it('an answer without a job may have started one: it is settled by reading, never repeated', async () => {
    for (const data of [{}, { jobIds: [] }, { jobIds: [null, {}] }, [], null]) {
      server.seen = [];
      expect((await failureOf(start(data))).problem).toBe('unexpected-shape');
      expect(server.seen).toHaveLength(1);
    }
  });
});

describe('the account', () => {
  const who = { id: 'org_1', orgId: 'org_1', name: 'API Key', email: '', authType: 'api_key' };
  const brands = [{ id: 'b1', name: 'Acme', slug: 'acme' }];

  it.each<[string, unknown, unknown, unknown]>([
    ['an API key', who, brands, { label: null, brands: [{ id: 'b1', name: 'Acme' }] }],
    ['a person', { ...who, name: 'Ana' }, brands, { label: 'Ana' }],
    [
      'an address only',
      { ...who, email: 'ana@example.com' },
      [],
      { label: 'ana@example.com', brands: [] },
    ],
    [
      'a person in a box',
      { user: { name: 'Ana' } },
      { brands },
      { label: 'Ana', brands: [{ id: 'b1' }] },
    ],
    [
      'brands without name',
      who,
      [{ _id: 9, slug: 'acme' }, { _id: 'b2' }, {}],
      {
        brands: [
          { id: '9', name: 'acme' },
          { id: 'b2', name: 'b2' },
        ],
      },
    ],
  ])('of %s is read', async (_name, profile, list, expected) => {
    at({ 'GET /auth/profile': ok(profile), 'GET /brands': ok(list) });
    expect(await connection.profile()).toMatchObject({
      balanceCoins: null,
      ...(expected as object),
    });
  });

  it('without the right to see brands can still watch', async () => {
    at({ 'GET /auth/profile': ok(who), 'GET /brands': json({ error: 'forbidden' }, 403) });
    expect(await connection.profile()).toEqual({ label: null, brands: [], balanceCoins: null });
  });

  it.each<[number, unknown, string]>([
    [401, { error: 'unauthorized' }, 'key-refused'],
    [403, { error: 'billing_suspended' }, 'plan-suspended'],
    [500, {}, 'service-fault'],
  ])('whose brands request gets %i %j is reported as %s', async (status, body, problem) => {
    at({ 'GET /auth/profile': ok(who), 'GET /brands': json(body, status) });
    expect((await failureOf(connection.profile())).problem).toBe(problem);
  });

  it('whose key is refused is not used to read brands', async () => {
    at({ 'GET /auth/profile': json({ error: 'unauthorized' }, 401) });
    expect((await failureOf(connection.profile())).problem).toBe('key-refused');
    expect(server.seen).toHaveLength(1);
  });
});

describe('uploads', () => {
  const remote = { clipId: 'clip_1', uploadId: 'u1', key: 'clips/o/clip_1/clip.mp4' };
  const uploads = () => {
    if (!connection.uploads) throw new Error('no uploads');
    return connection.uploads;
  };

  it('begin with everything the service needs to know of the file', async () => {
    at({ 'POST /clips/upload/init': ok(remote) });
    const file = { brandId: 'b1', fileName: 'My talk.v2.mp4', mimeType: 'video/mp4', sizeBytes: 9 };
    expect(await uploads().start(file)).toEqual(remote);
    expect(lastBody()).toEqual({
      brandId: 'b1',
      title: 'My talk.v2',
      fileName: 'My talk.v2.mp4',
      fileSize: 9,
      mimeType: 'video/mp4',
    });
    at({ 'POST /clips/upload/init': ok({ uploadId: 'u1', clipId: 'clip_1' }) });
    expect((await failureOf(uploads().start(file))).problem).toBe('unexpected-shape');
  });

  it('get URLs for exactly the parts that were requested', async () => {
    const url = (part: number) => `https://storage.example.com/p${part}?sig=s`;
    at({
      'POST /clips/upload/presign': ok({
        presignedUrls: [
          { partNumber: 3, url: url(3) },
          { partNumber: '2', url: url(2) },
          { partNumber: 9, url: url(9) },
        ],
      }),
    });
    expect(await uploads().sign(remote, [2, 3])).toEqual([
      { partNumber: 2, url: url(2) },
      { partNumber: 3, url: url(3) },
    ]);
    expect(lastBody()).toEqual({ ...remote, partNumbers: [2, 3] });
  });

  it.each<[string, unknown]>([
    ['a missing part', [{ partNumber: 2, url: 'https://s.example.com/2' }]],
    ['plain http', [{ partNumber: 1, url: 'http://s.example.com/1' }]],
    ['a file', [{ partNumber: 1, url: 'file:///etc/passwd' }]],
    ['a name and password', [{ partNumber: 1, url: 'https://u:p@s.example.com/1' }]],
    ['no list', 'https://s.example.com/1'],
  ])('refuse URLs with %s, or the video goes nowhere or to anyone', async (_name, urls) => {
    at({ 'POST /clips/upload/presign': ok({ presignedUrls: urls }) });
    expect((await failureOf(uploads().sign(remote, [1]))).problem).toBe('unexpected-shape');
  });

  it('end with every ETag exactly as received, in order', async () => {
    at({ 'POST /clips/upload/complete': ok({ clipId: 'clip_1', status: 'processing' }) });
    await uploads().complete(remote, [
      { partNumber: 2, sizeBytes: 1, etag: '"b"' },
      { partNumber: 1, sizeBytes: 5, etag: 'W/"a"' },
    ]);
    expect(lastBody()).toEqual({
      ...remote,
      parts: [
        { partNumber: 1, etag: 'W/"a"' },
        { partNumber: 2, etag: '"b"' },
      ],
    });
  });

  it('are aborted once: having nothing left is no error', async () => {
    at({ 'POST /clips/upload/abort': ok({ aborted: true }) });
    await uploads().abort(remote);
    expect(lastBody()).toEqual(remote);
    at({});
    await uploads().abort(remote);
    at({ 'POST /clips/upload/abort': json({}, 500) });
    expect((await failureOf(uploads().abort(remote))).problem).toBe('service-fault');
  });

  it.each([
    ['uploading', false],
    ['processing', true],
    ['ready', true],
    ['failed', true],
    ['something-new', true],
  ])('whose last answer was lost are settled by the clip: %s', async (status, whole) => {
    at({ 'GET /clips/clip_1': ok({ clip: { id: 'clip_1', status } }) });
    expect(await uploads().isComplete(remote)).toBe(whole);
  });
});

describe('a video fetched from an address', () => {
  const wanted = { brandId: 'b1', url: 'https://videos.example/a.mp4', title: null };
  const importUrl = (request = wanted) => {
    if (!connection.importUrl) throw new Error('no import');
    return connection.importUrl(request);
  };

  it('is requested with the brand’s id, and without a title where none was given', async () => {
    at({ 'POST /clips/import-url': json({ success: true, data: { clipId: 'c1' } }, 201) });
    expect(await importUrl()).toBe('c1');
    expect(lastBody()).toEqual({ brandId: 'b1', url: 'https://videos.example/a.mp4' });
  });

  it.each<[string, unknown]>([
    ['the SDK’s form', { success: true, data: { clipId: 'c1' } }],
    ['a clip', { data: { clip: { _id: 'c1', status: 'processing' } } }],
    ['a bare clip', { id: 'c1' }],
    ['an id beside a clip that has none', { data: { clipId: 'c1', clip: { name: 'Talk' } } }],
  ])('is known by its id in %s', async (_name, body) => {
    at({ 'POST /clips/import-url': json(body, 201) });
    expect(await importUrl()).toBe('c1');
  });

  it.each<[string, unknown]>([
    ['nothing', { success: true, data: {} }],
    ['an id of another type', { data: { clipId: { id: 'c1' } } }],
    ['a list', { data: [{ clipId: 'c1' }] }],
    ['null', null],
  ])('without an id (%s) is of an unexpected shape, not a success', async (_name, body) => {
    at({ 'POST /clips/import-url': json(body, 201) });
    expect((await failureOf(importUrl())).problem).toBe('unexpected-shape');
  });

  it('says that the plan is suspended, not that the key is wrong', async () => {
    at({ 'POST /clips/import-url': json({ success: false, error: 'billing_suspended' }, 403) });
    expect((await failureOf(importUrl())).problem).toBe('plan-suspended');
  });
});
