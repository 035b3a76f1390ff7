import type { ExecutionDocument, ScheduleRun } from '../../domain/execution';
import type { Segment, Transcript } from '../../domain/transcript';
import {
  firstOf,
  idOf,
  linkOf,
  longTextOf,
  nameOf,
  own,
  rowsOf,
  secondsAsMs,
  statusOf,
  timeMsOf,
  unwrapped,
} from '../tolerant-parsers';
import {
  contentFields,
  createdFields,
  documentIdFields,
  idFieldsOf,
  kindFields,
  langFields,
  linkFields,
  nameFields,
  scheduleRunEventFields,
  scheduleRunIdFields,
  segmentEndFields,
  segmentStartFields,
  startedFields,
  subjectFields,
} from './assumptions';
import { parseList, unexpected } from './schema';

/** About ten times the longest recording that anyone transcribes. */
const MAX_TRANSCRIPT = 4 * 1024 * 1024;
const MAX_SEGMENT = 10_000;
const MAX_DOCUMENT = 256 * 1024;

function segmentFrom(row: unknown): Segment | null {
  const startMs = firstOf(row, segmentStartFields, secondsAsMs);
  const text = longTextOf(own(row, 'text'), MAX_SEGMENT)?.text ?? '';
  if (startMs === null) return null;
  return { startMs, endMs: firstOf(row, segmentEndFields, secondsAsMs), text };
}

/** GET /v1/items/{id}/transcript: `{transcript: {item_id, lang, text, segments}}` (transcribe page). */
export function parseTranscript(body: unknown): Transcript {
  const value = unwrapped(unwrapped(body, 'data'), 'transcript');
  const list = rowsOf(own(value, 'segments'));
  const segments = (list?.rows ?? []).map(segmentFrom).filter((segment) => segment !== null);
  const text = longTextOf(own(value, 'text') ?? own(value, 'transcript'), MAX_TRANSCRIPT);
  if (text === null && list === null) unexpected();
  return {
    itemId: firstOf(value, subjectFields.itemId, idOf),
    lang: firstOf(value, langFields, statusOf),
    text: text?.text ?? segments.map((segment) => segment.text).join(' '),
    segments,
    cut: text?.cut === true || list?.cut === true,
  };
}

/** GET /v1/documents: of its rows, only the fields to filter by are documented. */
export function parseDocuments(body: unknown) {
  return parseList(body, 'documents', (row): ExecutionDocument | null => {
    const value = unwrapped(row, 'document');
    const document = {
      id: firstOf(value, documentIdFields, idOf),
      title: firstOf(value, nameFields, nameOf),
      kind: firstOf(value, kindFields, statusOf),
      itemId: firstOf(value, subjectFields.itemId, idOf),
      reporterId: firstOf(value, subjectFields.reporterId, idOf),
      executionId: firstOf(value, ['execution_id', 'executionId'], idOf),
      createdAtMs: firstOf(value, createdFields, timeMsOf),
      content: firstOf(value, contentFields, (text) => longTextOf(text, MAX_DOCUMENT)),
      link: firstOf(value, linkFields, linkOf),
    };
    return document.id === null && document.content === null ? null : document;
  });
}

function scheduleRunFrom(row: unknown): ScheduleRun | null {
  const value = unwrapped(row, 'run', 'schedule_run');
  const id = firstOf(value, scheduleRunIdFields, idOf);
  if (id === null) return null;
  const executionIds = new Set<string>();
  for (const name of ['execution_ids', 'executionIds']) {
    for (const one of rowsOf(own(value, name))?.rows ?? []) {
      const executionId = idOf(one);
      if (executionId !== null) executionIds.add(executionId);
    }
  }
  for (const object of [value, row]) {
    for (const name of scheduleRunEventFields) {
      for (const event of rowsOf(own(object, name))?.rows ?? []) {
        const executionId =
          firstOf(event, ['execution_id', 'executionId'], idOf) ??
          firstOf(own(event, 'execution'), idFieldsOf('execution'), idOf);
        if (executionId !== null) executionIds.add(executionId);
      }
    }
  }
  return {
    id,
    scheduleId: firstOf(value, subjectFields.scheduleId, idOf),
    remoteStatus: firstOf(value, ['status', 'state'], statusOf),
    startedAtMs: firstOf(value, [...startedFields, ...createdFields], timeMsOf),
    executionIds: [...executionIds],
  };
}

/** GET /v1/reporters/{id}/schedule/runs; no field of its rows is documented. */
export function parseScheduleRuns(body: unknown): ScheduleRun[] {
  return parseList(body, 'runs', scheduleRunFrom).items;
}

/** GET /v1/reporters/{id}/schedule/runs/{run}: one schedule run with its events. */
export function parseScheduleRun(body: unknown): ScheduleRun {
  return scheduleRunFrom(body) ?? scheduleRunFrom(own(body, 'data')) ?? unexpected();
}

/** The 202 for running a schedule: `{status, schedule_id}`. It is not an execution's status. */
export function parseDispatched(body: unknown): string | null {
  return firstOf(unwrapped(body, 'data', 'run'), ['status', 'state'], statusOf);
}
