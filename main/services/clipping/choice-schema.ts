import type { Choice } from '../../domain/choice';
import type {
  CollectionChoice,
  ItemChoice,
  ScheduleChoice,
  WorkflowChoice,
} from '../../domain/execution';
import { amountOf, firstOf, flagOf, idOf, nameOf, statusOf, unwrapped } from '../tolerant-parsers';
import {
  countFields,
  idFieldsOf,
  kindFields,
  nameFields,
  sourceFields,
  subjectFields,
} from './assumptions';
import { parseList, unexpected } from './schema';

function choiceFrom(row: unknown, kind: string): (Choice & { value: unknown }) | null {
  const value = unwrapped(row, kind);
  const id = firstOf(value, idFieldsOf(kind), idOf);
  return id === null ? null : { id, name: firstOf(value, nameFields, nameOf), value };
}

function itemFrom(row: unknown): ItemChoice | null {
  const found = choiceFrom(row, 'item');
  if (found === null) return null;
  const { value, ...choice } = found;
  return {
    ...choice,
    kind: firstOf(value, ['type', ...kindFields], statusOf),
    source: firstOf(value, sourceFields, nameOf),
  };
}

/** POST /v1/items: `{item: {…}}` by the pattern of single objects, or flat. */
export function parseItem(body: unknown): ItemChoice {
  return itemFrom(body) ?? itemFrom(unwrapped(body, 'data')) ?? unexpected();
}

export function parseItems(body: unknown) {
  return parseList(body, 'items', itemFrom);
}

export function parseReporters(body: unknown) {
  return parseList(body, 'reporters', (row): Choice | null => {
    const found = choiceFrom(row, 'reporter');
    return found && { id: found.id, name: found.name };
  });
}

/** A workflow, bare or under `workflow`; null when it has no id. */
export function workflowFrom(row: unknown): WorkflowChoice | null {
  const found = choiceFrom(row, 'workflow');
  if (found === null) return null;
  const { value, ...choice } = found;
  return { ...choice, targetKind: firstOf(value, ['target_kind', 'targetKind'], statusOf) };
}

export function parseWorkflows(body: unknown) {
  return parseList(body, 'workflows', workflowFrom);
}

export function parseSchedules(body: unknown) {
  return parseList(body, 'schedules', (row): ScheduleChoice | null => {
    const found = choiceFrom(row, 'schedule');
    if (found === null) return null;
    const { value, ...choice } = found;
    return {
      ...choice,
      workflowId: firstOf(value, subjectFields.workflowId, idOf),
      enabled: firstOf(value, ['enabled'], flagOf),
      intervalHours: firstOf(value, ['interval_hours', 'intervalHours'], amountOf),
    };
  });
}

export function parseCollections(body: unknown) {
  return parseList(body, 'collections', (row): CollectionChoice | null => {
    const found = choiceFrom(row, 'collection');
    if (found === null) return null;
    const { value, ...choice } = found;
    return { ...choice, itemCount: firstOf(value, countFields, amountOf) };
  });
}
