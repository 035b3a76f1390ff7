import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExecutionCommands } from '../../../main/commands/executions';
import type { Clock } from '../../../main/domain/clock';
import type {
  ExecutionDetail,
  Executions,
  ItemChoice,
  StartBaseline,
  StartRequest,
  StartSearch,
} from '../../../main/domain/execution';
import type { JobObservation } from '../../../main/domain/job';
import { ServiceError } from '../../../main/domain/service-error';
import { StorageError } from '../../../main/domain/storage-error';
import { createChangeFeed, silentFeed } from '../../../main/events';
import { createExecutions } from '../../../main/executions';
import { SEARCH_DELAYS_MS } from '../../../main/executions/confirm-start';
import { resumeSearches } from '../../../main/executions/resume-searches';
import { reconcile } from '../../../main/polling/reconcile';
import { openStorage, type Storage } from '../../../main/storage';
import type { StartForm } from '../../../preload/contract';
import { sampleAccount } from '../../builders/account';
import { sampleConnection } from '../../builders/connection';
import { silentLogger } from '../../builders/logger';

const NOW_MS = 1_800_000_000_000;
const LINK = 'https://youtu.be/tides000001?si=shared';
const CANONICAL = 'https://www.youtube.com/watch?v=tides000001';
const item: ItemChoice = { id: 'itm_1', name: 'Tides', kind: 'youtube_video', source: CANONICAL };

const transcript = (what: Partial<Extract<StartForm, { kind: 'transcript' }>> = {}): StartForm => ({
  ...{ kind: 'transcript', item: { id: 'itm_1' }, lang: 'pt', embed: false, text: null },
  ...what,
});
const schedule: StartForm = { kind: 'schedule', reporterId: 'rep_1', scheduleId: 'sch_1' };

function execution(remoteId: string, changes: Partial<JobObservation> = {}): JobObservation {
  return {
    kind: 'execution',
    remoteId,
    clipId: null,
    title: null,
    phase: 'waiting',
    remoteStatus: 'pending',
    createdAtMs: null,
    endedAtMs: null,
    resultUrl: null,
    failure: null,
    estimatedDurationMs: null,
    candidateId: null,
    clip: null,
    revisionMark: null,
    ...changes,
  };
}

const aboutNothing = {
  ...{ kind: null, itemId: null, reporterId: null, workflowId: null },
  ...{ collectionId: null, scheduleId: null, lang: null },
};

function detailOf(id: string, changes: Partial<ExecutionDetail> = {}): ExecutionDetail {
  return {
    id,
    title: null,
    phase: 'done',
    remoteStatus: 'done',
    createdAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    failure: null,
    endedForLackOfBalance: false,
    costCoins: null,
    workflow: null,
    steps: [],
    about: aboutNothing,
    raw: { text: '{}', cut: false },
    ...changes,
  };
}

let storage: Storage;
let calls: string[];
let waitedMs: number[];
let polled: number;
let confirmOverCoins: number;
let balanceCoins: number | null;
let onStart: () => Promise<{ jobs: JobObservation[]; remoteStatus: string | null }>;
let searches: (StartSearch | ServiceError)[];
let sinces: StartBaseline[];
let items: ItemChoice[];
let onMakeItem: () => Promise<ItemChoice>;
let saved: { name: string; text: string }[];
let adoptFails: boolean;
let removalFails: boolean;
let readFails: boolean;
let timers: NodeJS.Immediate[] = [];
let listed: JobObservation[] | ServiceError;
let online: boolean;
let nowMs: number;

const called = (name: string, ...rest: unknown[]) => calls.push([name, ...rest].join(' '));

function executions(): Executions {
  const none = async () => ({ readable: true as const, choices: [], complete: true });
  return {
    items: async () => ({ readable: true, choices: items, complete: true }),
    reporters: none,
    workflows: none,
    schedules: none,
    collections: none,
    async makeItem(source) {
      called('makeItem', source);
      return onMakeItem();
    },
    async findItem(source) {
      called('findItem', source);
      return items.find((one) => one.source === source) ?? null;
    },
    feeCoins: ({ kind }) => (kind === 'transcript' ? 0.01 : null),
    transcriptFeeCoins: 0.005,
    async start(request: StartRequest) {
      called('start', JSON.stringify(request));
      return onStart();
    },
    async findStarted(_request, since) {
      called('search');
      sinces.push(since);
      const next = searches.shift() ?? { verdict: 'not-seen', jobs: [] };
      if (next instanceof Error) throw next;
      return next;
    },
    async ofReporter() {
      called('ofReporter');
      return [execution('exc_old')];
    },
    scheduleRuns: async () => [],
    scheduleRun: async () => ({
      ...{ id: 'run', scheduleId: null, remoteStatus: null, startedAtMs: null },
      executionIds: [],
    }),
    async detail(id) {
      called('detail', id);
      return detailOf(id);
    },
    async transcript(itemId, lang) {
      called('transcript', itemId, lang);
      return {
        itemId,
        lang,
        text: 'The harbour wakes.',
        segments: [{ startMs: 0, endMs: 4200, text: 'The harbour wakes.' }],
        cut: false,
      };
    },
    async documents(filter) {
      called('documents', JSON.stringify(filter));
      return { documents: [], complete: true };
    },
  };
}

// Waits end at once, so that tests need not wait; their lengths are recorded.
const clock: Clock = {
  nowMs: () => nowMs,
  monotonicMs: () => NOW_MS,
  after(delayMs, task) {
    waitedMs.push(delayMs);
    const timer = setImmediate(task);
    timers.push(timer);
    return () => clearImmediate(timer);
  },
};

function executionService() {
  const connection = sampleConnection({
    executions: executions(),
    async listEnded() {
      called('listEnded');
      if (listed instanceof ServiceError) throw listed;
      return { observations: listed, covers: null };
    },
  });
  const account = { id: 'a1', service: 'clipping', polledSinceMs: 0, deletedBeforeMs: 0 };
  return createExecutions({
    jobs: {
      get(jobId) {
        if (readFails) throw new StorageError('failing', 'disk I/O error');
        return storage.jobs.get(jobId);
      },
    },
    starts: {
      ...storage.executionStarts,
      removeSearch(searchId) {
        if (removalFails) throw new StorageError('full', 'database or disk is full');
        storage.executionStarts.removeSearch(searchId);
      },
    },
    connection: (accountId) => (online && accountId === 'a1' ? connection : null),
    polling: {
      adopt(_accountId, found) {
        if (adoptFails) throw new Error('disk full');
        const snapshot = { observations: found, covers: null };
        const stored = found.flatMap(
          ({ remoteId }) => storage.jobs.get(`a1/execution/${remoteId}`) ?? [],
        );
        const known = new Map(stored.map((job) => [job.id, job]));
        storage.jobs.commit(reconcile(account, known, snapshot, 'start', NOW_MS));
      },
      pollNow() {
        polled += 1;
      },
    },
    clock,
    logger: silentLogger,
    confirmOverCoins: () => confirmOverCoins,
    readBalance: async () => balanceCoins,
    setBalance(_accountId, coins) {
      balanceCoins = coins;
    },
  });
}

function commands(service = executionService()) {
  return createExecutionCommands({
    executions: service,
    copy: async () => {},
    async saveText(name, text) {
      saved.push({ name, text });
      return true;
    },
    logger: silentLogger,
  });
}

const start = (form: StartForm, agreed = true) =>
  commands()['execution.start']({ accountId: 'a1', form, agreed });
const startCalls = () => calls.filter((call) => call.startsWith('start '));

beforeEach(() => {
  storage = openStorage(':memory:', silentFeed, silentLogger);
  storage.accounts.save(sampleAccount());
  calls = [];
  waitedMs = [];
  polled = 0;
  confirmOverCoins = 0.05;
  balanceCoins = 3;
  onStart = async () => ({ jobs: [execution('exc_1')], remoteStatus: 'pending' });
  searches = [];
  sinces = [];
  items = [item];
  onMakeItem = async () => ({ ...item, id: 'itm_new' });
  saved = [];
  adoptFails = false;
  removalFails = false;
  readFails = false;
  nowMs = NOW_MS;
  listed = [];
  online = true;
});

// What a test has started goes on searching.
afterEach(() => {
  for (const timer of timers) clearImmediate(timer);
  timers = [];
  storage.close();
});

describe('the cost of a start', () => {
  it('is shown without a question while it is within the user’s limit', async () => {
    const cost = await commands()['execution.cost']({ accountId: 'a1', form: transcript() });
    expect(cost).toEqual({ feeCoins: 0.01, balanceCoins: 3, asks: false });
  });

  it.each([
    ['over the limit', transcript(), 0.005],
    ['not known beforehand', schedule, 10_000],
  ])('has to be confirmed before anything is sent when it is %s', async (_why, form, limit) => {
    confirmOverCoins = limit;
    expect(await start(form, false)).toMatchObject({ outcome: 'asks', cost: { asks: true } });
    expect(calls).toEqual([]);
    expect(await start(form)).toMatchObject({ outcome: 'started' });
    expect(startCalls()).toHaveLength(1);
  });
});

describe('a start', () => {
  it('is followed from its answer on, under the name of what was picked', async () => {
    const all = commands();
    await all['executions.items']({ accountId: 'a1' });
    const outcome = await all['execution.start']({
      accountId: 'a1',
      form: transcript(),
      agreed: true,
    });
    expect(outcome).toEqual({ outcome: 'started', jobIds: ['a1/execution/exc_1'] });
    expect(storage.jobs.get('a1/execution/exc_1')).toMatchObject({ title: 'Tides' });
    expect(storage.executionStarts.start('a1/execution/exc_1')).toMatchObject({ itemId: 'itm_1' });
  });

  it('on a link uses the item that exists, and makes one only where there is none', async () => {
    await start(transcript({ item: { source: LINK } }));
    expect(calls.filter((call) => call.includes('Item'))).toEqual([`findItem ${CANONICAL}`]);
    items = [];
    await start(transcript({ item: { source: LINK } }));
    expect(calls.filter((call) => call.startsWith('makeItem'))).toEqual([`makeItem ${CANONICAL}`]);
    expect(calls.at(-1)).toContain('"itemId":"itm_new"');
  });

  it('makes no second item when the answer about the new one is lost', async () => {
    items = [];
    onMakeItem = async () => {
      items = [{ ...item, id: 'itm_made' }];
      throw new ServiceError('timed-out');
    };
    expect(await start(transcript({ item: { source: LINK } }))).toMatchObject({
      outcome: 'started',
    });
    expect(calls.filter((call) => call.startsWith('makeItem'))).toHaveLength(1);
    expect(calls.at(-1)).toContain('"itemId":"itm_made"');
  });

  it('that is requested twice at once, as by a double click, is sent once', async () => {
    const all = commands();
    const request = { accountId: 'a1', form: transcript(), agreed: true };
    const both = await Promise.all([
      all['execution.start'](request),
      all['execution.start'](request),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(startCalls()).toHaveLength(1);
  });

  it('that was refused reports why, in the service’s own words, and is not searched for', async () => {
    onStart = async () => {
      throw new ServiceError('no-credit', { status: 402, remoteText: 'saldo insuficiente' });
    };
    expect(await start(transcript())).toEqual({
      outcome: 'refused',
      problem: 'no-credit',
      remoteText: 'saldo insuficiente',
    });
    expect(calls).not.toContain('search');
    // What was read before is no longer true.
    expect(balanceCoins).toBeNull();
  });

  it('that could not be stored is still reported as started: it runs and is paid for', async () => {
    adoptFails = true;
    expect(await start(transcript())).toEqual({ outcome: 'started', jobIds: [] });
    expect(polled).toBe(1);
  });

  describe('whose disk is full by the time of its answer', () => {
    const isSearched = () => storage.executionStarts.searches('a1').length > 0;
    beforeEach(() => {
      removalFails = true;
    });

    it('is reported as started and is followed: an error would invite a second, paid one', async () => {
      expect(await start(transcript())).toEqual({
        outcome: 'started',
        jobIds: ['a1/execution/exc_1'],
      });
      expect(storage.jobs.get('a1/execution/exc_1')).not.toBeNull();
    });

    it('is found again once there is room, although nothing of its answer was stored', async () => {
      adoptFails = true;
      const service = executionService();
      const all = commands(service);
      const request = { accountId: 'a1', form: transcript(), agreed: true };
      expect(await all['execution.start'](request)).toEqual({ outcome: 'started', jobIds: [] });
      expect(isSearched()).toBe(true);
      adoptFails = false;
      removalFails = false;
      searches = [{ verdict: 'started', jobs: [execution('exc_1')] }];
      const feed = createChangeFeed(silentLogger);
      resumeSearches(feed, service, () => ['a1']);
      feed.emit('storage', { problem: null });
      await expect.poll(() => storage.executionStarts.start('a1/execution/exc_1')).not.toBeNull();
      await expect.poll(isSearched).toBe(false);
      expect(startCalls()).toHaveLength(1);
    });

    it('is reported as refused when it was, and is not searched for when there is room', async () => {
      onStart = async () => {
        throw new ServiceError('rejected');
      };
      const service = executionService();
      const request = { accountId: 'a1', form: transcript(), agreed: true };
      expect(await commands(service)['execution.start'](request)).toMatchObject({
        outcome: 'refused',
        problem: 'rejected',
      });
      removalFails = false;
      service.resumeSearches('a1');
      expect(isSearched()).toBe(false);
      expect(calls).not.toContain('search');
    });

    it('is reported as unsure when its answer was lost, with what a search has found', async () => {
      onStart = async () => {
        throw new ServiceError('timed-out');
      };
      searches = [{ verdict: 'started', jobs: [execution('exc_1')] }];
      readFails = true;
      expect(await start(transcript())).toMatchObject({ outcome: 'unsure', found: 'started' });
    });
  });

  it('never keeps the user’s own text on the disk', async () => {
    await start(transcript({ text: 'My own words.' }));
    expect(storage.executionStarts.start('a1/execution/exc_1')).toMatchObject({ text: null });
    expect(calls.at(-1)).toContain('My own words.');
  });
});

describe('a start whose answer is lost', () => {
  beforeEach(() => {
    onStart = async () => {
      throw new ServiceError('unreachable');
    };
  });

  it('is searched for and never sent again, however little the searches show', async () => {
    const outcome = await start(transcript());
    expect(outcome).toEqual({
      outcome: 'unsure',
      problem: 'unreachable',
      found: 'not-seen',
      jobIds: [],
    });
    expect(startCalls()).toHaveLength(1);
    expect(calls.filter((call) => call === 'search')).toHaveLength(SEARCH_DELAYS_MS.length);
    expect(waitedMs.slice(0, SEARCH_DELAYS_MS.length)).toEqual([...SEARCH_DELAYS_MS]);
    expect(polled).toBe(1);
  });

  it('is followed as soon as a search has found it, and then not searched for any more', async () => {
    searches = [
      { verdict: 'not-seen', jobs: [] },
      { verdict: 'started', jobs: [execution('exc_9')] },
    ];
    expect(await start(transcript())).toMatchObject({
      found: 'started',
      jobIds: ['a1/execution/exc_9'],
    });
    expect(calls.filter((call) => call === 'search')).toHaveLength(2);
    expect(storage.executionStarts.start('a1/execution/exc_9')).toMatchObject({ itemId: 'itm_1' });
  });

  it('is not confused with what may be something else', async () => {
    const perhaps: StartSearch = { verdict: 'perhaps', jobs: [execution('exc_8')] };
    searches = [perhaps, perhaps, perhaps];
    expect(await start(transcript())).toMatchObject({ found: 'perhaps' });
    expect(storage.jobs.get('a1/execution/exc_8')).not.toBeNull();
    expect(storage.executionStarts.start('a1/execution/exc_8')).toBeNull();
  });

  it('says so when no search was answered', async () => {
    searches = SEARCH_DELAYS_MS.map(() => new ServiceError('unreachable'));
    expect(await start(transcript())).toMatchObject({ found: 'not-looked' });
  });

  it('is not confused with an execution that was known before', async () => {
    adoptFails = false;
    onStart = async () => ({ jobs: [execution('exc_1')], remoteStatus: 'pending' });
    await start(transcript());
    onStart = async () => {
      throw new ServiceError('timed-out');
    };
    await start(transcript({ lang: 'en' }));
    expect([...(sinces[0]?.knownIds ?? [])]).toEqual(['exc_1']);
  });

  it('is not confused with one that was in the list before, and says when that could not be read', async () => {
    listed = [execution('exc_0', { phase: 'done', remoteStatus: 'done' })];
    await start(transcript());
    listed = new ServiceError('timed-out');
    await start(transcript({ lang: 'en' }));
    listed = new ServiceError('not-found');
    await start(transcript({ lang: 'es' }));
    const first = sinces.filter(({ knownIds }) => knownIds.has('exc_0'));
    expect(first.map(({ isPartial }) => isPartial)).not.toContain(true);
    expect(first.length).toBeGreaterThan(0);
    expect(sinces.some(({ isPartial }) => isPartial)).toBe(true);
    expect(sinces.at(-1)?.isPartial).toBe(false);
  });
});

it('the executions of a schedule are searched for after its answer, which names none', async () => {
  onStart = async () => ({ jobs: [], remoteStatus: 'dispatched' });
  searches = [
    { verdict: 'not-seen', jobs: [] },
    { verdict: 'started', jobs: [execution('exc_5'), execution('exc_6')] },
  ];
  expect(await start(schedule)).toEqual({ outcome: 'started', jobIds: [] });
  await expect.poll(() => storage.jobs.get('a1/execution/exc_6')?.phase).toBe('waiting');
  expect(storage.executionStarts.start('a1/execution/exc_5')).toMatchObject({
    scheduleId: 'sch_1',
  });
  expect([...(sinces[0]?.knownIds ?? [])]).toEqual(['exc_old']);
  expect(startCalls()).toHaveLength(1);
});

describe('an execution that ended before any poll has shown it', () => {
  const ended = (id: string) => execution(id, { phase: 'done', remoteStatus: 'done' });
  const waiting = () => storage.outbox.undelivered().map(({ workId }) => workId);
  const isSearched = () => storage.executionStarts.searches('a1').length > 0;

  beforeEach(() => {
    onStart = async () => ({ jobs: [], remoteStatus: 'dispatched' });
  });

  it('is news when a search finds it, although the service gives no times: of a schedule', async () => {
    searches = [{ verdict: 'started', jobs: [ended('exc_5'), ended('exc_6')] }];
    await start(schedule);
    await expect
      .poll(waiting)
      .toEqual(['clipping/execution/exc_5/ended', 'clipping/execution/exc_6/ended']);
    expect(storage.jobs.get('a1/execution/exc_5')).toMatchObject({
      seen: false,
      endedAtMs: NOW_MS,
    });
  });

  it('is news when the answer to its start was lost', async () => {
    onStart = async () => {
      throw new ServiceError('timed-out');
    };
    searches = [{ verdict: 'started', jobs: [ended('exc_7')] }];
    expect(await start(transcript())).toMatchObject({ outcome: 'unsure', found: 'started' });
    expect(waiting()).toEqual(['clipping/execution/exc_7/ended']);
    expect(isSearched()).toBe(false);
  });

  it('is looked for long after the user has stopped waiting, also when searches fail', async () => {
    const nothing: StartSearch = { verdict: 'not-seen', jobs: [] };
    searches = [
      ...[nothing, nothing, nothing, nothing, new ServiceError('rate-limited'), nothing],
      { verdict: 'started', jobs: [ended('exc_5')] },
    ];
    await start(schedule);
    await expect.poll(waiting).toEqual(['clipping/execution/exc_5/ended']);
    // What appears after it belongs to the same run.
    await expect.poll(isSearched).toBe(false);
    expect(startCalls()).toHaveLength(1);
  });

  it('takes executions that appear one after the other', async () => {
    searches = [
      { verdict: 'started', jobs: [ended('exc_5')] },
      { verdict: 'started', jobs: [ended('exc_5'), ended('exc_6')] },
    ];
    await start(schedule);
    await expect.poll(isSearched).toBe(false);
    expect(waiting()).toHaveLength(2);
  });

  it('is not looked for without end, and not at all when the start was refused or answered', async () => {
    await start(schedule);
    await expect.poll(isSearched).toBe(false);
    const atMs = waitedMs.reduce((sum, ms) => sum + ms, 0);
    expect(atMs).toBeGreaterThan(5 * 60_000);
    expect(atMs).toBeLessThan(15 * 60_000);
    onStart = async () => {
      throw new ServiceError('no-credit');
    };
    await start(schedule);
    expect(isSearched()).toBe(false);
    onStart = async () => ({ jobs: [execution('exc_1')], remoteStatus: 'pending' });
    await start(transcript());
    expect(isSearched()).toBe(false);
  });

  it('is looked for again after a restart, and is told once', async () => {
    onStart = () => new Promise(() => {});
    void start(schedule);
    await expect.poll(isSearched).toBe(true);
    searches = [{ verdict: 'started', jobs: [ended('exc_5')] }];
    const restarted = executionService();
    restarted.resumeSearches('a1');
    restarted.resumeSearches('a1');
    await expect.poll(isSearched).toBe(false);
    expect(waiting()).toEqual(['clipping/execution/exc_5/ended']);
    expect([...(sinces.at(-1)?.knownIds ?? [])]).toEqual(['exc_old']);
    restarted.resumeSearches('a1');
    expect(waiting()).toHaveLength(1);
  });

  it('is looked for again when the network is back after a night without', async () => {
    searches = Array.from({ length: 15 }, () => new ServiceError('unreachable'));
    const service = executionService();
    await commands(service)['execution.start']({ accountId: 'a1', form: schedule, agreed: true });
    await expect.poll(() => searches.length).toBe(0);
    expect(isSearched()).toBe(true);
    searches = [{ verdict: 'started', jobs: [ended('exc_5')] }];
    const feed = createChangeFeed(silentLogger);
    resumeSearches(feed, service, () => ['a1']);
    await expect
      .poll(() => {
        feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
        return waiting();
      })
      .toEqual(['clipping/execution/exc_5/ended']);
    await expect.poll(isSearched).toBe(false);
  });

  it('is given up when no search was answered for a week', async () => {
    searches = Array.from({ length: 15 }, () => new ServiceError('unreachable'));
    await start(schedule);
    nowMs += 7 * 86_400_000;
    await expect.poll(isSearched).toBe(false);
    expect(searches).toEqual([]);
  });

  it('is looked for again after a defect has ended a search', async () => {
    const service = executionService();
    searches = [
      { verdict: 'not-seen', jobs: [] },
      { verdict: 'not-seen', jobs: [] },
      { verdict: 'not-seen', jobs: [] },
      new TypeError('defect') as unknown as ServiceError,
    ];
    await commands(service)['execution.start']({ accountId: 'a1', form: schedule, agreed: true });
    await expect.poll(() => searches.length).toBe(0);
    searches = [{ verdict: 'started', jobs: [ended('exc_5')] }];
    await expect
      .poll(() => {
        service.resumeSearches('a1');
        return waiting();
      })
      .toEqual(['clipping/execution/exc_5/ended']);
  });

  it('is looked for once the account is connected again', async () => {
    const service = executionService();
    onStart = async () => {
      online = false;
      return { jobs: [], remoteStatus: 'dispatched' };
    };
    await commands(service)['execution.start']({ accountId: 'a1', form: schedule, agreed: true });
    await expect.poll(() => waitedMs.length).toBeGreaterThan(0);
    searches = [{ verdict: 'started', jobs: [ended('exc_5')] }];
    online = true;
    await expect
      .poll(() => {
        service.resumeSearches('a1');
        return waiting();
      })
      .toEqual(['clipping/execution/exc_5/ended']);
  });

  it('is no longer looked for once its account is removed', async () => {
    onStart = () => new Promise(() => {});
    void start(schedule);
    await expect.poll(isSearched).toBe(true);
    storage.accounts.remove('a1');
    expect(isSearched()).toBe(false);
  });

  it('may have been stored by a poll, which took it for an old one', async () => {
    const account = { id: 'a1', service: 'clipping', polledSinceMs: 0, deletedBeforeMs: 0 };
    const snapshot = { observations: [ended('exc_5')], covers: null };
    storage.jobs.commit(reconcile(account, new Map(), snapshot, 'list', NOW_MS));
    expect(waiting()).toEqual([]);
    searches = [{ verdict: 'started', jobs: [ended('exc_5')] }];
    await start(schedule);
    await expect.poll(waiting).toEqual(['clipping/execution/exc_5/ended']);
  });
});

describe('the results of an execution', () => {
  beforeEach(async () => {
    await start(transcript());
    calls = [];
  });
  const jobId = 'a1/execution/exc_1';

  it('have the subject that was requested, where the service does not name one', async () => {
    const read = await commands()['execution.detail']({ jobId });
    expect(read).toMatchObject({
      value: { about: { itemId: 'itm_1' }, transcriptFeeCoins: 0.005 },
    });
  });

  it('are paid for once: when it is read again or saved, the transcript is the one that was read', async () => {
    const all = commands();
    expect(await all['execution.saveTranscript']({ jobId, lang: 'pt', format: 'srt' })).toEqual({
      saved: false,
    });
    expect(await all['execution.transcript']({ jobId, lang: 'pt' })).toMatchObject({
      value: { text: 'The harbour wakes.' },
    });
    await all['execution.transcript']({ jobId, lang: 'pt' });
    await all['execution.saveTranscript']({ jobId, lang: 'pt', format: 'srt' });
    expect(calls.filter((call) => call.startsWith('transcript'))).toEqual(['transcript itm_1 pt']);
    expect(saved).toEqual([
      {
        name: 'transcript (pt).srt',
        text: '1\n00:00:00,000 --> 00:00:04,200\nThe harbour wakes.\n',
      },
    ]);
  });

  it('are not read for an unknown job', async () => {
    const all = commands();
    expect(await all['execution.detail']({ jobId: 'a1/execution/other' })).toMatchObject({
      problem: 'not-found',
    });
    expect(calls).toEqual([]);
  });
});
