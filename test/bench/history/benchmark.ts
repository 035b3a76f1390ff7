import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HistoryFilter } from '../../../main/domain/history';
import type { Job } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { createHistorySearch } from '../../../main/history/search';
import { openStorage, type Storage } from '../../../main/storage';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { silentLogger } from '../../builders/logger';
import { numberOf } from '../numbers';
import { accounts, historyOf, LAST_BEGIN_MS } from './jobs';

const HELP = `npm run bench -- history [--jobs=N] [--repeats=N]

Measures searches in a long history.
  --jobs=N      how many jobs it has (100000)
  --repeats=N   how often each search is measured (40)`;

/** How long any search in the history may take, in milliseconds. */
const LIMIT_MS = 50;
const DAY_MS = 24 * 60 * 60_000;
const PAGE = 50;

const ANY: HistoryFilter = {
  text: '',
  service: null,
  accountId: null,
  phase: null,
  fromMs: null,
  toMs: null,
};

const account = accounts[2]?.id ?? '';

/** Every kind of search, the slow ones included: nothing is found, or only in the oldest jobs. */
const QUESTIONS: Record<string, Partial<HistoryFilter>> = {
  'no condition': {},
  '1 letter, common': { text: 'a' },
  '1 letter, in none': { text: 'ж' },
  '1 sign, %': { text: '%' },
  '2 letters, common': { text: 'ão' },
  '2 letters, in none': { text: 'qq' },
  '2 signs, %_': { text: '%_' },
  '3 letters, common': { text: 'vid' },
  '3 letters, in none': { text: 'zzz' },
  'a word in many': { text: 'SAO PAULO' },
  'a word in none': { text: 'submarine' },
  'two words in none': { text: 'podcast submarine' },
  'common parts in none': { text: 'podcast podcast podcast podcast podcast' },
  'long, in none': { text: 'entrevista ação corte vídeo reunião semana '.repeat(4) },
  'signs in none': { text: '"part_2%" OR *' },
  'words on a failure': { text: 'saldo insuficiente' },
  'id of an old job': { text: 'exe_0000' },
  'one service': { service: 'clipping' },
  'one account': { accountId: account },
  'no such account': { accountId: 'nobody' },
  active: { phase: 'active' },
  failed: { phase: 'failed' },
  unknown: { phase: 'unknown' },
  'one day': { fromMs: LAST_BEGIN_MS - 300 * DAY_MS, toMs: LAST_BEGIN_MS - 299 * DAY_MS },
  'before all': { toMs: 1 },
  'account and failed': { accountId: account, phase: 'failed' },
  'service and active': { service: 'autoposting', phase: 'active' },
  'failed, 2 letters in none': { phase: 'failed', text: 'qq' },
  'unknown, a word in many': { phase: 'unknown', text: 'vídeo' },
  'active, a word in many': { phase: 'active', text: 'sao paulo' },
  'account, days, word': {
    accountId: account,
    fromMs: LAST_BEGIN_MS - 400 * DAY_MS,
    toMs: LAST_BEGIN_MS - 200 * DAY_MS,
    text: 'café',
  },
  'all together, in none': {
    service: 'autoposting',
    accountId: account,
    phase: 'failed',
    fromMs: 0,
    toMs: LAST_BEGIN_MS,
    text: 'qq',
  },
};

interface Figures {
  name: string;
  count: number;
  matches: string;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

function figuresOf(name: string, matches: string, timesMs: number[]): Figures {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    name,
    count: sorted.length,
    matches,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
  };
}

function print({ name, count, matches, p50Ms, p95Ms, maxMs }: Figures): void {
  const ms = (value: number) => value.toFixed(1).padStart(8);
  const limit = (maxMs / LIMIT_MS).toFixed(2).padStart(7);
  console.log(
    `${name.padEnd(28)}${matches.padStart(7)}${String(count).padStart(6)}${ms(p50Ms)}${ms(p95Ms)}${ms(maxMs)}${limit}×`,
  );
}

function timed<T>(timesMs: number[], work: () => T): T {
  const beganMs = performance.now();
  const result = work();
  timesMs.push(performance.now() - beganMs);
  return result;
}

function fill(storage: Storage, count: number): void {
  for (const one of accounts) storage.accounts.save(one);
  const beganMs = performance.now();
  for (const changes of historyOf(count, 500)) storage.jobs.commit(changes);
  const tookMs = performance.now() - beganMs;
  console.log(`${count} jobs written in ${(tookMs / 1000).toFixed(1)} s, 500 at once`);
}

function ask(storage: Storage, repeats: number): Figures[] {
  const search = createHistorySearch({
    store: storage.history,
    accounts: storage.accounts.all,
  });
  const all: Figures[] = [];
  for (const [name, conditions] of Object.entries(QUESTIONS)) {
    const filter = { ...ANY, ...conditions };
    const timesMs: number[] = [];
    let matches = '';
    for (let turn = 0; turn < repeats; turn += 1) {
      const page = timed(timesMs, () => search.page(filter, null, PAGE));
      matches = `${page.matches.count}${page.matches.isMore ? '+' : ''}`;
    }
    all.push(figuresOf(name, matches, timesMs));
  }
  for (const [name, filter] of [
    ['page by page to the end', ANY],
    ['pages of 1 letter', { ...ANY, text: 'a' }],
    ['pages of a rare sign', { ...ANY, text: 'Q&' }],
    ['pages of a word', { ...ANY, text: 'keynote' }],
    ['pages of failed', { ...ANY, phase: 'failed' as const }],
  ] as const) {
    const timesMs: number[] = [];
    let after: string | null = null;
    let seen = 0;
    do {
      const page = timed(timesMs, () => search.page(filter, after, 200));
      seen += page.jobs.length;
      after = page.next;
    } while (after !== null);
    all.push(figuresOf(name, String(seen), timesMs));
  }
  return all;
}

/** What polling and the windows keep doing with such a history. */
function use(storage: Storage, repeats: number): Figures[] {
  const job = storage.jobs.recent(1)[0] as Job;
  const commit = (change: (turn: number) => Partial<Job> | null) => {
    const timesMs: number[] = [];
    for (let turn = 0; turn < repeats; turn += 1) {
      const changes = change(turn);
      const jobs = changes ? [{ ...job, ...changes }] : [];
      timed(timesMs, () => storage.jobs.commit({ jobs, events: [], notifications: [] }));
    }
    return timesMs;
  };
  const recentMs: number[] = [];
  let listed = 0;
  for (let turn = 0; turn < repeats; turn += 1) {
    listed = timed(recentMs, () => storage.jobs.recent(300)).length;
  }
  const eventsMs: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    timed(eventsMs, () => storage.history.events(job.id));
  }
  const deletionMs: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    timed(deletionMs, () => storage.history.deleteEndedBefore(LAST_BEGIN_MS - 30 * DAY_MS, 50));
  }
  return [
    figuresOf('jobs of the window', String(listed), recentMs),
    figuresOf('events of a job', '', eventsMs),
    figuresOf(
      'a poll without changes',
      '',
      commit(() => null),
    ),
    figuresOf(
      'a phase changes',
      '',
      commit((turn) => ({ phase: turn % 2 ? 'done' : 'failed' })),
    ),
    figuresOf(
      'a title changes',
      '',
      commit((turn) => ({ title: `Title ${turn}` })),
    ),
    figuresOf('50 jobs are deleted', '', deletionMs),
  ];
}

/** Measures searches in a long history. Options: `--jobs=100000`, `--repeats=40`. */
export async function historyBenchmark(options: string[]): Promise<void> {
  if (options.includes('--help')) {
    console.log(HELP);
    return;
  }
  const { values } = parseArgs({
    args: options,
    options: {
      jobs: { type: 'string', default: '100000' },
      repeats: { type: 'string', default: '40' },
    },
  });
  const count = numberOf('jobs', values.jobs);
  const repeats = numberOf('repeats', values.repeats);
  const folder = makeTemporaryFolder();
  try {
    const file = join(folder, 'history.db');
    let storage = openStorage(file, silentFeed, silentLogger);
    fill(storage, count);
    storage.close();
    // As after a start: nothing of it is in memory.
    storage = openStorage(file, silentFeed, silentLogger);
    console.log(`${(statSync(file).size / 2 ** 20).toFixed(0)} MiB on disk\n`);
    console.log(`${'question'.padEnd(28)}matches times  p50 ms  p95 ms  max ms  of 50 ms`);
    const asked = ask(storage, repeats);
    for (const figures of asked) print(figures);
    console.log('');
    for (const figures of use(storage, repeats)) print(figures);
    storage.close();
    const worst = (of: (figures: Figures) => number) =>
      Number(Math.max(...asked.map(of)).toFixed(1));
    const maxMs = worst((figures) => figures.maxMs);
    const result = {
      jobs: count,
      questions: asked.length,
      p95Ms: worst((one) => one.p95Ms),
      maxMs,
    };
    console.log(JSON.stringify({ ...result, ofLimit: Number((maxMs / LIMIT_MS).toFixed(2)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
