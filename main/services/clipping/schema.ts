import { z } from 'zod';
import { ServiceError } from '../../domain/service-error';
import {
  amountOf,
  field,
  idOf,
  isObject,
  nameOf,
  numberOf,
  own,
  readRows,
  rowsOf,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../lenient';
import { remoteTextOf } from '../remote-text';
import {
  balanceFields,
  createdFields,
  endedFields,
  failureFields,
  listNames,
  moreFields,
  profileObjects,
  titledObjects,
  titleFallbacks,
  titleFields,
  totalFields,
  updatedFields,
  walletObjects,
} from './guesses';

/** An execution in our types. Null where the answer does not say. */
export interface ExecutionAnswer {
  id: string | null;
  status: string;
  title: string | null;
  createdAtMs: number | null;
  endedAtMs: number | null;
  updatedAtMs: number | null;
  failure: string | null;
}

function unexpected(): never {
  throw new ServiceError('unexpected-shape');
}

function firstOf<T>(value: unknown, names: string[], read: (value: unknown) => T | null): T | null {
  for (const name of names) {
    const found = read(own(value, name));
    if (found !== null) return found;
  }
  return null;
}

function titleOf(...places: unknown[]): string | null {
  for (const place of places) {
    const title =
      firstOf(place, titleFields, nameOf) ??
      firstOf(place, titledObjects, (inner) => firstOf(inner, titleFields, nameOf)) ??
      firstOf(place, titleFallbacks, nameOf);
    if (title !== null) return title;
  }
  return null;
}

const executionSchema = z.object({
  execution_id: field(idOf),
  id: field(idOf),
  _id: field(idOf),
  status: field(statusOf),
});

function executionFrom(row: unknown): ExecutionAnswer | null {
  const value = unwrapped(row, 'execution');
  const from = executionSchema.safeParse(value).data;
  if (!from || from.status === null) return null;
  return {
    id: from.execution_id ?? from.id ?? from._id,
    status: from.status,
    // The detail has the execution and, beside it, the workflow that ran.
    title: titleOf(value, row),
    createdAtMs: firstOf(value, createdFields, timeMsOf),
    endedAtMs: firstOf(value, endedFields, timeMsOf),
    updatedAtMs: firstOf(value, updatedFields, timeMsOf),
    failure:
      firstOf(value, failureFields, (text) => remoteTextOf(text)) ??
      firstOf(row, failureFields, (text) => remoteTextOf(text)),
  };
}

/** GET /v1/executions/{id}: `{execution: {…}, …}` as the answer to a start has it, or flat. */
export function parseExecution(body: unknown): ExecutionAnswer {
  return executionFrom(body) ?? executionFrom(own(body, 'data')) ?? unexpected();
}

/** GET /v1/executions/me. `complete` is false when the answer shows that there is more of it. */
export function parseExecutions(body: unknown): {
  items: (ExecutionAnswer & { id: string })[];
  complete: boolean;
} {
  const found =
    rowsOf(body, ...listNames) ?? rowsOf(own(body, 'data'), ...listNames) ?? unexpected();
  const read = (row: unknown) => {
    const execution = executionFrom(row);
    return execution === null || execution.id === null ? null : { ...execution, id: execution.id };
  };
  const { read: items, whole } = readRows(found.rows, read) ?? unexpected();
  const places = [body, own(body, 'pagination'), own(body, 'meta'), own(body, 'data')];
  const paged = places.some(
    (place) =>
      moreFields.some((name) => Boolean(own(place, name))) ||
      (firstOf(place, totalFields, amountOf) ?? 0) > found.rows.length,
  );
  return { items, complete: whole && !found.cut && !paged };
}

/** GET /v1/me. `balanceCoins` may be negative: work under way can cost more than was left. */
export function parseMe(body: unknown): { label: string | null; balanceCoins: number | null } {
  if (!isObject(body)) unexpected();
  const inner = unwrapped(body, ...profileObjects);
  const places = [unwrapped(inner, ...profileObjects), inner, body];
  const find = <T>(read: (place: unknown) => T | null) =>
    places.map(read).find((value) => value !== null) ?? null;
  return {
    label: find((place) => firstOf(place, ['name', 'email'], nameOf)),
    balanceCoins: find(
      (place) =>
        firstOf(place, balanceFields, numberOf) ??
        firstOf(place, walletObjects, (wallet) => firstOf(wallet, balanceFields, numberOf)),
    ),
  };
}
