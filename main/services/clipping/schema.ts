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
  statusCodeFields,
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
  /** It has the number 402, by which an execution that failed says that the balance was used up. */
  carries402: boolean;
}

/** Ends a parse: the answer lacks what is needed. */
export function unexpected(): never {
  throw new ServiceError('unexpected-shape');
}

function titleOf(...objects: unknown[]): string | null {
  for (const object of objects) {
    const title =
      firstOf(object, titleFields, nameOf) ??
      firstOf(object, titledObjects, (inner) => firstOf(inner, titleFields, nameOf)) ??
      firstOf(object, titleFallbacks, nameOf);
    if (title !== null) return title;
  }
  return null;
}

function carries402(value: unknown): boolean {
  const direct = firstOf(value, statusCodeFields, numberOf) === 402;
  const nested = failureFields.some((name) => {
    const inner = own(value, name);
    return isObject(inner) && firstOf(inner, statusCodeFields, numberOf) === 402;
  });
  return direct || nested;
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
    carries402: carries402(value) || carries402(row),
  };
}

/** GET /v1/executions/{id}: `{execution: {…}, …}` as the answer to a start has it, or flat. */
export function parseExecution(body: unknown): ExecutionAnswer {
  return executionFrom(body) ?? executionFrom(own(body, 'data')) ?? unexpected();
}

/** GET /v1/executions/me. `complete` is false if the answer shows that the list goes on. */
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
  const objects = [body, own(body, 'pagination'), own(body, 'meta'), own(body, 'data')];
  return objects.some(
    (object) =>
      moreFields.some((name) => Boolean(own(object, name))) ||
      (firstOf(object, totalFields, amountOf) ?? 0) > rowCount,
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
  const objects = [unwrapped(inner, ...profileObjects), inner, body];
  const find = <T>(read: (object: unknown) => T | null) =>
    objects.map(read).find((value) => value !== null) ?? null;
  return {
    label: find((object) => firstOf(object, ['name', 'email'], nameOf)),
    balanceCoins: find(
      (object) =>
        firstOf(object, balanceFields, numberOf) ??
        firstOf(object, walletObjects, (wallet) => firstOf(wallet, balanceFields, numberOf)),
    ),
  };
}
