import { z } from 'zod';
import type { Reporter, Workflow } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { bodyOf } from './body';
import { listExecutions, startedAnswer } from './executions';
import { itemFor } from './items';
import { createExecution } from './lifecycle';
import { listOf, pickerList, reporterView, workflowView } from './views';

/** The reporter in the path: the account's own, or a public one. Throws ApiError 404. */
export function visibleReporter(call: KeyedCall): Reporter {
  const reporter = call.world.reporters.get(call.params.id ?? '');
  if (!reporter || (reporter.accountId !== call.account.id && !reporter.public)) {
    throw new ApiError(404, undefined, 'não há repórter com este id');
  }
  return reporter;
}

function workflowFor(call: KeyedCall, reporter: Reporter, id: string | undefined): Workflow {
  const workflow = [...call.world.workflows.values()].find(
    (one) => one.reporterId === reporter.id && (id === undefined || one.id === id),
  );
  if (workflow) return workflow;
  if (id === undefined) throw new ApiError(400, undefined, 'o repórter não tem fluxo de trabalho');
  throw new ApiError(404, undefined, 'não há fluxo de trabalho com este id');
}

function process(call: KeyedCall): Answer {
  const { world, account } = call;
  const reporter = visibleReporter(call);
  const body = bodyOf(call, {
    source: z.string().min(1),
    workflow_id: z.string().optional(),
  });
  const workflow = workflowFor(call, reporter, body.workflow_id);
  const item = itemFor(world, account.id, body.source, true);
  const execution = createExecution(world, {
    accountId: account.id,
    payerAccountId: reporter.accountId,
    kind: 'workflow',
    itemId: item.id,
    reporterId: reporter.id,
    workflowId: workflow.id,
    plan: { steps: Math.max(1, workflow.steps.length) },
  });
  return startedAnswer(call, execution);
}

function processCollection(call: KeyedCall): Answer {
  const { world, account } = call;
  const reporter = visibleReporter(call);
  const body = bodyOf(call, { collection_id: z.string(), workflow_id: z.string().optional() });
  const collection = world.collections.get(body.collection_id);
  if (!collection || collection.accountId !== account.id) {
    throw new ApiError(404, undefined, 'não há coleção com este id');
  }
  const workflow = workflowFor(call, reporter, body.workflow_id);
  const common = {
    accountId: account.id,
    payerAccountId: reporter.accountId,
    reporterId: reporter.id,
    workflowId: workflow.id,
    collectionId: collection.id,
  };
  const execution = createExecution(world, { ...common, kind: 'collection' });
  if (world.shapes.get('clipping.processCollection') === 'many') {
    for (const itemId of collection.itemIds) {
      createExecution(world, { ...common, kind: 'workflow', itemId });
    }
  }
  return startedAnswer(call, execution);
}

const tools = [
  { tool_id: 'summary_review', name: 'Resumo' },
  { tool_id: 'quote_finder', name: 'Frases' },
];

/** Reporters, their workflows, and the two ways to run one. */
export const reporterRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/reporters',
    handle: ({ world, account }) => {
      const own = [...world.reporters.values()].filter((one) => one.accountId === account.id);
      const rows = own.map((one) => reporterView(world, one));
      return json(200, pickerList(world, 'reporters', rows));
    },
  },
  {
    method: 'GET',
    path: '/v1/reporters/{id}',
    handle: (call) => json(200, { reporter: reporterView(call.world, visibleReporter(call)) }),
  },
  {
    method: 'GET',
    path: '/v1/reporters/{id}/workflows',
    handle: (call) => {
      const reporter = visibleReporter(call);
      const own = [...call.world.workflows.values()].filter(
        (one) => one.reporterId === reporter.id,
      );
      const rows = own.map((one) => workflowView(call.world, one));
      return json(200, pickerList(call.world, 'workflows', rows));
    },
  },
  {
    method: 'POST',
    path: '/v1/reporters/{id}/process',
    fee: 'start',
    starts: true,
    handle: process,
  },
  {
    method: 'POST',
    path: '/v1/reporters/{id}/process-collection',
    fee: 'start',
    starts: true,
    handle: processCollection,
  },
  {
    method: 'GET',
    path: '/v1/reporters/{id}/executions',
    fee: 'executionRead',
    handle: (call) => {
      const reporter = visibleReporter(call);
      return listExecutions(call, (execution) => execution.reporterId === reporter.id);
    },
  },
  {
    method: 'GET',
    path: '/v1/tools',
    handle: ({ world }) => json(200, listOf(world, 'tools', tools)),
  },
];
