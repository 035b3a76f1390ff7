import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/compose/system-clock';
import type { Account } from '../../../../main/domain/account';
import { NOTIFY_EVERYTHING } from '../../../../main/domain/notification-rules';
import { type ChangeFeed, createChangeFeed } from '../../../../main/events';
import type { JsonHttpClient } from '../../../../main/http/json-client';
import {
  createPollingService,
  type PollingService,
} from '../../../../main/polling/polling-service';
import { serviceModules } from '../../../../main/services';
import { openStorage, type Storage } from '../../../../main/storage';
import { silentLogger } from '../../../builders/logger';
import { eventually } from '../../../eventually';
import { startThirdService } from '../../../simulator/third/server';
import { clientFor, failureOf, KEY } from '../../../unit/http/server';
import { third } from './module';

const account: Account = {
  id: 'a3',
  service: third.id,
  name: 'Third Films',
  keyHeader: 'x-api-key',
  keyLocation: 'session',
  brands: [],
  brandId: null,
  addedAtMs: Date.now(),
  pace: 'close',
  notificationRules: NOTIFY_EVERYTHING,
};

let remote: Awaited<ReturnType<typeof startThirdService>>;
let client: JsonHttpClient;
let storage: Storage;
let polling: PollingService;
let feed: ChangeFeed;
let outboxes: number;
let folder: string;

beforeEach(async () => {
  remote = await startThirdService(KEY);
  client = clientFor();
  folder = mkdtempSync(join(tmpdir(), 'cliptray-third-'));
  feed = createChangeFeed(silentLogger);
  storage = openStorage(join(folder, 'cliptray.db'), feed, silentLogger);
  storage.accounts.save(account);
  outboxes = 0;
  feed.on('outbox', () => {
    outboxes += 1;
  });
  polling = createPollingService({
    store: storage.polling,
    clock: systemClock,
    random: Math.random,
    logger: silentLogger,
    feed,
    rateLimits: client.rateLimits,
  });
});
afterEach(async () => {
  polling.close();
  await client.close();
  await remote.close();
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const connect = (key = KEY) =>
  third.connect(client, {
    accountId: account.id,
    baseUrl: remote.url,
    keyHeader: 'x-api-key',
    key: async () => key,
  });

const job = (ref: string) => storage.jobs.get(`a3/execution/${ref}`);

/** Polls again until it is so, like a person who keeps pressing the button. */
const until = (check: () => void) =>
  eventually(() => {
    polling.account(account.id)?.pollNow();
    check();
  });

describe('a third service, known by nothing but its module', () => {
  it('says who the key belongs to, and may refuse it', async () => {
    expect((await connect().profile()).label).toBe('Third Films');
    expect((await failureOf(connect('bad-key').profile())).problem).toBe('key-refused');
  });

  it('has its work found, followed and notified once at its end, by the polling service and the store as they are', async () => {
    remote.put({ ref: 't1', name: 'Cut the reel', state: 'busy' });
    remote.put({ ref: 't2', name: 'Mix the sound', state: 'open' });
    polling.start(account, third, connect());
    await until(() => expect(job('t1')).toMatchObject({ phase: 'running', title: 'Cut the reel' }));
    expect(job('t2')).toMatchObject({ phase: 'waiting' });
    expect(storage.outbox.undelivered()).toEqual([]);

    remote.put({ ref: 't1', name: 'Cut the reel', state: 'finished' });
    remote.put({ ref: 't2', name: 'Mix the sound', state: 'broken' });
    await until(() => expect(job('t1')?.phase).toBe('done'));
    await until(() => expect(job('t2')?.phase).toBe('failed'));
    await until(() => expect(storage.outbox.undelivered()).toHaveLength(2));
    const notifications = storage.outbox.undelivered().map(({ id, outcome }) => [id, outcome]);
    expect(notifications.sort()).toEqual([
      ['a3/execution/t1/ended', 'done'],
      ['a3/execution/t2/ended', 'failed'],
    ]);
    expect(outboxes).toBeGreaterThan(0);
  });
});

describe('what a new service has to touch', () => {
  it('is its folder and the list of services: nothing else in main names a service', () => {
    const main = resolve(import.meta.dirname, '../../../../main');
    const names = new RegExp(`\\b(${serviceModules.map(({ id }) => id).join('|')})\\b`, 'i');
    const naming = readdirSync(main, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/^services\/\w+\//.test(file))
      // Comments may name them as examples.
      .filter((file) =>
        names.test(
          readFileSync(join(main, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
        ),
      );
    expect(naming).toEqual(['services/index.ts']);
  });
});
