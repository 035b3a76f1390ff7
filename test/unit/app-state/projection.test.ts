import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProjection } from '../../../main/app-state/projection';
import type { Job } from '../../../main/domain/job';
import type { StoredSettings } from '../../../main/domain/settings';
import { type ChangeFeed, createChangeFeed } from '../../../main/events';
import { reconcile } from '../../../main/polling/reconcile';
import type { Environment, PatchMessage, ServiceView } from '../../../preload/contract';
import { known, observation, single } from '../polling/fakes';

const NOW_MS = 1_800_000_000_000;
const ACCOUNT = {
  ...{ id: 'a1', service: 'clipping', polledSinceMs: NOW_MS, deletedBeforeMs: 0 },
} as const;

function execution(title: string): Job {
  const seen = single(observation({ title, remoteId: title }));
  const [job] = reconcile(ACCOUNT, known(), seen, 'list', NOW_MS).jobs;
  return job as Job;
}

let jobs: Job[];
let hasWindow: boolean;
let sent: PatchMessage[];
let likelyEndMs: number;
let joins: number;
let feed: ChangeFeed;
let projection: ReturnType<typeof createProjection>;

beforeEach(() => {
  vi.useFakeTimers();
  jobs = [execution('one')];
  hasWindow = false;
  sent = [];
  likelyEndMs = NOW_MS;
  joins = 0;
  feed = createChangeFeed({ error: vi.fn() });
  projection = createProjection({
    services: [],
    overrideOf: () => null,
    feed,
    environment: () => ({}) as Environment,
    settings: () => ({ paused: false }) as StoredSettings,
    accounts: () => [],
    live: () => ({ waitsFor: null, balanceCoins: null }),
    pollingStatus: () => null,
    liveChannel: () => null,
    capabilities: () => ({}) as ServiceView['capabilities'],
    recentJobs: () => jobs,
    likelyEnds(all) {
      joins += 1;
      return new Map(all.map(({ id }) => [id, likelyEndMs]));
    },
    recentUploads: () => [],
    download: () => null,
    recentDownloads: () => [],
    systemOnline: () => true,
    nowMs: () => NOW_MS,
    send: (message) => sent.push(message),
    hasWindow: () => hasWindow,
  });
  projection.update();
});

afterEach(() => {
  vi.useRealTimers();
});

const titles = () => projection.view().lines.map(({ title }) => title);

describe('with all windows closed', () => {
  test('polls that change nothing do not build lines again: watching must cost next to nothing', () => {
    for (let poll = 0; poll < 10; poll += 1) {
      feed.emit('pollingStatus', { accountId: 'a1' });
      vi.runAllTimers();
    }
    expect(joins).toBe(1);
    expect(
      sent.flatMap(({ patches }) => patches.filter((one) => one.collection === 'lines')),
    ).toEqual([]);
  });

  test('the tray still shows what changed', () => {
    const upToDate = vi.fn();
    feed.on('appState', upToDate);
    jobs = [...jobs, execution('two')];
    feed.emit('jobs', { accountId: 'a1' });
    vi.runAllTimers();
    expect(titles().sort()).toEqual(['one', 'two']);
    expect(upToDate).toHaveBeenCalledOnce();
  });

  test('a notification finds the line of a job that was committed just now', () => {
    const other = execution('two');
    jobs = [...jobs, other];
    feed.emit('jobs', { accountId: 'a1' });
    expect(projection.lineOf(other.id)?.title).toBe('two');
    expect(projection.line(other.id)?.title).toBe('two');
  });

  test('a window that is opened then starts with everything that changed in the meantime', () => {
    jobs = [...jobs, execution('two')];
    feed.emit('jobs', { accountId: 'a1' });
    vi.runAllTimers();
    likelyEndMs += 5;
    hasWindow = true;
    const { lines } = projection.snapshot().state;
    expect(Object.values(lines).map((line) => line?.title)).toEqual(['one', 'two']);
    expect(Object.values(lines).map((line) => line?.likelyEndAtMs)).toEqual([
      likelyEndMs,
      likelyEndMs,
    ]);
  });
});

describe('before a notification is shown', () => {
  test('everything is brought up to date at once: work that waits for the answer could lose it', () => {
    jobs = [...jobs, execution('two')];
    feed.emit('jobs', { accountId: 'a1' });
    feed.emit('outbox', null);
    expect(titles().sort()).toEqual(['one', 'two']);
    // Nothing is left to be done later.
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('with a window open', () => {
  test('the likely time left is updated with each poll', () => {
    hasWindow = true;
    projection.snapshot();
    likelyEndMs += 60_000;
    feed.emit('pollingStatus', { accountId: 'a1' });
    vi.runAllTimers();
    const values = sent.at(-1)?.patches.map(({ value }) => value);
    expect(values).toMatchObject([{ title: 'one', likelyEndAtMs: likelyEndMs }]);
  });
});

test('nothing is read from the store once the app quits', () => {
  projection.close();
  joins = 0;
  feed.emit('jobs', { accountId: 'a1' });
  vi.runAllTimers();
  expect(joins).toBe(0);
});
