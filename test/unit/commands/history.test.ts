import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistoryCommands } from '../../../main/commands/history';
import { writeTextFile } from '../../../main/desktop/dialogs/text-file';
import type { Job } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { createHistoryExport } from '../../../main/history/export';
import { localIso, withoutQueries } from '../../../main/history/export-formats';
import { createHistorySearch, type HistorySearchDeps } from '../../../main/history/search';
import { openStorage, type Storage } from '../../../main/storage';
import type { HistoryFilter } from '../../../preload/contract';
import { sampleAccount } from '../../builders/account';
import { sampleJob } from '../../builders/job';
import { silentLogger } from '../../builders/logger';

const BEGIN_MS = 1_800_000_000_000;
const ANY: HistoryFilter = {
  ...{ text: '', service: null, accountId: null, phase: null },
  ...{ fromMs: null, toMs: null },
};

let folder: string;
let storage: Storage;
let proposed: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliptray-history-'));
  storage = openStorage(join(folder, 'test.db'), silentFeed, silentLogger);
  storage.accounts.save(sampleAccount({ id: 'a1', name: '=Work, "main"' }));
  storage.accounts.save(sampleAccount({ id: 'a2', service: 'autoposting' }));
});
afterEach(async () => {
  storage.close();
  await rm(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'out');

function commands(store: HistorySearchDeps['store'] = storage.history) {
  const accounts = storage.accounts.all;
  const search = createHistorySearch({ store, accounts });
  return createHistoryCommands({
    search,
    exporter: createHistoryExport({ search, accounts, nowMs: () => BEGIN_MS }),
    events: storage.history.events,
    async saveText(name, text) {
      proposed = name;
      await writeTextFile(file(), text);
      return true;
    },
  });
}

function jobOf(accountId: string, remoteId: string, changes: Partial<Job> = {}): Job {
  return sampleJob({
    id: `${accountId}/execution/${remoteId}`,
    accountId,
    remoteId,
    createdAtMs: BEGIN_MS,
    firstSeenAtMs: BEGIN_MS + 1,
    phaseSinceMs: BEGIN_MS + 1,
    ...changes,
  });
}

function save(...job: Parameters<typeof jobOf>): void {
  storage.jobs.commit({ jobs: [jobOf(...job)], events: [], notifications: [] });
}

async function exported(format: 'csv' | 'json', filter: Partial<HistoryFilter> = {}) {
  await commands()['history.export']({ filter: { ...ANY, ...filter }, format });
  return readFile(file());
}

/** The rows of an RFC 4180 text. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const sign = csv[at];
    if (quoted && sign === '"' && csv[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ',' || csv.startsWith('\r\n', at))) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign !== ',') {
        rows.push([]);
        at += 1;
      }
    } else cell += sign;
  }
  expect([cell, quoted, rows.pop()]).toEqual(['', false, []]);
  return rows;
}

const column = (rows: string[][], name: string) =>
  rows.slice(1).map((row) => row[rows[0]?.indexOf(name) ?? -1]);

describe('a search', () => {
  it('by service finds the jobs of all its accounts, and of no other', () => {
    save('a1', 'one');
    save('a2', 'two');
    const search = (filter: Partial<HistoryFilter>) =>
      commands()['history.search']({ filter: { ...ANY, ...filter }, after: null, limit: 10 });
    expect(search({}).jobs).toHaveLength(2);
    expect(search({ service: 'autoposting' }).jobs).toMatchObject([
      { remoteId: 'two', service: 'autoposting', startedAtMs: BEGIN_MS, hasResult: false },
    ]);
    expect(search({ service: 'autoposting', accountId: 'a1' }).jobs).toEqual([]);
    expect(search({ accountId: 'nobody' }).jobs).toEqual([]);
    expect(search({ service: 'nothing' }).matches).toEqual({ count: 0, isMore: false });
  });
});

describe('an exported table', () => {
  it('has one row for each job, readable by any program, in UTF-8 without a byte order mark', async () => {
    save('a1', 'one', {
      ...{ title: 'Ação, "ao vivo"\nlinha 2', phase: 'failed', failure: 'sem saldo' },
      endedAtMs: BEGIN_MS + 90_500,
    });
    const bytes = await exported('csv');
    expect(bytes[0]).toBe('service'.charCodeAt(0));
    const rows = parsed(bytes.toString('utf8'));
    expect(rows).toHaveLength(2);
    expect(column(rows, 'title')).toEqual(['Ação, "ao vivo"\nlinha 2']);
    expect(column(rows, 'durationSeconds')).toEqual(['90.5']);
    expect(column(rows, 'ended').map((text) => Date.parse(text ?? ''))).toEqual([
      BEGIN_MS + 90_500,
    ]);
    expect(column(rows, 'failure')).toEqual(['sem saldo']);
    expect(proposed).toMatch(/^Cliptray history \d{4}-\d\d-\d\d\.csv$/);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@x',
    '\t=1',
    '\r=1',
    ' =1',
    '"=1',
    '＝1',
    '=HYPERLINK("http://x")',
  ])('does not turn %j into a formula in a spreadsheet', async (title) => {
    save('a1', 'one', { title, remoteStatus: title, failure: title });
    const rows = parsed((await exported('csv')).toString('utf8'));
    for (const name of ['account', 'title', 'status', 'failure']) {
      expect(column(rows, name)[0]).toMatch(/^'/);
    }
  });
});

it('exported objects have the same facts, also with many jobs, and form one array', async () => {
  expect(JSON.parse((await exported('json')).toString('utf8'))).toEqual([]);
  const jobs = Array.from({ length: 600 }, (_, index) => jobOf('a1', `x${index}`, { title: '=1' }));
  storage.jobs.commit({ jobs, events: [], notifications: [] });
  const all = JSON.parse((await exported('json')).toString('utf8'));
  expect(all).toHaveLength(600);
  expect(all[0]).toMatchObject({
    ...{ service: 'clipping', account: '=Work, "main"', kind: 'execution', title: '=1' },
    ...{ phase: 'running', ended: null, durationSeconds: null },
  });
  expect(JSON.parse((await exported('json', { text: 'x599' })).toString('utf8'))).toHaveLength(1);
  expect((await readdir(folder)).sort().filter((name) => name.startsWith('.'))).toEqual([]);
});

it('no file contains a signed link, wherever it came from', async () => {
  const link = 'https://cdn.example/v.mp4?X-Amz-Signature=secret&x=1#frag';
  save('a1', 'one', { title: `see ${link}`, failure: `403 at ${link}`, resultUrl: link });
  for (const format of ['csv', 'json'] as const) {
    const text = (await exported(format)).toString('utf8');
    expect(text).toContain('https://cdn.example/v.mp4');
    expect(text).not.toMatch(/secret|Signature|frag/);
  }
  expect(withoutQueries('Why? Because #1')).toBe('Why? Because #1');
});

it('times carry their offset from UTC', () => {
  expect(localIso(BEGIN_MS)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
  expect(Date.parse(localIso(BEGIN_MS))).toBe(BEGIN_MS);
});

it('an export that fails half-way leaves no partial file', async () => {
  const { 'history.export': run } = commands({
    ...storage.history,
    *each(): Generator<never[]> {
      yield [];
      throw new Error('disk');
    },
  });
  await expect(run({ filter: ANY, format: 'json' })).rejects.toThrow('disk');
  expect((await readdir(folder)).filter((name) => !name.startsWith('test.db'))).toEqual([]);
});
