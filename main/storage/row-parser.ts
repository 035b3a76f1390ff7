import { z } from 'zod';
import type { Logger } from '../domain/logger';
import type { Row } from './sql';

/** Turns the rows of one table into the types that the rest of the app works with. */
export interface RowParser<T> {
  /** Null for no row, and for a row that does not parse, which is skipped and left as it is. */
  parse(row: Row | undefined): T | null;
  /** In the order of the rows, without those that do not parse. */
  all(rows: Row[]): T[];
}

/** What every repository parses its rows with. */
export interface RowParsers {
  /** `key` names the columns that identify a row of the table; every row must have them. */
  create<T>(table: string, key: string[], schema: z.ZodType<T>): RowParser<T>;
  /** Whether a row that was read does not parse. `id` is the value of its key. */
  isSkipped(table: string, id: string): boolean;
}

/**
 * Rows are parsed like any other input: another version may have written a word that this one does not
 * know, and a damaged row must not affect the others. Each skipped row is logged once, with the path to
 * the problem but never the value, which may be private.
 */
export function createRowParsers(logger: Pick<Logger, 'warn'>): RowParsers {
  const skipped = new Map<string, Set<string>>();

  function skip(table: string, id: string, { issues }: z.core.$ZodError): void {
    const ids = skipped.get(table) ?? new Set();
    skipped.set(table, ids);
    if (ids.has(id)) return;
    ids.add(id);
    logger.warn('row skipped', { table, id, path: issues[0]?.path.join('.') });
  }

  return {
    create<T>(table: string, key: string[], schema: z.ZodType<T>) {
      function parse(row: Row | undefined): T | null {
        if (row === undefined) return null;
        const result = schema.safeParse(row);
        if (result.success) return result.data;
        skip(table, key.map((column) => row[column]).join('/'), result.error);
        return null;
      }
      return {
        parse,
        all: (rows) => rows.map(parse).filter((parsed) => parsed !== null),
      };
    },
    isSkipped: (table, id) => skipped.get(table)?.has(id) ?? false,
  };
}

/** A column that holds 0 or 1. */
export const flagColumn = z.literal([0, 1]).transform((value) => value === 1);

/** A column of our own JSON. */
export function jsonColumn<T>(schema: z.ZodType<T>): z.ZodType<T, string> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('broken JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
}
