import { ServiceError } from '../../domain/service-error';
import { remoteTextOf } from '../../http/error-text';
import { amountOf, field, idOf, own, readRows, rowsOf } from '../tolerant-parsers';
import { failureFields } from './assumptions';

// The documentation and the vendor's SDK disagree on most shapes, so both are accepted.

/** Ends a parse: the answer lacks what is needed. */
export function unexpected(): never {
  throw new ServiceError('unexpected-shape');
}

/**
 * An answer's content: the value of `data`, or the body if there is no envelope. Throws ServiceError
 * `rejected` for `success: false`, which may come with status 200.
 */
export function dataOf(body: unknown): unknown {
  if (own(body, 'success') === false) {
    throw new ServiceError('rejected', { remoteText: remoteTextOf(body) });
  }
  const data = own(body, 'data');
  return data === undefined ? body : data;
}

/** The two spellings of an object's id. */
export const ids = { id: field(idOf), _id: field(idOf) };

/** Why something failed, in the service's own words. */
export function failureTextOf(value: Record<string, unknown>): string | null {
  for (const name of failureFields) {
    const text = remoteTextOf(own(value, name));
    if (text !== null) return text;
  }
  return null;
}

/** A list, and whether the answer proves that it is complete. */
export interface List<T> {
  items: T[];
  complete: boolean;
}

/**
 * Reads a list, bare under `data` or under one of the names. `completeWithoutTotal`: whether this list
 * counts as complete if the answer gives no total.
 */
export function listOf<T>(
  body: unknown,
  names: string[],
  read: (row: unknown) => T | null,
  completeWithoutTotal: boolean,
): List<T> {
  const data = dataOf(body);
  const found = rowsOf(data, ...names) ?? unexpected();
  const { read: items, whole } = readRows(found.rows, read) ?? unexpected();
  // SDK: `pagination.total` beside the list; docs: `total`, beside the list or the envelope.
  const total =
    amountOf(own(own(data, 'pagination'), 'total')) ??
    amountOf(own(data, 'total')) ??
    amountOf(own(own(body, 'pagination'), 'total')) ??
    amountOf(own(body, 'total'));
  const all = total === null ? completeWithoutTotal : total <= found.rows.length;
  return { items, complete: whole && !found.cut && all };
}
