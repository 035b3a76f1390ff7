/**
 * What the services' public pages and the vendor's open client name: every endpoint the app calls,
 * and every answer to it that is named somewhere, in each of its shapes. It is written down here so
 * that the tests can be checked against it: an answer that no test has given to the app is a gap.
 */
export interface NamedEndpoint {
  id: string;
  service: 'Autoposting' | 'Clipping' | 'storage';
  method: string;
  path: string;
  /** By id: what the service says. */
  answers: Record<string, string>;
}

/** Answers that any JSON call may get, following the error table of Autoposting's overview. */
const autopostingErrors: Record<string, string> = {
  '400 code and message': 'a parameter is missing or wrong, `error` holds a code',
  '400 sentence':
    'the same with the sentence in `error` and nothing else, as one quoted answer has it',
  '401 code and message': 'key missing or not valid',
  '401 sentence and code': 'the same as the vendor’s client reads it',
  '402': '`insufficient_credits`',
  '403 suspended': '`billing_suspended`: the plan, not the key',
  '403 scope': 'the key is good and may not do this',
  '404': 'not there, or of another organisation',
  '409': 'conflict: no connection, expired connection, duplicate',
  '422': 'the vendor’s client knows it as a wrong parameter',
  '429 seconds': 'rate limited, Retry-After in seconds',
  '429 date': 'rate limited, Retry-After as an HTTP date',
  '429 reset': 'rate limited, only X-RateLimit-Reset',
  '500': 'server error',
  '502 page': 'a gateway’s page',
  '503': 'not available',
  '504': 'gateway timeout',
  'success false': 'a refusal under status 200',
  page: 'the dashboard’s page under status 200: wrong address',
  empty: 'no body',
  malformed: 'broken JSON',
  truncated: 'JSON that ends early',
  'too deep': 'nested without end',
  'too large': 'longer than any answer',
};

const clippingErrors: Record<string, string> = {
  '400': 'refused, with a sentence in `erro`',
  '401': 'key missing, not valid or revoked, with a sentence in `erro`',
  '402': 'no balance, with a sentence in `erro`',
  '402 error': 'the same under `error`',
  '403': 'not allowed; not documented',
  '404': 'not there; not documented',
  '409': 'conflict; documented for subscriptions only',
  '422': 'wrong parameter; not documented',
  '429 seconds': 'rate limited, Retry-After in seconds; not documented',
  '429 date': 'rate limited, Retry-After as an HTTP date; not documented',
  '500': 'server error',
  '502 page': 'a gateway’s page',
  '503': 'not available',
  '504': 'gateway timeout',
  page: 'a web page under status 200',
  empty: 'no body',
  malformed: 'broken JSON',
  truncated: 'JSON that ends early',
  'too deep': 'nested without end',
  'too large': 'longer than any answer',
};

function autoposting(
  id: string,
  method: string,
  path: string,
  answers: Record<string, string>,
): NamedEndpoint {
  return {
    id,
    service: 'Autoposting',
    method,
    path,
    answers: { ...answers, ...autopostingErrors },
  };
}

function clipping(
  id: string,
  method: string,
  path: string,
  answers: Record<string, string>,
): NamedEndpoint {
  return { id, service: 'Clipping', method, path, answers: { ...answers, ...clippingErrors } };
}

/** How a list of Clipping may come: no page shows one. */
const lists = {
  'named list': 'a list under the name of its objects',
  'bare list': 'a list without an envelope',
  'items list': 'a list under `items`',
  'data list': 'a list under `data`',
  'empty list': 'nothing there',
};

export const NAMED: NamedEndpoint[] = [
  autoposting('profile', 'GET', '/auth/profile', {
    'api key': 'an organisation’s key: `name` is the same for all',
    session: 'a person’s session: name and email',
    nested: 'the object under its name in `data`',
  }),
  autoposting('brands', 'GET', '/brands', {
    sdk: 'bare list, `platforms` of objects',
    docs: '`connectedPlatforms` of names',
    concept: '`platforms` of names, `position`',
    nested: 'list under `brands`, ids as `_id`',
    'items list': 'the list as `{items, total, limit, offset}`',
  }),
  autoposting('connections', 'GET', '/brands/{slug}/auth/status', {
    connected: 'a bare list of `{platform, connected, expiresAt, …}`',
    over: '`connected: true` with a past `expiresAt` and a `refreshError`: the connection is over',
    several: 'several accounts on one platform',
    'items list': 'the list as `{items, total, limit, offset}`',
  }),
  autoposting('credits', 'GET', '/billing/credits', {
    docs: '`balance`, `monthlyAllocation`, `resetAt`',
    sdk: '`total`, `used`, `remaining`, `breakdown`',
    cli: '`balance`, `balanceFormatted`, `totalSpent30d`, `recentUsage`',
  }),
  autoposting('clips', 'GET', '/clips', {
    'page paging': '`pagination` with `page` and `totalPages`',
    'offset paging': '`total`, `limit` and `offset` beside the list',
    'items list': 'the list as `{items, total, limit, offset}`',
    bare: 'a bare list',
  }),
  autoposting('clips page', 'GET', '/clips?page=', {
    'next page': 'the second page by number',
    'last page': 'the last one',
    'same page': 'the parameter is ignored and page one comes again',
  }),
  autoposting('clips offset', 'GET', '/clips?offset=', {
    'next rows': 'the following rows',
    'last rows': 'the last ones',
    'same rows': 'the parameter is ignored',
  }),
  autoposting('clip', 'GET', '/clips/{clipId}', {
    docs: 'brandSlug, fileName, transcription, candidates with one score',
    sdk: 'name, brandId, editRevision, url, renderedUrl',
    nested: 'under `data.clip`, with `_id`',
    'scores nested': 'candidates with `scores` and `splitEligible`',
    'scores flat': 'candidates with the scores beside the rest',
    uploading: 'status uploading',
    processing: 'status processing',
    failed: 'status failed',
    rendering: 'status rendering',
    rendered: 'status rendered',
    'unknown status': 'any other word, shown as it is',
  }),
  autoposting('delete clip', 'DELETE', '/clips/{clipId}', {
    deleted: '`data.deleted`',
    'success alone': '`success` without `data`',
    '204': 'no content',
  }),
  autoposting('jobs', 'GET', '/clips/{clipId}/jobs', {
    completed: 'with `outputUrl` and `completedAt`',
    queued: 'without them',
    'queued null': 'with null for them',
    'running word': 'a word for running that is not documented',
    failed: 'a word for failed that is not documented',
    'unknown word': 'any other word, shown as it is',
    nested: 'under `data.jobs`',
    renderedUrl: 'the result under the clip’s name for it',
  }),
  autoposting('render by revision', 'POST', '/clips/{clipId}/render', {
    sdk: '`jobIds`, `activeJobIds`, `reusedJobIds`',
    reused: 'only `reusedJobIds`: the same render was there already',
    docs: '`jobId`, `status`, `estimatedDurationSec`',
  }),
  autoposting('render by candidate', 'POST', '/clips/{clipId}/render', {
    sdk: '`jobIds`',
    docs: '`jobId`, `status`, `estimatedDurationSec`',
  }),
  autoposting('credit check', 'POST', '/clips/billing/check', {
    'empty data': 'nothing in `data`',
    'verdict yes': 'a field that says yes',
    'verdict no': 'a field that says no',
    'unknown facts': 'fields nobody knows, shown as they are',
  }),
  autoposting('import', 'POST', '/clips/import-url', {
    sdk: '`clipId`',
    clip: 'the clip itself',
  }),
  autoposting('upload init', 'POST', '/clips/upload/init', {
    '201': '`clipId`, `uploadId`, `key`',
    '200': 'the same under status 200',
  }),
  autoposting('upload presign', 'POST', '/clips/upload/presign', {
    urls: '`presignedUrls` of part number and address',
  }),
  autoposting('upload complete', 'POST', '/clips/upload/complete', {
    processing: '`clipId` and `status`',
    'success alone': '`success` without `data`',
  }),
  autoposting('upload abort', 'POST', '/clips/upload/abort', {
    aborted: '`data.aborted`',
    '204': 'no content',
  }),
  autoposting('create draft', 'POST', '/clips/{clipId}/create-draft', {
    post: '`postId`',
    'no id': 'an answer without it',
  }),
  autoposting('publish', 'POST', '/clips/{clipId}/publish', {
    post: '`postId` and `status`',
    nested: 'the post itself',
    nothing: 'an empty answer: none is documented',
  }),
  autoposting('schedule a post', 'POST', '/clips/{clipId}/publish', {
    post: '`postId` and `status`',
  }),
  autoposting('device code', 'POST', '/auth/cli/device-code', {
    wrapped: 'fields in `data`',
    flat: 'fields without an envelope',
  }),
  autoposting('device poll', 'GET', '/auth/cli/poll', {
    pending: '`authorization_pending`',
    complete: '`complete` with `sessionToken`',
    'complete wrapped': 'the same in `data`',
    'slow down': '`slow_down` with `interval`',
    'slow down bare': '`slow_down` without one',
    expired: '`expired_token`',
    denied: '`access_denied`',
    '400 slow down': '`slow_down` with status 400 and an error text',
    '400 expired': '`expired_token` with status 400',
    '400 denied': '`access_denied` with status 400',
    '400 word in error': 'the word only in `error`',
  }),

  clipping('me', 'GET', '/v1/me', {
    user: 'under `user`',
    flat: 'without an envelope',
    account: 'under `account`',
    'no balance': 'without a balance',
  }),
  clipping('active executions', 'GET', '/v1/executions/me?active=1', {
    ...lists,
    'minimal rows': '`execution_id` and `status` only',
    'more pages': 'a sign that the list goes on',
  }),
  clipping('execution', 'GET', '/v1/executions/{id}', {
    pending: 'status pending',
    running: 'status running',
    done: 'status done',
    error: 'status error',
    'unknown status': 'any other word, shown as it is',
    flat: 'without the envelope',
  }),
  clipping('execution detail', 'GET', '/v1/executions/{id}', {
    steps: 'summaries under `steps`, `step_inputs` of those to come',
    step_summaries: 'summaries under another name',
    'workflow.steps': 'summaries in the workflow',
    flat: 'without the envelope',
    minimal: 'nothing but id and status',
    'ended in 402': 'a failed one that carries the number 402',
    'ended with words': 'a failed one that says so in words only',
  }),
  clipping('make item', 'POST', '/v1/items', {
    item: 'under `item`',
    flat: 'without an envelope',
    'id field': 'the id under `id`',
  }),
  clipping('start transcript', 'POST', '/v1/items/{id}/transcript', {
    '202': '`execution` with id and status',
    '202 flat': 'the same without the envelope',
  }),
  clipping('read transcript', 'GET', '/v1/items/{id}/transcript', {
    transcript: '`text` and `segments` in seconds',
    'no segments': 'text only',
  }),
  clipping('process', 'POST', '/v1/reporters/{id}/process', {
    '202': '`execution` with id and status',
  }),
  clipping('process collection', 'POST', '/v1/reporters/{id}/process-collection', {
    '202': '`execution` with id and status',
  }),
  clipping('run schedule', 'POST', '/v1/reporters/{id}/schedules/{sid}/run', {
    dispatched: '`status` and `schedule_id`, and no execution',
    'no-op': 'one runs already: another word',
  }),
  clipping('reporter executions', 'GET', '/v1/reporters/{id}/executions', lists),
  clipping('schedule runs', 'GET', '/v1/reporters/{id}/schedule/runs', lists),
  clipping('schedule run', 'GET', '/v1/reporters/{id}/schedule/runs/{run}', {
    events: 'one run with its events, each with an execution',
    flat: 'without an envelope',
  }),
  clipping('documents', 'GET', '/v1/documents', lists),
  clipping('items', 'GET', '/v1/items', lists),
  clipping('reporters', 'GET', '/v1/reporters', lists),
  clipping('workflows', 'GET', '/v1/reporters/{id}/workflows', lists),
  clipping('schedules', 'GET', '/v1/reporters/{id}/schedules', lists),
  clipping('collections', 'GET', '/v1/collections', lists),
  {
    id: 'realtime',
    service: 'Clipping',
    method: 'WS',
    path: '/v1/realtime',
    answers: {
      event: 'a message as an execution goes on',
      deposit: '`deposit_credited`',
      'any message': 'text or bytes of any other kind',
      refused: 'a token that is not taken',
      expired: 'a token whose time is over',
      'policy close': 'closed because of the token',
      closed: 'closed for any other reason',
      'not there': 'no connection',
    },
  },
  {
    id: 'part',
    service: 'storage',
    method: 'PUT',
    path: '(presigned part)',
    answers: {
      '200': 'stored, with its ETag in quotes',
      'no etag': 'stored without one',
      '403 expired': 'the address is too old',
      '400': 'refused, with a code',
      '503 slow down': 'too many requests',
      broken: 'no answer',
    },
  },
  {
    id: 'result',
    service: 'storage',
    method: 'GET',
    path: '(outputUrl)',
    answers: {
      '200': 'the whole file',
      '200 no size': 'the whole file without a length',
      '206': 'the rest of it',
      '200 despite range': 'the whole file although the rest was asked for',
      '206 other version': 'the rest of another version',
      '416': 'nothing behind that place',
      '403': 'the address is too old',
      '404': 'no such file',
      '429': 'too many requests',
      '503': 'not available',
      redirect: 'it is elsewhere',
      'unsafe redirect': 'it is said to be at an address that is not safe',
      'cut short': 'the connection breaks in the file',
      page: 'a web page in its place',
      packed: 'compressed although that was not asked for',
    },
  },
];

/**
 * Endpoints that the pages name and the app has no use for: it watches and starts video work. They
 * count neither as tried nor as gaps.
 */
export const NOT_USED: Record<string, string> = {
  'Autoposting GET /health': 'the first call with a key tells the same',
  'Autoposting POST /auth/login, GET /orgs, PUT /orgs/active': 'for sessions with a password only',
  'Autoposting PATCH /auth/profile, /api-keys': 'managing the account is for the dashboard',
  'Autoposting /brands/{slug}, POST /brands, PATCH and DELETE':
    'managing brands is for the dashboard',
  'Autoposting GET /billing/credit-summary, /billing/status, /billing/history, /usage':
    'bills are for the dashboard',
  'Autoposting POST /billing/change-plan': 'spends money without video work',
  'Autoposting /webhooks': 'they need a public address',
  'Autoposting GET /api/notifications': 'tells of what polling shows already',
  'Autoposting /media/upload, /media/presign, /posts, /mcp': 'no video work',
  'Clipping PATCH /v1/auth/me': 'managing the account is for the web app',
  'Clipping PATCH /v1/collections/{id}, /subscribe, /subscriptions':
    'managing collections is for the web app',
  'Clipping POST /v1/reporters, /workflows, /steps, /schedules':
    'building reporters is for the web app',
  'Clipping GET /v1/tools, /v1/search': 'no video work',
  'Clipping POST /admin/accounts/me/deposit/pix':
    'takes a tax number; the balance page is linked instead',
};
