import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../../../main/domain/history';
import type { Job } from '../../../main/domain/job';
import { silentFeed } from '../../../main/events';
import { openStorage, type Storage } from '../../../main/storage';
import { openDatabase } from '../../../main/storage/database';
import type { Database, Value } from '../../../main/storage/sql';
import { sampleAccount } from '../../builders/account';
import { recordingLogger } from '../../builders/logger';
import { sampleUpload } from '../../builders/upload';
import { observation } from '../polling/fakes';

const ANY: HistoryQuery = { text: '', accountIds: null, phase: null, fromMs: null, toMs: null };
const AT_MS = 1_800_000_000_000;

let folder: string;
let storage: Storage;
let raw: Database;
let lines: ReturnType<typeof recordingLogger>['lines'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cliptray-rows-'));
  const file = join(folder, 'test.db');
  const recording = recordingLogger();
  lines = recording.lines;
  storage = openStorage(file, silentFeed, recording.logger);
  raw = openDatabase(file);
  for (const id of ['a1', 'a2']) storage.accounts.save(sampleAccount({ id }));
});

afterEach(() => {
  raw.close();
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

function job(id: string, changes: Partial<Job> = {}): Job {
  return {
    ...observation({ remoteId: id, title: `Title of ${id}`, createdAtMs: AT_MS }),
    ...{ id, accountId: 'a1', firstSeenAtMs: AT_MS, phaseSinceMs: AT_MS },
    ...{ leftListAtMs: null, gone: false, seen: false },
    ...changes,
  };
}

const save = (...jobs: Job[]) => storage.jobs.commit({ jobs, events: [], notifications: [] });

/** Changes a column of a row, as another version or a defect might. */
function damage(table: string, id: string, column: string, value: Value, key = 'id'): void {
  raw.run(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`, value, id);
}

/** Reads twice: the bad row is left out, was logged once, and is unchanged in the table. */
function expectSkipped(
  { table, id, key = 'id', path }: { table: string; id: string; key?: string; path: string },
  read: () => void,
): void {
  const row = () => raw.all(`SELECT * FROM ${table} WHERE ${key} = ?`, id);
  const before = row();
  expect(before).toHaveLength(1);
  read();
  read();
  expect(row()).toEqual(before);
  expect(lines).toEqual([{ level: 'warn', message: 'row skipped', fields: { table, id, path } }]);
}

describe('a job', () => {
  it('that cannot be read is known to be there, so that a list does not make a new one of it', () => {
    save(job('bad'));
    damage('jobs', 'bad', 'phase', 'archived');
    expect(storage.polling.get('bad')).toBeNull();
    expect(storage.polling.isUnreadable('bad')).toBe(true);
    expect(storage.polling.get('never stored')).toBeNull();
    expect(storage.polling.isUnreadable('never stored')).toBe(false);
  });

  it.each<[string, Value, string]>([
    ['phase', 'archived', 'phase'],
    ['kind', 'summary', 'kind'],
    ['gone', 2, 'gone'],
    ['clip_json', '{"candidates":', 'clip_json'],
    ['clip_json', '{"candidates":[{"id":5}]}', 'clip_json.candidates.0.id'],
  ])('with %s = %j is skipped', (column, value, path) => {
    save(job('good', { clipId: 'c1' }), job('bad', { clipId: 'c1' }));
    damage('jobs', 'bad', column, value);
    expectSkipped({ table: 'jobs', id: 'bad', path }, () => {
      expect(storage.jobs.get('bad')).toBeNull();
      expect(storage.jobs.recent(10).map(({ id }) => id)).toEqual(['good']);
      expect(storage.jobs.active('a1').map(({ id }) => id)).toEqual(['good']);
      expect(storage.jobs.ofClip('a1', 'c1').map(({ id }) => id)).toEqual(['good']);
    });
  });

  it('is skipped in the history, and its execution stays known', () => {
    save(job('good'), job('bad'));
    damage('jobs', 'bad', 'phase', 'archived');
    expectSkipped({ table: 'jobs', id: 'bad', path: 'phase' }, () => {
      expect(storage.history.search(ANY, null, 10).jobs.map(({ id }) => id)).toEqual(['good']);
      expect([...storage.history.each(ANY)].flat().map(({ id }) => id)).toEqual(['good']);
      expect(storage.executionStarts.executionIds('a1')).toEqual(new Set(['good', 'bad']));
    });
  });

  it('is listed again once it is written again, and found by its new text only', () => {
    save(job('bad', { title: 'Before' }));
    damage('jobs', 'bad', 'phase', 'archived');
    expect(storage.jobs.recent(10)).toEqual([]);
    save(job('bad', { title: 'After', createdAtMs: AT_MS + 5 }));
    expect(storage.jobs.recent(10)).toMatchObject([{ title: 'After' }]);
    const found = (text: string) => storage.history.search({ ...ANY, text }, null, 10).jobs.length;
    expect([found(''), found('after'), found('before')]).toEqual([1, 1, 0]);
    expect(raw.all('SELECT * FROM job_search')).toHaveLength(1);
  });

  it('without a sort key gets one when it is written again', () => {
    save(job('bad'));
    damage('jobs', 'bad', 'place', null);
    save(job('bad', { phase: 'done' }));
    expect(storage.history.search({ ...ANY, phase: 'done' }, null, 10).jobs).toHaveLength(1);
  });

  it('of an unknown phase is not deleted with the old history', () => {
    save(job('old', { phase: 'done' }), job('bad', { phase: 'done' }));
    damage('jobs', 'bad', 'phase', 'archived');
    storage.history.deleteEndedBefore(AT_MS + 1, 10);
    expect(raw.all('SELECT id FROM jobs')).toEqual([{ id: 'bad' }]);
  });
});

it('an event of an unknown type is skipped', () => {
  const event = {
    ...{ jobId: 'j', atMs: 1, source: 'list' as const, type: 'found' as const },
    ...{ fromPhase: null, toPhase: 'running' as const, remoteStatus: 'running' },
  };
  storage.jobs.commit({ jobs: [job('j')], events: [event, event], notifications: [] });
  damage('job_events', '1', 'type', 'renamed');
  expectSkipped({ table: 'job_events', id: '1', path: 'type' }, () =>
    expect(storage.history.events('j')).toEqual([event]),
  );
});

describe('an account', () => {
  it.each<[string, Value, string]>([
    ['key_header', 'x-signature', 'key_header'],
    ['key_place', 'cloud', 'key_place'],
    ['brands_json', '[{"id":1}]', 'brands_json.0.id'],
    ['telling_json', 'null and void', 'telling_json'],
  ])('with %s = %j is skipped, and keeps its jobs and uploads', (column, value, path) => {
    save(job('j'));
    storage.uploads.insert(sampleUpload());
    damage('accounts', 'a1', column, value);
    expectSkipped({ table: 'accounts', id: 'a1', path }, () => {
      expect(storage.accounts.all().map(({ id }) => id)).toEqual(['a2']);
      expect(storage.accounts.get('a1')).toBeNull();
    });
    expect(storage.jobs.get('j')).not.toBeNull();
    expect(storage.uploads.get('u1')).not.toBeNull();
  });

  it('with preferences that are not known gets the defaults', () => {
    damage('accounts', 'a1', 'pace', 'hectic');
    damage('accounts', 'a1', 'telling_json', '{"kinds":{"render":"first"},"sound":"loud"}');
    expect(storage.accounts.get('a1')).toEqual(sampleAccount());
    expect(lines).toEqual([]);
  });
});

describe('an upload', () => {
  it.each<[string, Value, string]>([
    ['state', 'scheduled', 'state'],
    ['problem', 'bored', 'problem'],
    ['upload_id', 'without a key', 'upload_id'],
  ])('with %s = %j is skipped, and the queue goes on without it', (column, value, path) => {
    for (const id of ['bad', 'good', 'last']) storage.uploads.insert(sampleUpload({ id }));
    damage('uploads', 'bad', column, value);
    expectSkipped({ table: 'uploads', id: 'bad', path }, () => {
      const ids = ['good', 'last'];
      expect(storage.uploads.get('bad')).toBeNull();
      expect(storage.uploads.list().map(({ id }) => id)).toEqual(ids);
      expect(storage.uploads.recent(5).map(({ id }) => id)).toEqual(ids);
      expect(storage.uploads.ofPath(sampleUpload().path).map(({ id }) => id)).toEqual(ids);
      expect(storage.uploads.unfinished().map(({ id }) => id)).toEqual(ids);
      storage.uploads.update('bad', { state: 'paused' });
      storage.uploads.fail('bad', { problem: 'file-missing', remoteText: null }, 1);
    });
    storage.uploads.move('last', 'first');
    expect(storage.uploads.list().map(({ id }) => id)).toEqual(['last', 'good']);
    expect(storage.outbox.undelivered()).toEqual([]);
  });

  it('has the facts of its other parts when those of one cannot be read', () => {
    storage.uploads.insert(sampleUpload());
    const facts = { sentAtMs: 1, tookMs: 2, tries: 1, md5Hex: 'a' };
    const part = (partNumber: number) => ({ partNumber, sizeBytes: 5, etag: '"e"' });
    storage.uploads.recordParts('u1', [
      { part: part(1), facts },
      { part: part(2), facts },
    ]);
    raw.run('UPDATE upload_parts SET tries = NULL WHERE part_number = 1');
    expect(storage.uploads.partRecords('u1')).toMatchObject([{ partNumber: 2 }]);
    expect(storage.uploads.parts('u1')).toHaveLength(2);
    expect(lines).toMatchObject([{ fields: { table: 'upload_parts', id: 'u1/1', path: 'tries' } }]);
  });

  it('with an event of an unknown kind has the rest of its log', () => {
    storage.uploads.insert(sampleUpload());
    storage.uploads.addEvent('u1', 1, { kind: 'added' });
    storage.uploads.addEvent('u1', 2, { kind: 'sent' });
    damage('upload_events', '1', 'event_json', '{"kind":"teleported"}');
    expectSkipped({ table: 'upload_events', id: '1', path: 'event_json.kind' }, () =>
      expect(storage.uploads.events('u1')).toEqual([{ atMs: 2, event: { kind: 'sent' } }]),
    );
  });
});

it.each<[string, Value]>([
  ['state', 'queued'],
  ['problem', 'too-wide'],
])('a download with %s = %j is skipped', (column, value) => {
  const download = {
    ...{ state: 'under-way' as const, folder: '/d', path: null, sizeBytes: null },
    ...{ sha256Hex: null, problem: null, begunAtMs: 1 },
  };
  for (const jobId of ['bad', 'good']) {
    save(job(jobId));
    storage.downloads.save({ jobId, ...download });
  }
  damage('downloads', 'bad', column, value, 'job_id');
  expectSkipped({ table: 'downloads', id: 'bad', key: 'job_id', path: column }, () => {
    expect(storage.downloads.get('bad')).toBeNull();
    expect(storage.downloads.recent(5)).toEqual([{ jobId: 'good', ...download }]);
  });
});

it('the start of an execution of an unknown kind is skipped', () => {
  const start = { kind: 'schedule', reporterId: 'r', scheduleId: 's' } as const;
  for (const id of ['bad', 'good']) {
    save(job(id));
    storage.executionStarts.saveStart(id, start);
  }
  damage('run_starts', 'bad', 'request_json', '{"kind":"telepathy"}', 'job_id');
  const skipped = { table: 'run_starts', id: 'bad', key: 'job_id', path: 'request_json.kind' };
  expectSkipped(skipped, () => {
    expect(storage.executionStarts.start('bad')).toBeNull();
    expect(storage.executionStarts.start('good')).toEqual(start);
  });
});

it('a search for a start of an unknown kind is skipped', () => {
  const request = { kind: 'schedule', reporterId: 'r', scheduleId: 's' } as const;
  const baseline = { sinceMs: 1, knownIds: new Set(['e1']), isPartial: true };
  const [bad, good] = [1, 2].map(() => storage.executionStarts.saveSearch('a1', request, baseline));
  damage('start_searches', String(bad), 'request_json', '{"kind":"telepathy"}');
  const skipped = {
    table: 'start_searches',
    id: String(bad),
    key: 'id',
    path: 'request_json.kind',
  };
  expectSkipped(skipped, () => {
    expect(storage.executionStarts.searches('a1')).toEqual([{ id: good, request, baseline }]);
  });
});

it('a learned duration on an unknown scale is skipped', () => {
  const durations = [1, 2].map((bin) => ({
    ...{ service: 'clipping', kind: 'execution' as const, scale: 'time' as const, bin },
  }));
  storage.polling.commit({ jobs: [], events: [], notifications: [], durations });
  raw.run("UPDATE durations SET scale = 'frames' WHERE bin = 1");
  for (let time = 0; time < 2; time += 1) {
    expect(storage.polling.durations()).toMatchObject([{ bin: 2 }]);
  }
  expect(lines).toMatchObject([
    { fields: { table: 'durations', id: 'clipping/execution/frames/1', path: 'scale' } },
  ]);
});

it('a time of the last deletion that is not a number counts as none', () => {
  raw.run("INSERT INTO settings VALUES ('forgottenBeforeMs', '\"soon\"')");
  expect(storage.polling.deletedBeforeMs()).toBe(0);
  save(job('old', { phase: 'done' }));
  storage.history.deleteEndedBefore(AT_MS + 1, 10);
  expect(storage.polling.deletedBeforeMs()).toBeGreaterThan(AT_MS);
});
