import type { Execution } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { executionDetail, executionRow, idOf, listOf } from './views';

/** The 202 of a start. */
export function startedAnswer(call: KeyedCall, execution: Execution): Answer {
  const { world } = call;
  const short = { ...idOf(world, 'execution', execution.id), status: execution.status };
  const nested = world.shapes.get('clipping.executionStart') === 'nested';
  return json(202, nested ? { execution: short } : short);
}

/** Executions that the account sees, newest first, up to the cap. */
export function listExecutions(call: KeyedCall, wanted: (execution: Execution) => boolean): Answer {
  const { world, account } = call;
  const found = [...world.executions.values()].filter(
    (one) => one.accountId === account.id && !one.hidden && wanted(one),
  );
  found.sort((a, b) => b.createdAtMs - a.createdAtMs);
  const rows = found
    .slice(0, world.config.executionListCap ?? found.length)
    .map((execution) => executionRow(world, execution));
  return json(200, listOf(world, 'executions', rows));
}

// Only these two words count as active: with a word that the service invents later, an execution
// drops out of the list.
function isActive(execution: Execution): boolean {
  return execution.listed ?? ['pending', 'running'].includes(execution.status);
}

/** Executions: the list, and one. */
export const executionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/executions/me',
    fee: 'executionRead',
    handle: (call) => {
      const active = ['1', 'true'].includes(call.query.get('active') ?? '');
      return listExecutions(call, (execution) => !active || isActive(execution));
    },
  },
  {
    method: 'GET',
    path: '/v1/executions/{id}',
    fee: 'executionRead',
    handle: (call) => {
      const execution = call.world.executions.get(call.params.id ?? '');
      if (!execution || execution.hidden || execution.accountId !== call.account.id) {
        throw new ApiError(404, undefined, 'não há execução com este id');
      }
      return json(200, executionDetail(call.world, execution));
    },
  },
];
