import type {
  Collection,
  Document,
  Execution,
  Item,
  Reporter,
  Schedule,
  ScheduleRun,
  Workflow,
} from '../types';
import { ApiError } from '../wire/json-service';
import type { World } from '../world';
import { runIsLive } from './runs';

type Row = Record<string, unknown>;

/** A time in the current form; null stays null. */
function timeOf(world: World, ms: number | null): string | number | null {
  if (ms === null) return null;
  const form = world.shapes.get('clipping.time');
  if (form === 'seconds') return Math.floor(ms / 1000);
  return form === 'millis' ? Math.round(ms) : new Date(ms).toISOString();
}

/** `{execution_id}`, `{id}` or `{_id}`. */
export function idOf(world: World, kind: string, id: string | number): Row {
  const form = world.shapes.get('clipping.idField');
  return { [form === 'named' ? `${kind}_id` : form]: id };
}

/** A list in the current envelope. */
export function listOf(world: World, name: string, rows: Row[]): unknown {
  const form = world.shapes.get('clipping.list');
  if (form === 'bare') return rows;
  return { [form === 'named' ? name : form]: rows };
}

/** A list that a person picks from; the service may have no such route. Throws ApiError 404. */
export function pickerList(world: World, name: string, rows: Row[]): unknown {
  if (world.shapes.get('clipping.pickerLists') === 'absent') throw new ApiError(404, undefined, '');
  return listOf(world, name, rows);
}

/** The answer to a start, and a row of a list. */
export function executionRow(world: World, execution: Execution): Row {
  const short = { ...idOf(world, 'execution', execution.id), status: execution.status };
  if (world.shapes.get('clipping.executionRow') === 'minimal') {
    return { ...short, ...execution.fields };
  }
  return {
    ...short,
    kind: execution.kind,
    item_id: execution.itemId,
    reporter_id: execution.reporterId,
    workflow_id: execution.workflowId,
    title: titleOf(world, execution),
    created_at: timeOf(world, execution.createdAtMs),
    started_at: timeOf(world, execution.startedAtMs),
    finished_at: timeOf(world, execution.finishedAtMs),
    ...errorOf(world, execution),
    ...execution.fields,
  };
}

/**
 * The detail of an execution: its workflow, the steps that ran, and the inputs of those to come.
 */
export function executionDetail(world: World, execution: Execution): Row {
  const row = executionRow(world, execution);
  const workflow = execution.workflowId ? world.workflows.get(execution.workflowId) : undefined;
  const planned = workflow?.steps ?? [];
  const steps = planned.slice(0, execution.stepsBegun).map((step, index) => ({
    step: index + 1,
    tool_id: step.tool_id,
    status: index < execution.stepsDone ? 'done' : 'running',
    input: { prompt: step.prompt_text, source: titleOf(world, execution) },
    output: index < execution.stepsDone ? `Texto do passo ${index + 1}.` : null,
  }));
  const stepInputs = planned.slice(execution.stepsBegun).map((step, index) => ({
    step: execution.stepsBegun + index + 1,
    tool_id: step.tool_id,
    input: { prompt: step.prompt_text },
  }));
  const key = world.shapes.get('clipping.stepsKey');
  const workflowRow = workflow ? workflowView(world, workflow) : null;
  const rest = {
    workflow: key === 'workflow.steps' && workflowRow ? { ...workflowRow, steps } : workflowRow,
    ...(key !== 'workflow.steps' && { [key]: steps }),
    step_inputs: stepInputs,
  };
  return world.shapes.get('clipping.executionDetail') === 'nested'
    ? { execution: row, ...rest }
    : { ...row, ...rest };
}

/** An item of any type. */
export function itemView(world: World, item: Item): Row {
  return {
    ...idOf(world, 'item', item.id),
    type: item.type,
    source: item.source,
    title: item.title,
    created_at: timeOf(world, item.createdAtMs),
  };
}

export function reporterView(world: World, reporter: Reporter): Row {
  return { ...idOf(world, 'reporter', reporter.id), name: reporter.name };
}

export function workflowView(world: World, workflow: Workflow): Row {
  return {
    ...idOf(world, 'workflow', workflow.id),
    name: workflow.name,
    target_kind: workflow.targetKind,
    steps: workflow.steps,
  };
}

export function collectionView(world: World, collection: Collection): Row {
  return {
    ...idOf(world, 'collection', collection.id),
    name: collection.name,
    item_count: collection.itemIds.length,
  };
}

export function scheduleView(world: World, schedule: Schedule): Row {
  return {
    ...idOf(world, 'schedule', schedule.id),
    reporter_id: schedule.reporterId,
    name: schedule.name,
    workflow_id: schedule.workflowId,
    interval_hours: schedule.intervalHours,
    collection_ids: schedule.collectionIds,
    enabled: schedule.enabled,
  };
}

export function documentView(world: World, document: Document): Row {
  return {
    ...idOf(world, 'document', document.id),
    item_id: document.itemId,
    reporter_id: document.reporterId,
    kind: document.kind,
    title: document.title,
    content: document.content,
    created_at: timeOf(world, document.createdAtMs),
  };
}

/** A run of a schedule; its detail has one event for each item. */
export function executionView(world: World, run: ScheduleRun, withEvents: boolean): Row {
  const executions = run.executionIds.flatMap((id) => world.executions.get(id) ?? []);
  return {
    ...idOf(world, 'run', run.id),
    schedule_id: run.scheduleId,
    status: runIsLive(world, run) ? 'running' : 'done',
    started_at: timeOf(world, run.startedAtMs),
    execution_count: executions.length,
    ...(withEvents && {
      events: executions.map((execution) => ({
        item_id: execution.itemId,
        execution_id: execution.id,
        status: execution.status,
        at: timeOf(world, execution.createdAtMs),
      })),
    }),
  };
}

function titleOf(world: World, execution: Execution): string | null {
  const item = execution.itemId ? world.items.get(execution.itemId) : undefined;
  if (item) return item.title;
  return execution.collectionId
    ? (world.collections.get(execution.collectionId)?.name ?? null)
    : null;
}

function errorOf(world: World, execution: Execution): Row {
  const key = world.shapes.get('clipping.executionError');
  const code = execution.broke ? world.shapes.get('clipping.brokeCode') : 'absent';
  const direct = code === 'status_code' ? { status_code: 402 } : {};
  if (execution.error === null || key === 'absent') return direct;
  const error = code === 'in-error' ? { code: 402, message: execution.error } : execution.error;
  return { [key]: error, ...direct };
}
