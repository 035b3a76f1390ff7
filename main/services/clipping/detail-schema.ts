import type { LongText } from '../../domain/display-text';
import type { ExecutionDetail, ExecutionStep, ExecutionSubject } from '../../domain/execution';
import { remoteTextOf } from '../../http/error-text';
import {
  amountOf,
  firstOf,
  idOf,
  isObject,
  longTextOf,
  nameOf,
  numberOf,
  own,
  rowsOf,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../tolerant-parsers';
import {
  costFields,
  endedFields,
  failureFields,
  idFieldsOf,
  kindFields,
  langFields,
  nameFields,
  STEP_INPUTS,
  startedFields,
  stepInputFields,
  stepListFields,
  stepNameFields,
  stepNumberFields,
  stepOutputFields,
  stepToolFields,
  subjectFields,
  subjectObjects,
} from './assumptions';
import { workflowFrom } from './choice-schema';
import { phaseOf } from './execution-job';
import { executionFrom, unexpected } from './schema';

const MAX_STEPS = 200;
const MAX_STEP_TEXT = 64 * 1024;
/** All step texts of one execution together. */
const MAX_ALL_TEXT = 1024 * 1024;
const MAX_RAW = 512 * 1024;

type SubjectId = keyof typeof subjectFields;

/** What an execution is about, from its own fields or from the objects beside it. */
export function subjectOf(row: unknown): ExecutionSubject {
  const value = unwrapped(row, 'execution');
  const objects = value === row ? [row] : [value, row];
  const find = <T>(read: (object: unknown) => T | null): T | null => {
    for (const object of objects) {
      const found = read(object);
      if (found !== null) return found;
    }
    return null;
  };
  const id = (name: SubjectId) =>
    find((object) => firstOf(object, subjectFields[name], idOf)) ??
    find((object) =>
      firstOf(object, subjectObjects[name], (inner) =>
        firstOf(inner, subjectObjects[name].flatMap(idFieldsOf), idOf),
      ),
    );
  return {
    kind: find((object) => firstOf(object, kindFields, statusOf)),
    itemId: id('itemId'),
    reporterId: id('reporterId'),
    workflowId: id('workflowId'),
    collectionId: id('collectionId'),
    scheduleId: id('scheduleId'),
    lang: find((object) => firstOf(object, langFields, statusOf)),
  };
}

/** Reads texts until the limit for one answer is used up. */
function textBudget() {
  let left = MAX_ALL_TEXT;
  return (value: unknown): LongText | null => {
    const text = longTextOf(value, Math.min(left, MAX_STEP_TEXT));
    left -= text?.text.length ?? 0;
    return text;
  };
}

function stepFrom(
  row: unknown,
  position: number,
  wasRun: boolean,
  text: (value: unknown) => LongText | null,
): ExecutionStep {
  const value = unwrapped(row, 'step_summary', 'summary');
  const status = wasRun ? firstOf(value, ['status', 'state'], statusOf) : null;
  // A step that is still to come may consist of its input alone, without an object around it.
  const input = isObject(value) ? firstOf(value, stepInputFields, text) : text(value);
  return {
    position: firstOf(value, stepNumberFields, amountOf) ?? position,
    name: firstOf(value, stepNameFields, nameOf),
    toolId: firstOf(value, stepToolFields, nameOf),
    remoteStatus: status,
    phase: status === null ? null : phaseOf(status),
    input,
    output: wasRun ? firstOf(value, stepOutputFields, text) : null,
    failure: wasRun ? firstOf(value, failureFields, (words) => remoteTextOf(words)) : null,
    startedAtMs: firstOf(value, startedFields, timeMsOf),
    endedAtMs: firstOf(value, endedFields, timeMsOf),
  };
}

interface StepRow {
  key: string | null;
  row: unknown;
}

/** Rows of a list, or the values of an object whose keys number or name the steps. */
function stepRows(value: unknown): StepRow[] | null {
  const list = rowsOf(value);
  if (list) return list.rows.map((row) => ({ key: null, row }));
  return isObject(value) ? Object.entries(value).map(([key, row]) => ({ key, row })) : null;
}

/** The first list under one of the names, preferably one with rows; null when there is none. */
function firstList(objects: unknown[], names: readonly string[]): StepRow[] | null {
  let found: StepRow[] | null = null;
  for (const object of objects) {
    for (const name of names) {
      const rows = stepRows(own(object, name));
      if (rows !== null && rows.length > 0) return rows;
      found ??= rows;
    }
  }
  return found;
}

/**
 * The steps that ran, and those still to come. A workflow lists its planned steps, beside or instead of
 * those that ran: in its list, only rows with a status or an output have run.
 */
function stepsOf(objects: unknown[], workflow: unknown): ExecutionStep[] {
  const text = textBudget();
  const planned = firstList([workflow], stepListFields) ?? [];
  const ranInWorkflow = planned.filter(
    ({ row }) =>
      firstOf(row, ['status', 'state'], statusOf) !== null ||
      stepOutputFields.some((name) => own(row, name) != null),
  );
  const ran = (firstList(objects, stepListFields) ?? ranInWorkflow)
    .slice(0, MAX_STEPS)
    .map(({ row }, index) => stepFrom(row, index + 1, true, text));
  const known = new Set(ran.map(({ position }) => position));
  const coming = (firstList(objects, [STEP_INPUTS]) ?? []).slice(0, MAX_STEPS);
  const rest = coming.map(({ key, row }, index) => {
    const step = stepFrom(row, numberOf(key) ?? ran.length + index + 1, false, text);
    return { ...step, name: step.name ?? (numberOf(key) === null ? nameOf(key) : null) };
  });
  // If the service lists the inputs of all steps, those that ran are among them.
  return [...ran, ...rest.filter(({ position }) => !known.has(position))].sort(
    (a, b) => a.position - b.position,
  );
}

/** GET /v1/executions/{id} with the workflow, its steps, and the inputs of those still to come. */
export function parseDetail(id: string, body: unknown): ExecutionDetail {
  const top = executionFrom(body) ? body : own(body, 'data');
  const execution = executionFrom(top) ?? unexpected();
  const value = unwrapped(top, 'execution');
  const phase = phaseOf(execution.status);
  const ended = phase === 'done' || phase === 'failed';
  const workflow = own(top, 'workflow') ?? own(value, 'workflow');
  return {
    id,
    title: execution.title,
    phase,
    remoteStatus: execution.status,
    createdAtMs: execution.createdAtMs,
    startedAtMs: firstOf(value, startedFields, timeMsOf),
    endedAtMs: ended ? execution.endedAtMs : null,
    failure: phase === 'failed' ? execution.failure : null,
    endedForLackOfBalance: phase === 'failed' && execution.carries402,
    costCoins: firstOf(value, costFields, amountOf),
    workflow: workflowFrom(workflow) ?? workflowByName(value, workflow),
    steps: stepsOf([top, value], workflow),
    about: subjectOf(top),
    raw: longTextOf(body, MAX_RAW) ?? { text: '', cut: false },
  };
}

function workflowByName(value: unknown, workflow: unknown) {
  const name =
    firstOf(workflow, nameFields, nameOf) ??
    nameOf(workflow) ??
    firstOf(value, ['workflow_name'], nameOf);
  const id = firstOf(value, subjectFields.workflowId, idOf);
  return id === null && name === null ? null : { id, name, targetKind: null };
}
