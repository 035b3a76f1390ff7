import { clipping } from '../../main/services/clipping/module';
import { type Connected, type EndpointCase, gives, type ServiceCases } from './case';

const CREATED_MS = Date.UTC(2026, 4, 28, 12);
const CREATED = '2026-05-28T12:00:00Z';

const executions = ({ connection }: Connected) => {
  if (!connection.executions) throw new Error('the service lacks what it should have');
  return connection.executions;
};

/** The same rows in every envelope that a list may have. */
function listAnswers(
  name: string,
  row: object,
  value: (rows: object[]) => unknown,
  one: object,
): EndpointCase['answers'] {
  return {
    'named list': gives({ [name]: [row] }, value([one])),
    'bare list': gives([row], value([one])),
    'items list': gives({ items: [row] }, value([one])),
    'data list': gives({ data: [row] }, value([one])),
    'empty list': gives({ [name]: [] }, value([])),
  };
}

const choices = (rows: object[]) => ({ readable: true, complete: true, choices: rows });

const execution = { execution_id: 'exc_1', status: 'running' };
const job = { kind: 'execution', remoteId: 'exc_1', phase: 'running' };
const pending = { execution: { execution_id: 'exc_1', status: 'pending' } };
const startedJob = {
  remoteStatus: 'pending',
  jobs: [{ kind: 'execution', remoteId: 'exc_1', phase: 'waiting' }],
};

function picker(
  id: string,
  url: string,
  call: EndpointCase['call'],
  name: string,
  row: object,
  one: object,
): EndpointCase {
  return {
    id,
    call,
    sends: { method: 'GET', url },
    picker: true,
    answers: listAnswers(name, row, choices, one),
  };
}

const statusCase = (status: string, phase: string, more = {}) =>
  gives(
    { execution: { execution_id: 'exc_1', status, ...more } },
    {
      observations: [{ phase, remoteStatus: status }],
    },
  );

const step = (number: number, more: object) => ({ step: number, tool_id: 'summary', ...more });
const ran = step(1, {
  status: 'done',
  input: { prompt: 'Sum up' },
  output: 'First line.\nSecond line.',
});
const coming = step(2, { input: 'Find quotes' });
const workflow = { workflow_id: 'wf_1', name: 'Resumo', target_kind: 'youtube_video' };
const about = { item_id: 'itm_1', reporter_id: 'rep_1', workflow_id: 'wf_1' };
const detailOf = {
  workflow: { id: 'wf_1', name: 'Resumo', targetKind: 'youtube_video' },
  steps: [
    {
      position: 1,
      toolId: 'summary',
      phase: 'done',
      input: { text: '{\n  "prompt": "Sum up"\n}', cut: false },
      output: { text: 'First line.\nSecond line.', cut: false },
    },
    {
      position: 2,
      phase: null,
      remoteStatus: null,
      input: { text: 'Find quotes', cut: false },
      output: null,
    },
  ],
};

const cases: EndpointCase[] = [
  {
    id: 'me',
    call: ({ connection }) => connection.profile(),
    sends: { method: 'GET', url: '/v1/me' },
    answers: {
      user: gives(
        { user: { name: 'Ana', balance_coins: 4.25 } },
        { label: 'Ana', balanceCoins: 4.25 },
      ),
      flat: gives({ name: 'Ana', balance: 4 }, { label: 'Ana', balanceCoins: 4 }),
      account: gives({ account: { name: 'Ana', saldo: -0.5 } }, { balanceCoins: -0.5 }),
      'no balance': gives({ user: { name: 'Ana' } }, { label: 'Ana', balanceCoins: null }),
    },
  },
  {
    id: 'active executions',
    call: ({ connection }) => connection.list(),
    sends: { method: 'GET', url: '/v1/executions/me?active=1' },
    answers: {
      ...listAnswers(
        'executions',
        { ...execution, title: 'Talk', created_at: CREATED },
        (observations) => ({ observations, covers: { kind: 'execution', clipId: null } }),
        { ...job, title: 'Talk', createdAtMs: CREATED_MS },
      ),
      'minimal rows': gives({ executions: [execution] }, { observations: [job] }),
      'more pages': gives({ executions: [execution], next_cursor: 'c' }, { covers: null }),
    },
  },
  {
    id: 'execution',
    call: ({ connection }) =>
      connection.read({ kind: 'execution', remoteId: 'exc_1', clipId: null }),
    sends: { method: 'GET', url: '/v1/executions/exc_1' },
    answers: {
      pending: statusCase('pending', 'waiting'),
      running: statusCase('running', 'running'),
      done: statusCase('done', 'done'),
      error: statusCase('error', 'failed', { erro: 'falhou' }),
      'unknown status': statusCase('Suspensa', 'unknown'),
      flat: gives(execution, { observations: [job] }),
    },
  },
  {
    id: 'execution detail',
    call: (on) => executions(on).detail('exc_1'),
    sends: { method: 'GET', url: '/v1/executions/exc_1' },
    answers: {
      steps: gives(
        { execution: { ...execution, ...about }, workflow, steps: [ran], step_inputs: [coming] },
        {
          ...detailOf,
          phase: 'running',
          about: { itemId: 'itm_1', reporterId: 'rep_1', workflowId: 'wf_1' },
          raw: { cut: false },
        },
      ),
      step_summaries: gives(
        { execution, workflow, step_summaries: [ran], step_inputs: { '2': coming } },
        detailOf,
      ),
      'workflow.steps': gives(
        { execution, workflow: { ...workflow, steps: [ran] }, step_inputs: [coming] },
        detailOf,
      ),
      flat: gives({ ...execution, workflow, steps: [ran], step_inputs: [coming] }, detailOf),
      minimal: gives(
        { execution },
        { steps: [], workflow: null, about: { itemId: null }, endedForLackOfBalance: false },
      ),
      'ended in 402': gives(
        {
          execution: { ...execution, status: 'error', error: { code: 402, message: 'sem saldo' } },
        },
        { phase: 'failed', endedForLackOfBalance: true, failure: 'sem saldo' },
      ),
      'ended with words': gives(
        { execution: { ...execution, status: 'error', erro: 'saldo insuficiente (402)' } },
        { phase: 'failed', endedForLackOfBalance: false, failure: 'saldo insuficiente (402)' },
      ),
    },
  },
  {
    id: 'make item',
    call: (on) => executions(on).makeItem('https://youtu.be/abcdefghijk'),
    sends: {
      method: 'POST',
      url: '/v1/items',
      body: { source: 'https://youtu.be/abcdefghijk' },
    },
    answers: {
      item: gives(
        { item: { item_id: 'itm_1', type: 'youtube_video', title: 'Talk' } },
        { id: 'itm_1', kind: 'youtube_video', name: 'Talk' },
        201,
      ),
      flat: gives({ item_id: 'itm_1', source: '@ana' }, { id: 'itm_1', source: '@ana' }),
      'id field': gives({ item: { id: 7 } }, { id: '7', name: null }),
    },
  },
  {
    id: 'start transcript',
    call: (on) =>
      executions(on).start({
        kind: 'transcript',
        itemId: 'itm_1',
        lang: 'pt',
        embed: true,
        text: 'Olá.',
      }),
    sends: {
      method: 'POST',
      url: '/v1/items/itm_1/transcript',
      body: { lang: 'pt', embed: true, text: 'Olá.' },
    },
    answers: {
      '202': gives(pending, startedJob, 202),
      '202 flat': gives(pending.execution, startedJob, 202),
    },
  },
  {
    id: 'read transcript',
    call: (on) => executions(on).transcript('itm_1', 'pt'),
    sends: { method: 'GET', url: '/v1/items/itm_1/transcript?lang=pt' },
    answers: {
      transcript: gives(
        {
          transcript: {
            item_id: 'itm_1',
            lang: 'pt',
            text: 'Olá. Tchau.',
            segments: [
              { start: 0.0, end: 4.2, text: 'Olá.' },
              { start: 4.2, end: 6, text: 'Tchau.' },
            ],
          },
        },
        {
          itemId: 'itm_1',
          lang: 'pt',
          text: 'Olá. Tchau.',
          segments: [
            { startMs: 0, endMs: 4_200, text: 'Olá.' },
            { startMs: 4_200, endMs: 6_000, text: 'Tchau.' },
          ],
        },
      ),
      'no segments': gives({ transcript: { text: 'Olá.' } }, { text: 'Olá.', segments: [] }),
    },
  },
  {
    id: 'process',
    call: (on) =>
      executions(on).start({
        kind: 'source',
        reporterId: 'rep_1',
        source: '@ana',
        workflowId: 'wf_1',
      }),
    sends: {
      method: 'POST',
      url: '/v1/reporters/rep_1/process',
      body: { source: '@ana', workflow_id: 'wf_1' },
    },
    answers: { '202': gives(pending, startedJob, 202) },
  },
  {
    id: 'process collection',
    call: (on) =>
      executions(on).start({
        kind: 'collection',
        reporterId: 'rep_1',
        collectionId: 'col_1',
        workflowId: null,
      }),
    sends: {
      method: 'POST',
      url: '/v1/reporters/rep_1/process-collection',
      body: { collection_id: 'col_1' },
    },
    answers: { '202': gives(pending, startedJob, 202) },
  },
  {
    id: 'run schedule',
    call: (on) =>
      executions(on).start({ kind: 'schedule', reporterId: 'rep_1', scheduleId: 'sch_1' }),
    sends: { method: 'POST', url: '/v1/reporters/rep_1/schedules/sch_1/run' },
    answers: {
      dispatched: gives(
        { status: 'dispatched', schedule_id: 'sch_1' },
        { jobs: [], remoteStatus: 'dispatched' },
        202,
      ),
      'no-op': gives({ status: 'already_running' }, { jobs: [], remoteStatus: 'already_running' }),
    },
    empty: { gives: { jobs: [], remoteStatus: null } },
  },
  {
    id: 'reporter executions',
    call: (on) => executions(on).ofReporter('rep_1'),
    sends: { method: 'GET', url: '/v1/reporters/rep_1/executions' },
    answers: listAnswers('executions', execution, (rows) => rows, job),
  },
  {
    id: 'schedule runs',
    call: (on) => executions(on).scheduleRuns('rep_1'),
    sends: { method: 'GET', url: '/v1/reporters/rep_1/schedule/runs?limit=20' },
    answers: listAnswers(
      'runs',
      { run_id: 42, schedule_id: 'sch_1', status: 'running', started_at: CREATED },
      (rows) => rows,
      { id: '42', scheduleId: 'sch_1', remoteStatus: 'running', startedAtMs: CREATED_MS },
    ),
  },
  {
    id: 'schedule run',
    call: (on) => executions(on).scheduleRun('rep_1', '42'),
    sends: { method: 'GET', url: '/v1/reporters/rep_1/schedule/runs/42' },
    answers: {
      events: gives(
        { run: { id: 42, events: [{ execution_id: 'exc_1' }, { execution: { id: 'exc_2' } }, 7] } },
        { id: '42', executionIds: ['exc_1', 'exc_2'] },
      ),
      flat: gives({ id: 42, execution_ids: ['exc_1'] }, { id: '42', executionIds: ['exc_1'] }),
    },
  },
  {
    id: 'documents',
    call: (on) =>
      executions(on).documents({ itemId: 'itm_1', reporterId: 'rep_1', kind: 'summary' }),
    sends: {
      method: 'GET',
      url: '/v1/documents?item_id=itm_1&reporter_id=rep_1&kind=summary',
    },
    answers: listAnswers(
      'documents',
      { document_id: 'doc_1', kind: 'summary', title: 'Resumo', content: '# R\n\nTexto' },
      (documents) => ({ documents, complete: true }),
      {
        id: 'doc_1',
        kind: 'summary',
        title: 'Resumo',
        content: { text: '# R\n\nTexto', cut: false },
      },
    ),
  },
  picker(
    'items',
    '/v1/items',
    (on) => executions(on).items(),
    'items',
    { item_id: 'itm_1', type: 'youtube_video', title: 'Talk', source: '@ana' },
    { id: 'itm_1', kind: 'youtube_video', name: 'Talk', source: '@ana' },
  ),
  picker(
    'reporters',
    '/v1/reporters',
    (on) => executions(on).reporters(),
    'reporters',
    { reporter_id: 'rep_1', name: 'Ana' },
    { id: 'rep_1', name: 'Ana' },
  ),
  picker(
    'workflows',
    '/v1/reporters/rep_1/workflows',
    (on) => executions(on).workflows('rep_1'),
    'workflows',
    { workflow_id: 'wf_1', name: 'Resumo', target_kind: 'collection' },
    { id: 'wf_1', name: 'Resumo', targetKind: 'collection' },
  ),
  picker(
    'schedules',
    '/v1/reporters/rep_1/schedules',
    (on) => executions(on).schedules('rep_1'),
    'schedules',
    {
      schedule_id: 'sch_1',
      name: 'Diário',
      workflow_id: 'wf_1',
      enabled: true,
      interval_hours: 24,
    },
    { id: 'sch_1', name: 'Diário', workflowId: 'wf_1', enabled: true, intervalHours: 24 },
  ),
  picker(
    'collections',
    '/v1/collections',
    (on) => executions(on).collections(),
    'collections',
    { collection_id: 'col_1', name: 'Palestras', item_count: 3 },
    { id: 'col_1', name: 'Palestras', itemCount: 3 },
  ),
];

export const clippingCases: ServiceCases = { service: clipping, basePath: '', cases };
