import type { PageCursor } from '../../main/domain/clip-library';
import { autoposting } from '../../main/services/autoposting/module';
import {
  type Connected,
  data,
  type EndpointCase,
  gives,
  noContent,
  type ServiceCases,
} from './case';

const CREATED = '2024-01-01T00:00:00Z';
const CREATED_MS = Date.UTC(2024, 0, 1);

const clips = ({ connection }: Connected) => connection.clips ?? missing();
const publishing = ({ connection }: Connected) => connection.publishing ?? missing();
const uploads = ({ connection }: Connected) => connection.uploads ?? missing();

function missing(): never {
  throw new Error('the service lacks what it should have');
}

const clipRow = { id: 'clip_1', name: 'Talk', status: 'ready' };
const otherRow = { id: 'clip_2', name: 'Second', status: 'ready' };
const pageCursor = (form: 'page' | 'offset'): PageCursor => ({
  form,
  at: 2,
  limit: 20,
  afterId: 'clip_1',
});

const statusCase = (status: string, phase: string) =>
  data({ id: 'clip_1', status }, { phase, remoteStatus: status });

const jobCase = (fields: object, value: object) =>
  data(
    [{ id: 'job_1', clipId: 'clip_1', createdAt: CREATED, ...fields }],
    [{ kind: 'render', remoteId: 'job_1', clipId: 'clip_1', createdAtMs: CREATED_MS, ...value }],
  );

const render = { clipId: 'clip_1', candidateId: 'cand_1' };
const remote = { clipId: 'clip_1', uploadId: 'u1', key: 'clips/o/clip_1/clip.mp4' };

const profile: EndpointCase = {
  id: 'profile',
  // A profile takes two calls; only the first is checked here.
  call: ({ connection }) => connection.profile(),
  sends: { method: 'GET', url: '/auth/profile' },
  answers: {
    'api key': data(
      { id: 'o', orgId: 'o', name: 'API Key', email: '', authType: 'api_key', brands: [] },
      { label: null },
    ),
    session: data({ id: 'u', name: 'Ana', email: 'a@x', brands: [] }, { label: 'Ana' }),
    nested: data({ user: { name: 'Ana' }, brands: [] }, { label: 'Ana' }),
  },
};

const cases: EndpointCase[] = [
  profile,
  {
    id: 'brands',
    call: (on) => publishing(on).brands(),
    sends: { method: 'GET', url: '/brands' },
    answers: {
      sdk: data(
        [
          {
            id: 'b1',
            slug: 'acme',
            name: 'Acme',
            platforms: [
              { platform: 'tiktok', connected: true },
              { platform: 'youtube', connected: false },
            ],
          },
        ],
        [
          {
            id: 'b1',
            slug: 'acme',
            name: 'Acme',
            platforms: [
              { name: 'tiktok', connected: true },
              { name: 'youtube', connected: false },
            ],
          },
        ],
      ),
      docs: data(
        [{ id: 'b1', name: 'Acme', slug: 'acme', connectedPlatforms: ['tiktok'], order: 0 }],
        [{ platforms: [{ name: 'tiktok', connected: true }] }],
      ),
      concept: data(
        [{ id: 'b1', name: 'Acme', slug: 'acme', platforms: ['tiktok'], position: 0 }],
        [{ platforms: [{ name: 'tiktok', connected: null }] }],
      ),
      nested: data({ brands: [{ _id: 'b1', name: 'Acme' }] }, [
        { id: 'b1', slug: null, platforms: null },
      ]),
      'items list': data(
        { items: [{ id: 'b1', name: 'Acme', slug: 'acme' }], total: 1, limit: 50, offset: 0 },
        [{ id: 'b1', slug: 'acme' }],
      ),
    },
  },
  {
    id: 'connections',
    call: (on) => publishing(on).connections('acme'),
    sends: { method: 'GET', url: '/brands/acme/auth/status' },
    answers: {
      connected: data(
        [
          { platform: 'x', connected: true, platformUsername: '@acme', expiresAt: CREATED },
          { platform: 'facebook', connected: false },
        ],
        [
          { name: 'x', connected: true, expiresAtMs: CREATED_MS },
          { name: 'facebook', connected: false },
        ],
      ),
      over: data(
        [{ platform: 'x', connected: true, expiresAt: CREATED, refreshError: 'token revoked' }],
        [{ name: 'x', connected: true, expiresAtMs: CREATED_MS, refreshError: 'token revoked' }],
      ),
      several: data(
        [
          { platform: 'x', connected: true, refreshError: 'token revoked' },
          { platform: 'x', connected: true },
          { platform: 'x', connected: false },
        ],
        [{ name: 'x', connected: true }],
      ),
      'items list': data(
        { items: [{ platform: 'threads', connected: true }], total: 1, limit: 50, offset: 0 },
        [{ name: 'threads', connected: true }],
      ),
    },
  },
  {
    id: 'credits',
    call: ({ connection }) => connection.credits?.() ?? missing(),
    sends: { method: 'GET', url: '/billing/credits' },
    answers: {
      docs: data(
        { balance: 12.5, monthlyAllocation: 100, resetAt: CREATED },
        { unit: 'credits', balance: 12.5, allocation: 100, resetAtMs: CREATED_MS },
      ),
      sdk: data(
        { total: 100, used: 40, remaining: 60, breakdown: { clips: 30, other: 10 } },
        {
          balance: 60,
          allocation: 100,
          used: 40,
          breakdown: [
            { name: 'clips', amount: 30 },
            { name: 'other', amount: 10 },
          ],
        },
      ),
      cli: data(
        {
          balance: 7,
          balanceFormatted: '7 credits',
          totalSpent30d: 3,
          recentUsage: [{ date: CREATED, description: 'Render', amount: -1, type: 'clips' }],
        },
        {
          balance: 7,
          balanceText: '7 credits',
          used: 3,
          recent: [{ atMs: CREATED_MS, description: 'Render', amount: -1 }],
        },
      ),
    },
  },
  {
    id: 'clips',
    call: (on) => clips(on).page(null),
    sends: { method: 'GET', url: '/clips?limit=20' },
    answers: {
      'page paging': data(
        { clips: [clipRow], pagination: { page: 1, limit: 20, total: 21, totalPages: 2 } },
        {
          clips: [{ id: 'clip_1', title: 'Talk', phase: 'done' }],
          totalCount: 21,
          next: { form: 'page', at: 2, limit: 20 },
        },
      ),
      'offset paging': data(
        { clips: [clipRow], total: 3, limit: 20, offset: 0 },
        { totalCount: 3, next: { form: 'offset', at: 1, limit: 20 } },
      ),
      'items list': data(
        { items: [clipRow], total: 3, limit: 20, offset: 0 },
        { clips: [{ id: 'clip_1' }], totalCount: 3, next: { form: 'offset', at: 1, limit: 20 } },
      ),
      bare: data([clipRow], { clips: [{ id: 'clip_1' }], totalCount: null, next: null }),
    },
  },
  {
    id: 'clips page',
    call: (on) => clips(on).page(pageCursor('page')),
    sends: { method: 'GET', url: '/clips?limit=20&page=2' },
    answers: {
      'next page': data(
        { clips: [otherRow], pagination: { page: 2, limit: 20, total: 60, totalPages: 3 } },
        { clips: [{ id: 'clip_2' }], next: { form: 'page', at: 3 } },
      ),
      'last page': data(
        { clips: [otherRow], pagination: { page: 2, limit: 20, total: 21, totalPages: 2 } },
        { clips: [{ id: 'clip_2' }], next: null },
      ),
      'same page': data(
        { clips: [clipRow], pagination: { page: 1, limit: 20, total: 60, totalPages: 3 } },
        { clips: [], next: null },
      ),
    },
  },
  {
    id: 'clips offset',
    call: (on) => clips(on).page(pageCursor('offset')),
    sends: { method: 'GET', url: '/clips?limit=20&offset=2' },
    answers: {
      'next rows': data(
        { clips: [otherRow], total: 9, limit: 20, offset: 2 },
        { clips: [{ id: 'clip_2' }], next: { form: 'offset', at: 3 } },
      ),
      'last rows': data({ clips: [otherRow], total: 3, offset: 2 }, { next: null }),
      'same rows': data({ clips: [clipRow], total: 9, offset: 0 }, { clips: [], next: null }),
    },
  },
  {
    id: 'clip',
    call: (on) => clips(on).one('clip_1'),
    sends: { method: 'GET', url: '/clips/clip_1' },
    answers: {
      docs: data(
        {
          id: 'clip_1',
          brandSlug: 'acme-corp',
          fileName: 'talk.mp4',
          status: 'ready',
          duration: 3600,
          fileSize: 524_288_000,
          transcription: { status: 'completed' },
          candidates: [
            { id: 'cand_01', startMs: 120_000, endMs: 180_000, title: 'Key insight', score: 92 },
          ],
          createdAt: CREATED,
        },
        {
          title: 'talk.mp4',
          brandSlug: 'acme-corp',
          durationMs: 3_600_000,
          sizeBytes: 524_288_000,
          transcriptionStatus: 'completed',
          createdAtMs: CREATED_MS,
          editRevision: null,
          candidates: [
            { id: 'cand_01', startMs: 120_000, endMs: 180_000, title: 'Key insight', score: 92 },
          ],
        },
      ),
      sdk: data(
        {
          id: 'clip_1',
          name: 'Talk',
          status: 'ready',
          brandId: 'b1',
          editRevision: 4,
          url: 'https://cdn.example/s.mp4',
          renderedUrl: 'https://cdn.example/r.mp4',
          updatedAt: CREATED,
        },
        {
          title: 'Talk',
          brandId: 'b1',
          editRevision: 4,
          sourceUrl: 'https://cdn.example/s.mp4',
          renderedUrl: 'https://cdn.example/r.mp4',
          updatedAtMs: CREATED_MS,
        },
      ),
      nested: data({ clip: { _id: 'clip_1', name: 'Talk', status: 'ready' } }, { title: 'Talk' }),
      'scores nested': data(
        {
          status: 'ready',
          candidates: [
            { id: 'c', status: 'approved', scores: { hook: 91, pace: 7 }, splitEligible: true },
          ],
        },
        {
          candidates: [
            {
              remoteStatus: 'approved',
              splitEligible: true,
              scores: [
                { name: 'hook', value: 91 },
                { name: 'pace', value: 7 },
              ],
            },
          ],
        },
      ),
      'scores flat': data(
        { status: 'ready', candidates: [{ id: 'c', hook: 91, visual: 80, score: 85 }] },
        {
          candidates: [
            {
              score: 85,
              scores: [
                { name: 'hook', value: 91 },
                { name: 'visual', value: 80 },
              ],
            },
          ],
        },
      ),
      uploading: statusCase('uploading', 'waiting'),
      processing: statusCase('processing', 'running'),
      failed: data(
        { id: 'clip_1', status: 'failed', error: 'no sound' },
        { phase: 'failed', failure: 'no sound' },
      ),
      rendering: statusCase('rendering', 'done'),
      rendered: statusCase('rendered', 'done'),
      'unknown status': statusCase('Quarantined', 'unknown'),
    },
  },
  {
    id: 'delete clip',
    call: (on) => clips(on).remove('clip_1'),
    sends: { method: 'DELETE', url: '/clips/clip_1' },
    answers: {
      deleted: data({ deleted: true }, undefined),
      'success alone': gives({ success: true }, undefined),
      '204': noContent(undefined),
    },
    errors: { '404': { gives: undefined } },
    empty: { gives: undefined },
  },
  {
    id: 'jobs',
    call: (on) => clips(on).renders('clip_1'),
    sends: { method: 'GET', url: '/clips/clip_1/jobs' },
    answers: {
      completed: jobCase(
        {
          status: 'completed',
          outputUrl: 'https://cdn.example/job_1.mp4',
          completedAt: CREATED,
        },
        { phase: 'done', resultUrl: 'https://cdn.example/job_1.mp4', endedAtMs: CREATED_MS },
      ),
      queued: jobCase({ status: 'queued' }, { phase: 'waiting', resultUrl: null }),
      'queued null': jobCase(
        { status: 'queued', outputUrl: null, completedAt: null },
        { phase: 'waiting', resultUrl: null, endedAtMs: null },
      ),
      'running word': jobCase({ status: 'rendering' }, { phase: 'running' }),
      failed: jobCase(
        { status: 'failed', error: 'gave up' },
        { phase: 'failed', failure: 'gave up' },
      ),
      'unknown word': jobCase({ status: 'Baking' }, { phase: 'unknown', remoteStatus: 'Baking' }),
      nested: data({ jobs: [{ id: 'job_1', status: 'queued' }] }, [{ remoteId: 'job_1' }]),
      renderedUrl: jobCase(
        { status: 'completed', renderedUrl: 'https://cdn.example/r.mp4' },
        { resultUrl: 'https://cdn.example/r.mp4' },
      ),
    },
  },
  {
    id: 'render by revision',
    call: ({ connection }) => connection.render?.({ ...render, editRevision: 4 }) ?? missing(),
    sends: {
      method: 'POST',
      url: '/clips/clip_1/render',
      body: { editRevision: 4, candidateId: 'cand_1' },
    },
    answers: {
      sdk: data({ jobIds: ['job_1'], activeJobIds: ['job_1'], reusedJobIds: [] }, [
        {
          kind: 'render',
          remoteId: 'job_1',
          clipId: 'clip_1',
          candidateId: 'cand_1',
          phase: 'waiting',
        },
      ]),
      reused: data({ jobIds: [], activeJobIds: [], reusedJobIds: ['job_0'] }, [
        { remoteId: 'job_0' },
      ]),
      docs: data({ jobId: 'job_1', status: 'queued', estimatedDurationSec: 120 }, [
        { remoteId: 'job_1', remoteStatus: 'queued', estimatedDurationMs: 120_000 },
      ]),
    },
  },
  {
    id: 'render by candidate',
    call: ({ connection }) =>
      connection.render?.({ ...render, editRevision: null, template: 'default', captions: true }) ??
      missing(),
    sends: {
      method: 'POST',
      url: '/clips/clip_1/render',
      body: { candidateId: 'cand_1', template: 'default', captions: true },
    },
    answers: {
      sdk: data({ jobIds: ['job_1'] }, [{ remoteId: 'job_1' }]),
      docs: data({ jobId: 'job_1', status: 'queued' }, [{ remoteId: 'job_1' }]),
    },
  },
  {
    id: 'credit check',
    call: (on) => clips(on).check('clip_1', 'cand_1'),
    sends: {
      method: 'POST',
      url: '/clips/billing/check',
      body: { clipId: 'clip_1', candidateId: 'cand_1' },
    },
    answers: {
      'empty data': data({}, { verdict: 'not-told', facts: [] }),
      'verdict yes': data({ allowed: true }, { verdict: 'enough' }),
      'verdict no': data(
        { allowed: false, required: 3 },
        {
          verdict: 'too-little',
          facts: [
            { name: 'allowed', value: 'false' },
            { name: 'required', value: '3' },
          ],
        },
      ),
      'unknown facts': data(
        { tier: 'Gold', inner: { x: 1 } },
        { verdict: 'not-told', facts: [{ name: 'tier', value: 'Gold' }] },
      ),
    },
    errors: {
      '402': { gives: { verdict: 'too-little', remoteText: 'The words of the service.' } },
    },
    empty: { gives: { verdict: 'not-told', facts: [] } },
  },
  {
    id: 'import',
    call: ({ connection }) =>
      connection.importUrl?.({ brandId: 'b1', url: 'https://v.example/a.mp4', title: 'Talk' }) ??
      missing(),
    sends: {
      method: 'POST',
      url: '/clips/import-url',
      body: { url: 'https://v.example/a.mp4', brandId: 'b1', title: 'Talk' },
    },
    answers: {
      sdk: data({ clipId: 'clip_1' }, 'clip_1', 201),
      clip: data({ clip: { _id: 'clip_1', status: 'processing' } }, 'clip_1'),
    },
  },
  {
    id: 'upload init',
    call: (on) =>
      uploads(on).start({
        brandId: 'b1',
        fileName: 'talk.mov',
        mimeType: 'video/quicktime',
        sizeBytes: 1_000,
      }),
    sends: {
      method: 'POST',
      url: '/clips/upload/init',
      body: {
        brandId: 'b1',
        title: 'talk',
        fileName: 'talk.mov',
        fileSize: 1_000,
        mimeType: 'video/quicktime',
      },
    },
    answers: { '201': data(remote, remote, 201), '200': data(remote, remote) },
  },
  {
    id: 'upload presign',
    call: (on) => uploads(on).sign(remote, [1, 2]),
    sends: {
      method: 'POST',
      url: '/clips/upload/presign',
      body: { ...remote, partNumbers: [1, 2] },
    },
    answers: {
      urls: data(
        {
          presignedUrls: [
            { partNumber: 2, url: 'https://storage.example/2' },
            { partNumber: 1, url: 'https://storage.example/1' },
          ],
        },
        [
          { partNumber: 1, url: 'https://storage.example/1' },
          { partNumber: 2, url: 'https://storage.example/2' },
        ],
      ),
    },
  },
  {
    id: 'upload complete',
    call: (on) =>
      uploads(on).complete(remote, [
        { partNumber: 2, sizeBytes: 1, etag: '"b"' },
        { partNumber: 1, sizeBytes: 1, etag: '"a"' },
      ]),
    sends: {
      method: 'POST',
      url: '/clips/upload/complete',
      body: {
        ...remote,
        parts: [
          { partNumber: 1, etag: '"a"' },
          { partNumber: 2, etag: '"b"' },
        ],
      },
    },
    answers: {
      processing: data({ clipId: 'clip_1', status: 'processing' }, undefined),
      'success alone': gives({ success: true }, undefined),
    },
    empty: { gives: undefined },
  },
  {
    id: 'upload abort',
    call: (on) => uploads(on).abort(remote),
    sends: { method: 'POST', url: '/clips/upload/abort', body: remote },
    answers: { aborted: data({ aborted: true }, undefined), '204': noContent(undefined) },
    errors: { '404': { gives: undefined } },
    empty: { gives: undefined },
  },
  {
    id: 'create draft',
    call: (on) =>
      publishing(on).createDraft({
        clipId: 'clip_1',
        candidateId: 'cand_1',
        aspectRatio: '9:16',
      }),
    sends: {
      method: 'POST',
      url: '/clips/clip_1/create-draft',
      body: { candidateId: 'cand_1', aspectRatio: '9:16' },
    },
    answers: {
      post: data({ postId: 'post_1' }, { postId: 'post_1' }),
      'no id': data({ ok: 1 }, { postId: null, remoteStatus: null }),
    },
    empty: { gives: { postId: null } },
  },
  {
    id: 'publish',
    call: (on) =>
      publishing(on).publish({
        clipId: 'clip_1',
        mode: 'publish',
        candidateId: 'cand_1',
        platforms: ['tiktok'],
        text: 'Hello',
        brandSlug: 'acme',
        scheduledAtMs: null,
        aspectRatio: null,
      }),
    sends: {
      method: 'POST',
      url: '/clips/clip_1/publish',
      body: {
        mode: 'publish',
        candidateId: 'cand_1',
        platforms: ['tiktok'],
        text: 'Hello',
        brandSlug: 'acme',
      },
    },
    answers: {
      post: data(
        { postId: 'post_1', status: 'render_pending' },
        { postId: 'post_1', remoteStatus: 'render_pending' },
      ),
      nested: data(
        { post: { _id: 'post_1', url: 'https://social.example/1' } },
        { postId: 'post_1', link: 'https://social.example/1' },
      ),
      nothing: data({}, { postId: null, remoteStatus: null, link: null }),
    },
    empty: { gives: { postId: null } },
  },
  {
    id: 'schedule a post',
    call: (on) =>
      publishing(on).publish({
        clipId: 'clip_1',
        mode: 'schedule',
        candidateId: null,
        platforms: [],
        text: null,
        brandSlug: null,
        scheduledAtMs: CREATED_MS,
        aspectRatio: '1:1',
      }),
    sends: {
      method: 'POST',
      url: '/clips/clip_1/publish',
      body: { mode: 'schedule', scheduledAt: '2024-01-01T00:00:00.000Z', aspectRatio: '1:1' },
    },
    answers: { post: data({ postId: 'p', status: 'scheduled' }, { remoteStatus: 'scheduled' }) },
    empty: { gives: { postId: null } },
  },
  {
    id: 'device code',
    keyed: false,
    call: ({ signIn }) => signIn.begin(),
    sends: { method: 'POST', url: '/auth/cli/device-code', body: {} },
    answers: {
      wrapped: data(
        {
          deviceCode: '8d5c',
          userCode: 'ZQE6-QE2S',
          verificationUri: 'https://app.example/cli-auth',
          expiresIn: 600,
          interval: 7,
        },
        {
          deviceCode: '8d5c',
          userCode: 'ZQE6-QE2S',
          verificationUrl: 'https://app.example/cli-auth',
          expiresInMs: 600_000,
          intervalMs: 7_000,
        },
      ),
      flat: gives(
        { deviceCode: '8d5c', userCode: 'A-B', verificationUri: 'https://app.example/cli-auth' },
        { deviceCode: '8d5c', expiresInMs: 900_000, intervalMs: 5_000 },
      ),
    },
  },
  {
    id: 'device poll',
    keyed: false,
    call: ({ signIn }) => signIn.poll('8d5c'),
    sends: { method: 'GET', url: '/auth/cli/poll?device_code=8d5c' },
    answers: {
      pending: gives({ status: 'authorization_pending' }, { state: 'pending' }),
      complete: gives(
        { status: 'complete', sessionToken: 'tok', orgId: 'o' },
        { state: 'complete', key: 'tok' },
      ),
      'complete wrapped': data(
        { status: 'complete', sessionToken: 'tok' },
        { state: 'complete', key: 'tok' },
      ),
      'slow down': gives(
        { status: 'slow_down', interval: 10 },
        { state: 'slow-down', intervalMs: 10_000 },
      ),
      'slow down bare': gives({ status: 'slow_down' }, { state: 'slow-down', intervalMs: null }),
      expired: gives({ status: 'expired_token' }, { state: 'expired' }),
      denied: gives({ status: 'access_denied' }, { state: 'denied' }),
      '400 slow down': gives(
        { status: 'slow_down', error: 'Slow down', interval: 15 },
        { state: 'slow-down', intervalMs: 15_000 },
        400,
      ),
      '400 expired': gives({ status: 'expired_token', error: 'x' }, { state: 'expired' }, 400),
      '400 denied': gives({ status: 'access_denied', error: 'x' }, { state: 'denied' }, 400),
      '400 word in error': gives({ error: 'access_denied' }, { state: 'denied' }, 400),
    },
    errors: { 'success false': { problem: 'unexpected-shape' } },
  },
];

export const autopostingCases: ServiceCases = {
  service: autoposting,
  basePath: '/api-proxy',
  cases,
};
