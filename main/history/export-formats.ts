import type { HistoryJob } from '../domain/history';

/** A job of the history as it is written to a file, with its account's name instead of the id. */
interface ExportedJob extends Omit<HistoryJob, 'accountId' | 'id' | 'hasResult'> {
  accountName: string;
}

/** A file format, written as one piece of text for each batch of jobs. */
interface HistoryFormat {
  begin: string;
  /** `isFirst` is true for the first batch that is not empty. */
  batch(jobs: ExportedJob[], isFirst: boolean): string;
  end: string;
}

/** A time in ISO 8601, local, with its offset from UTC: `2026-03-01T09:30:00.000-03:00`. */
export function localIso(atMs: number): string {
  const offsetMinutes = -new Date(atMs).getTimezoneOffset();
  const local = new Date(atMs + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${local}${sign}${two(offsetMinutes / 60)}:${two(offsetMinutes % 60)}`;
}

/**
 * The text with all links cut at the question mark: anyone who reads the file could use a signed link to
 * fetch the result, and a title may be such a link.
 */
export function withoutQueries(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1');
}

function fieldsOf(job: ExportedJob): Record<string, string | number | null> {
  const { startedAtMs, endedAtMs } = job;
  const clean = (text: string | null) => (text === null ? null : withoutQueries(text));
  return {
    service: job.service,
    account: job.accountName,
    kind: job.kind,
    id: job.remoteId,
    title: clean(job.title),
    phase: job.gone ? 'gone' : job.phase,
    status: clean(job.remoteStatus),
    began: localIso(startedAtMs),
    ended: endedAtMs === null ? null : localIso(endedAtMs),
    durationSeconds: endedAtMs === null ? null : Math.max(0, endedAtMs - startedAtMs) / 1000,
    failure: clean(job.failure),
  };
}

const COLUMNS = [
  'service',
  'account',
  'kind',
  'id',
  'title',
  'phase',
  'status',
  'began',
  'ended',
  'durationSeconds',
  'failure',
];

/**
 * A cell as in RFC 4180. Spreadsheets take text that begins with one of these signs for a formula, even
 * in full-width form or after a space; an apostrophe makes it plain text again.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[\s'"]*[=+\-@|＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv: HistoryFormat = {
  begin: `${COLUMNS.join(',')}\r\n`,
  batch: (jobs) =>
    jobs
      .map((job) => {
        const fields = fieldsOf(job);
        return `${COLUMNS.map((name) => cell(fields[name])).join(',')}\r\n`;
      })
      .join(''),
  end: '',
};

const json: HistoryFormat = {
  begin: '[',
  batch: (jobs, isFirst) =>
    jobs
      .map((job, index) => {
        const comma = isFirst && index === 0 ? '' : ',';
        return `${comma}\n  ${JSON.stringify(fieldsOf(job))}`;
      })
      .join(''),
  end: '\n]\n',
};

/** CSV with one job a row, or JSON with an array of objects; both UTF-8 without a byte order mark. */
export const historyFormats: Record<'csv' | 'json', HistoryFormat> = { csv, json };
