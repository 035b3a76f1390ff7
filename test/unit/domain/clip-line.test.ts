import { describe, expect, it } from 'vitest';
import type { Job, JobObservation } from '../../../main/domain/job';
import { joinLines } from '../../../main/domain/join-lines';
import { KEPT_MS, type Upload, type UploadProgress } from '../../../main/domain/upload';
import { reconcile } from '../../../main/polling/reconcile';
import { sampleUpload } from '../../builders/upload';
import { known, observation, single } from '../polling/fakes';

const START_MS = 1_800_000_000_000;

function job(changes: Partial<JobObservation>, more: Partial<Job> = {}): Job {
  const [made] = reconcile(
    { id: 'a1', service: 'clipping', polledSinceMs: START_MS, deletedBeforeMs: 0 },
    known(),
    single(observation(changes)),
    'list',
    START_MS + 1,
  ).jobs;
  return { ...(made as Job), ...more };
}

function upload(changes: Partial<Upload> = {}): Upload {
  return sampleUpload({
    fileName: 'podcast.mp4',
    sizeBytes: 1000,
    remote: { clipId: 'c1', uploadId: 'x', key: 'k' },
    clipId: changes.remote === null ? null : 'c1',
    state: 'sent',
    addedAtMs: START_MS,
    ...changes,
  });
}

const clip = {
  candidates: [
    { id: 'k1', title: 'Best', startMs: 0, endMs: 9000, score: 92 },
    { id: 'k2', title: 'Next', startMs: 0, endMs: 9000, score: 80 },
  ],
  editRevision: 1,
  durationMs: null,
};
const processing = (phase: Job['phase'], more: Partial<Job> = {}) =>
  job({ kind: 'processing', remoteId: 'c1', title: 'podcast', phase, clip }, more);
const render = (remoteId: string, phase: Job['phase'], more: Partial<Job> = {}) =>
  job({ kind: 'render', remoteId, clipId: 'c1', phase, candidateId: 'k1' }, more);

function lines(jobs: Job[], uploads: Upload[] = [], progress = new Map<string, UploadProgress>()) {
  return joinLines(jobs, uploads, progress, new Map());
}

describe('a clip', () => {
  it('is one line from the drop to the result', () => {
    const all = lines([processing('done'), render('r1', 'running')], [upload()]);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ title: 'podcast.mp4', stage: 'rendering', active: true });
  });

  it('keeps its id when its upload becomes a clip, so that the focus is not lost', () => {
    const before = lines([], [upload({ state: 'sending', remote: null })])[0];
    const during = lines([processing('waiting')], [upload({ state: 'sending' })])[0];
    const after = lines([processing('running')], [upload()])[0];
    expect([during?.id, after?.id]).toEqual([before?.id, before?.id]);
    expect([before?.stage, during?.stage, after?.stage]).toEqual([
      'uploading',
      'uploading',
      'processing',
    ]);
  });

  it.each([
    ['sent and not yet listed', [], 'processing'],
    ['ready', [processing('done')], 'ready'],
    [
      'being rendered again',
      [processing('done'), render('r1', 'done'), render('r2', 'running')],
      'rendering',
    ],
    ['rendered', [processing('done'), render('r1', 'done')], 'done'],
    ['failed in processing', [processing('failed')], 'failed'],
    ['no longer listed', [processing('unknown', { gone: true })], 'gone'],
  ] as const)('that is %s says so', (_what, jobs, stage) => {
    expect(lines([...jobs], [upload()])[0]?.stage).toBe(stage);
  });

  it('shows each candidate with its newest render', () => {
    const [line] = lines([
      processing('done'),
      render('r1', 'failed', { firstSeenAtMs: START_MS }),
      render('r2', 'running', { firstSeenAtMs: START_MS + 50 }),
    ]);
    expect(line?.candidates.map(({ render }) => render?.jobId ?? null)).toEqual([
      'a1/render/r2',
      null,
    ]);
  });

  it('also shows renders without a known candidate: work that was paid for is never hidden', () => {
    const [line] = lines([processing('done'), render('r9', 'done', { candidateId: null })]);
    expect(line?.otherRenders).toHaveLength(1);
  });

  it('opens the newest result', () => {
    const url = 'https://cdn.example/x.mp4';
    const [line] = lines([
      processing('done'),
      render('old', 'done', { resultUrl: url, firstSeenAtMs: 1 }),
      render('new', 'done', { resultUrl: url, firstSeenAtMs: 2 }),
      render('failed', 'failed', { firstSeenAtMs: 3 }),
    ]);
    expect(line?.resultJobId).toBe('a1/render/new');
  });
});

describe('an upload', () => {
  it('shows how much was sent, and is not active once it has stopped', () => {
    const progress = new Map([['u1', { sentBytes: 250, bytesPerSecond: 10, timeLeftMs: 75_000 }]]);
    const [sending] = lines([], [upload({ state: 'sending' })], progress);
    expect(sending).toMatchObject({ active: true, upload: { sentBytes: 250, timeLeftMs: 75_000 } });
    const [failed] = lines([], [upload({ state: 'failed', problem: 'file-missing' })], progress);
    expect(failed).toMatchObject({ active: false, stage: 'upload-failed' });
  });

  it('has a queue position until it has ended or is paused', () => {
    const states = ['queued', 'sent', 'sending', 'paused', 'finishing'] as const;
    const uploads = states.map((state) => upload({ id: state, state, remote: null, clipId: null }));
    const positions = new Map(
      lines([], uploads).map((line) => [line.upload?.id, line.upload?.queuePosition ?? null]),
    );
    expect(states.map((state) => positions.get(state))).toEqual([0, null, 1, null, 2]);
  });

  it('says until when its parts are kept while it is paused or failed, if the service has any', () => {
    const restsSinceMs = START_MS + 5;
    const kept = (changes: Partial<Upload>) => lines([], [upload(changes)])[0]?.upload?.keptUntilMs;
    expect(kept({ state: 'paused', restsSinceMs })).toBe(restsSinceMs + KEPT_MS);
    expect(kept({ state: 'failed', restsSinceMs })).toBe(restsSinceMs + KEPT_MS);
    expect(kept({ state: 'paused', restsSinceMs, remote: null })).toBeNull();
    expect(kept({ state: 'sending' })).toBeNull();
    // The parts are discarded already, even while the service has not confirmed it.
    expect(kept({ state: 'failed', problem: 'expired', restsSinceMs })).toBeNull();
    const [line] = lines([], [upload({ state: 'paused', restsSinceMs })]);
    expect(line?.stageSinceMs).toBe(restsSinceMs);
  });

  it('asks for no attention when it was cancelled and its clip vanishes', () => {
    const [line] = lines([processing('unknown', { gone: true })], [upload({ state: 'cancelled' })]);
    expect(line).toMatchObject({ stage: 'upload-cancelled', unseen: false, active: false });
  });
});

it('puts active lines first, then the latest change', () => {
  const all = lines([
    job({ remoteId: 'old', phase: 'done' }, { phaseSinceMs: 1 }),
    job({ remoteId: 'new', phase: 'done' }, { phaseSinceMs: 9 }),
    job({ remoteId: 'running' }, { phaseSinceMs: 5 }),
  ]);
  expect(all.map(({ title }) => title)).toEqual(['running', 'new', 'old']);
});

it('never joins clips of two accounts, even if their ids are equal', () => {
  const other = { ...processing('running'), accountId: 'a2', id: 'a2/processing/c1' };
  expect(lines([processing('running'), other])).toHaveLength(2);
});
