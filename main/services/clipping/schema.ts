import { z } from 'zod';
import { ServiceError } from '../../domain/service-error';
import { remoteTextOf } from '../../http/error-text';
import {
  amountOf,
  field,
  firstOf,
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
} from '../tolerant-parsers';
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
} from './assumptions';

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

/** Ends a parse: the answer lacks what is needed. */
export function unexpected(): never {
  throw new ServiceError('unexpected-shape');
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

/** One execution, bare or under `execution`; null when it cannot be read. */
export function executionFrom(row: unknown): ExecutionAnswer | null {
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
  return parseList(body, 'executions', (row) => {
    const execution = executionFrom(row);
    return execution === null || execution.id === null ? null : { ...execution, id: execution.id };
  });
}

/** Whether an answer shows that its list goes on beyond the rows it has. */
function hasMore(body: unknown, rowCount: number): boolean {
  const places = [body, own(body, 'pagination'), own(body, 'meta'), own(body, 'data')];
  return places.some(
    (place) =>
      moreFields.some((name) => Boolean(own(place, name))) ||
      (firstOf(place, totalFields, amountOf) ?? 0) > rowCount,
  );
}

/** Any other list, under one of the names or in a common envelope. */
export function parseList<T>(
  body: unknown,
  name: string,
  read: (row: unknown) => T | null,
): { items: T[]; complete: boolean } {
  const names = [name, ...listNames];
  const found = rowsOf(body, ...names) ?? rowsOf(own(body, 'data'), ...names) ?? unexpected();
  const { read: items, whole } = readRows(found.rows, read) ?? unexpected();
  return { items, complete: whole && !found.cut && !hasMore(body, found.rows.length) };
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
