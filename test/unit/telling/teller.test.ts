import { beforeEach, describe, expect, it } from 'vitest';
import type { Job, Notice } from '../../../main/domain/job';
import type { Upload } from '../../../main/domain/upload';
import { createTeller, type ShowOutcome } from '../../../main/telling/teller';
import { isWanted } from '../../../main/telling/wanted';
import { reconcile } from '../../../main/watch/reconcile';
import { FakeClock, known, observation, single } from '../watch/fakes';

type State = 'pending' | 'telling' | 'told';

const job = reconcile({ id: 'a1', watchedSinceMs: 0 }, known(), single(observation()), 1)
  .jobs[0] as Job;

let outbox: (Notice & { state: State })[];
let shown: string[];
let outcome: () => Promise<ShowOutcome>;

function put(id: string, end: Notice['outcome'] = 'done', state: State = 'pending') {
  outbox.push({ id, jobId: job.id, outcome: end, createdAtMs: 0, state });
}

function teller(wanted: (notice: Notice) => boolean = () => true) {
  return createTeller({
    store: {
      untold: () => outbox.filter(({ state }) => state !== 'told').map((row) => ({ ...row })),
      mark(ids, state) {
        for (const row of outbox) if (ids.includes(row.id)) row.state = state;
      },
      job: (id) => (id === job.id ? job : null),
    },
    shower: {
      one(notice) {
        shown.push(notice.id);
        return outcome();
      },
      digest({ done, failed }) {
        shown.push(`digest ${done} ${failed}`);
        return outcome();
      },
    },
    clock: new FakeClock(),
    logger: { info() {}, warn() {}, error() {} },
    wanted,
  });
}

beforeEach(() => {
  outbox = [];
  shown = [];
  outcome = async () => 'shown';
});

it('tells a completion once, however often it is asked to tell', async () => {
  put('one');
  const { tell } = teller();
  await Promise.all([tell(), tell(), tell()]);
  await tell();
  expect(shown).toEqual(['one']);
});

it('tells of what comes while it is telling', async () => {
  put('one');
  const { tell } = teller();
  outcome = async () => {
    if (outbox.length === 1) {
      put('two');
      void tell();
    }
    return 'shown';
  };
  await tell();
  expect(shown).toEqual(['one', 'two']);
});

it('marks a notice before it is shown, so that a kill in between is seen as such', async () => {
  put('one');
  outcome = async () => {
    expect(outbox[0]?.state).toBe('telling');
    return 'shown';
  };
  await teller().tell();
  expect(outbox[0]?.state).toBe('told');
});

it('tells one that a kill left unsure only within a digest, never as a new alarm', async () => {
  put('unsure', 'done', 'telling');
  put('fresh', 'failed');
  await teller().tell();
  expect(shown).toEqual(['digest 1 1']);
  expect(outbox.every(({ state }) => state === 'told')).toBe(true);
});

it('gathers many into one digest: a wake must not bring a storm', async () => {
  for (const id of ['1', '2', '3', '4']) put(id, id === '4' ? 'failed' : 'done');
  await teller().tell();
  expect(shown).toEqual(['digest 3 1']);
});

it('does not come back hours later with what no daemon would show', async () => {
  put('one');
  outcome = async () => 'not-shown';
  await teller().tell();
  outcome = async () => 'shown';
  await teller().tell();
  expect(shown).toEqual(['one']);
});

it('keeps quiet about what the user does not want, also after they change their mind', async () => {
  put('one');
  await teller(() => false).tell();
  await teller(() => true).tell();
  expect(shown).toEqual([]);
});

it('says nothing of a clip that ends because its upload was cancelled here', () => {
  const clip: Job = { ...job, kind: 'processing', clipId: 'c1' };
  const gone: Notice = { id: 'n', jobId: clip.id, outcome: 'gone', createdAtMs: 0 };
  const settings = { notifyDone: true, notifyFailed: true, notifyReady: true };
  const upload = { accountId: clip.accountId, clipId: 'c1', state: 'cancelled', remote: null };
  expect(isWanted(gone, clip, settings, [upload as Upload])).toBe(false);
  expect(isWanted(gone, { ...clip, clipId: 'c2' }, settings, [upload as Upload])).toBe(true);
});

describe('what the user wants to be told', () => {
  const all = { notifyDone: true, notifyFailed: true, notifyReady: true };
  const notice = (end: Notice['outcome']) => ({
    id: 'n',
    jobId: job.id,
    outcome: end,
    createdAtMs: 0,
  });

  it('follows the setting of its kind', () => {
    expect(isWanted(notice('done'), job, { ...all, notifyDone: false }, [])).toBe(false);
    expect(isWanted(notice('failed'), job, { ...all, notifyDone: false }, [])).toBe(true);
    expect(isWanted(notice('gone'), job, { ...all, notifyFailed: false }, [])).toBe(false);
    const clip: Job = { ...job, kind: 'processing' };
    expect(isWanted(notice('done'), clip, { ...all, notifyReady: false }, [])).toBe(false);
    expect(isWanted(notice('done'), clip, { ...all, notifyDone: false }, [])).toBe(true);
  });
});
