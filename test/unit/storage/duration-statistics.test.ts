import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DurationSample } from '../../../main/domain/duration-statistics';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { silentLogger } from '../../builders/logger';
import { account } from '../polling/fakes';

let folder: string;
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-statistics-'));
  storage = openStorage(join(folder, 'cliptray.db'), silentFeed, silentLogger);
  storage.accounts.save(account);
});

afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const sample = (bin: number): DurationSample => ({
  service: 'clipping',
  kind: 'execution',
  scale: 'time',
  bin,
});
const nothing = { jobs: [], events: [], notifications: [] };

it('keeps learned durations over a restart, newer ones with more weight', () => {
  storage.polling.commit({ ...nothing, durations: [sample(3), sample(3), sample(7)] });
  storage.close();
  storage = openStorage(join(folder, 'cliptray.db'), silentFeed, silentLogger);
  const weights = new Map(storage.polling.durations().map(({ bin, weight }) => [bin, weight]));
  expect(weights.get(7)).toBe(1);
  expect(weights.get(3)).toBeGreaterThan(1.98);
  expect(weights.get(3)).toBeLessThan(2);
});

it('stores a duration together with the end it comes from, or not at all', () => {
  const event = {
    jobId: 'of no job',
    atMs: 1,
    source: 'list' as const,
    type: 'phase' as const,
    fromPhase: null,
    toPhase: 'done' as const,
    remoteStatus: 'done',
  };
  const broken = { ...nothing, events: [event], durations: [sample(3)] };
  expect(() => storage.polling.commit(broken)).toThrow();
  expect(storage.polling.durations()).toEqual([]);
});

it('keeps arrivals by account, and deletes them with it', () => {
  const counts = [{ hourOfWeek: 9, jobs: 2, hours: 0.5 }];
  storage.polling.saveArrivals('a1', counts);
  storage.polling.saveArrivals('a1', [{ hourOfWeek: 9, jobs: 3, hours: 1 }]);
  expect(storage.polling.arrivals('a1')).toEqual([{ hourOfWeek: 9, jobs: 3, hours: 1 }]);
  expect(storage.polling.arrivals('a2')).toEqual([]);
  storage.accounts.remove('a1');
  expect(storage.polling.arrivals('a1')).toEqual([]);
});

it('stores nothing for an account that was removed meanwhile, without an error', () => {
  storage.accounts.remove('a1');
  storage.polling.saveArrivals('a1', [{ hourOfWeek: 9, jobs: 3, hours: 1 }]);
  expect(storage.polling.arrivals('a1')).toEqual([]);
});
