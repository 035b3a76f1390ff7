import { z } from 'zod';

import { displayText, type LongText, longText } from '../domain/display-text';
import { isLoopback } from '../http/tls-policy';

/**
 * Parsers for values from services that do not follow their documentation. Each accepts anything and
 * returns a bounded value of one type, or null: a field of the wrong type must not spoil the whole
 * answer.
 */

/** At most this many rows of a list are read. */
const MAX_ROWS = 10_000;

const MAX_ID_LENGTH = 200;
const MAX_STATUS_LENGTH = 60;
const MAX_LINK_LENGTH = 8_192;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** A schema's field: optional, and parsed by one of the functions below. */
export function field<T>(read: (value: unknown) => T) {
  return z.unknown().optional().transform(read);
}

/** A title or name: one line of at most 300 characters. */
export function nameOf(value: unknown): string | null {
  return displayText(typeof value === 'number' ? String(value) : value);
}

/** A status word as the service wrote it. */
export function statusOf(value: unknown): string | null {
  return displayText(value, MAX_STATUS_LENGTH);
}

/** An id: opaque, and never shortened, since that would make it another id. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_LENGTH) return null;
  return /[\p{Cc}\p{Cs}]/u.test(value) ? null : value;
}

/** The ids in a list; anything else in it is left out. */
export function idsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MAX_ROWS)
    .map(idOf)
    .filter((id) => id !== null);
}

/** A finite number, which may be written as text. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d{1,20}(\.\d{1,20})?\s*$/.test(value)) return null;
  return Number(value);
}

/** A number that is not negative. */
export function amountOf(value: unknown): number | null {
  const amount = numberOf(value);
  return amount !== null && amount >= 0 ? amount : null;
}

/** Seconds as milliseconds. */
export function secondsAsMs(value: unknown): number | null {
  const seconds = amountOf(value);
  return seconds === null ? null : Math.round(seconds * 1000);
}

/** Milliseconds since 1970, from an ISO date, Unix seconds or Unix milliseconds. */
export function timeMsOf(value: unknown): number | null {
  const unix = numberOf(value);
  const atMs =
    unix !== null
      ? unix < 1e11
        ? unix * 1000
        : unix
      : typeof value === 'string'
        ? iso(value)
        : null;
  if (atMs === null || !(atMs >= EARLIEST_MS && atMs <= LATEST_MS)) return null;
  return Math.round(atMs);
}

function iso(text: string): number | null {
  const parts =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      text.trim(),
    );
  if (!parts) return null;
  // JavaScript takes a time without a zone as local time; services mean UTC.
  const atMs = Date.parse(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3]?.toUpperCase() ?? 'Z'}`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** A web address that may be opened: https, or http on this machine. */
export function linkOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LINK_LENGTH || !URL.canParse(value)) {
    return null;
  }
  const url = new URL(value);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return safe && url.username === '' && url.password === '' ? url.href : null;
}

/** The value of an object's own field; undefined for anything else, arrays included. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** Whether it is an object, and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object found under one of the names, or the value itself: `{clip:{…}}` and bare alike. */
export function unwrapped(value: unknown, ...names: string[]): unknown {
  for (const name of names) {
    const inner = own(value, name);
    if (isObject(inner)) return inner;
  }
  return value;
}

/** The first of the named fields that can be read. */
export function firstOf<T>(
  value: unknown,
  names: readonly string[],
  read: (value: unknown) => T | null,
): T | null {
  for (const name of names) {
    const found = read(own(value, name));
    if (found !== null) return found;
  }
  return null;
}

/** True or false; text and numbers are neither. */
export function flagOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** Text of many lines; anything else as indented JSON; null if there is nothing. */
export function longTextOf(value: unknown, maxLength: number): LongText | null {
  if (value === undefined || value === null || value === '') return null;
  return longText(typeof value === 'string' ? value : JSON.stringify(value, null, 2), maxLength);
}

/** The rows of a list. */
export interface Rows {
  rows: unknown[];
  /** There were more rows than are read. */
  cut: boolean;
}

/** The list itself, or the one found under one of the names; null when there is none. */
export function rowsOf(value: unknown, ...names: string[]): Rows | null {
  const lists = [value, ...names.map((name) => own(value, name))];
  const list = lists.find((candidate) => Array.isArray(candidate));
  if (!Array.isArray(list)) return null;
  return { rows: list.slice(0, MAX_ROWS), cut: list.length > MAX_ROWS };
}

/**
 * Reads each row by itself, so that one bad row does not spoil the others. `whole` is false if some row
 * could not be read. Null if there are rows, but none could be read.
 */
export function readRows<T>(
  rows: unknown[],
  read: (row: unknown) => T | null,
): { read: T[]; whole: boolean } | null {
  const result = rows.map(read).filter((row) => row !== null);
  if (rows.length > 0 && result.length === 0) return null;
  return { read: result, whole: result.length === rows.length };
}
