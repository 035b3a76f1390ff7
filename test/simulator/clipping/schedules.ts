import type { ScheduleRun } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { visibleReporter } from './reporters';
import { runIsLive, startRun } from './runs';
import { executionView, listOf, pickerList, scheduleView } from './views';

function executionsOf(call: KeyedCall): ScheduleRun[] {
  const reporter = visibleReporter(call);
  return [...call.world.runs.values()]
    .filter((run) => run.reporterId === reporter.id && run.accountId === call.account.id)
    .sort((a, b) => b.id - a.id);
}

function trigger(call: KeyedCall): Answer {
  const { world, account } = call;
  const reporter = visibleReporter(call);
  const schedule = world.schedules.get(call.params.sid ?? '');
  if (!schedule || schedule.reporterId !== reporter.id || reporter.accountId !== account.id) {
    throw new ApiError(404, undefined, 'não há agenda com este id');
  }
  const running = [...world.runs.values()].some(
    (run) => run.scheduleId === schedule.id && runIsLive(world, run),
  );
  const repeat = world.shapes.get('clipping.scheduleRepeat');
  if (running && repeat === '409') throw new ApiError(409, undefined, '');
  if (!running) startRun(world, schedule.id, account.id);
  const status = running ? repeat : 'dispatched';
  return json(202, { status, schedule_id: schedule.id });
}

/** Schedules and their runs; singular and plural are as documented. */
export const scheduleRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v1/reporters/{id}/schedules',
    handle: (call) => {
      const reporter = visibleReporter(call);
      const own = [...call.world.schedules.values()].filter(
        (one) => one.reporterId === reporter.id,
      );
      const rows = own.map((one) => scheduleView(call.world, one));
      return json(200, pickerList(call.world, 'schedules', rows));
    },
  },
  {
    method: 'POST',
    path: '/v1/reporters/{id}/schedules/{sid}/run',
    fee: 'start',
    starts: true,
    handle: trigger,
  },
  {
    method: 'GET',
    path: '/v1/reporters/{id}/schedule/runs',
    handle: (call) => {
      const text = call.query.get('limit') ?? '20';
      if (!/^[1-9]\d*$/.test(text)) throw new ApiError(400, undefined, 'limit não é válido');
      const rows = executionsOf(call)
        .slice(0, Number(text))
        .map((run) => executionView(call.world, run, false));
      return json(200, listOf(call.world, 'runs', rows));
    },
  },
  {
    method: 'GET',
    path: '/v1/reporters/{id}/schedule/runs/{run}',
    handle: (call) => {
      const run = executionsOf(call).find((one) => String(one.id) === call.params.run);
      if (!run) throw new ApiError(404, undefined, 'não há execução da agenda com este número');
      return json(200, { run: executionView(call.world, run, true) });
    },
  },
];
