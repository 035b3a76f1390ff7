import { describe, expect, test } from 'vitest';
import {
  type AppRun,
  type Completion,
  judge,
  type Kill,
  type OutboxState,
  type SeenNotification,
} from '../../../faults/watching/verdict';

const ENDED_MS = 100;
const KILL_MS = 1_000;

const ended = (...titles: string[]): Completion[] =>
  titles.map((title) => ({ title, round: 1, endedAtMs: ENDED_MS }));
const single = (title: string, atMs = 500): SeenNotification => ({ kind: 'single', title, atMs });
const digest = (count: number, atMs = 500): SeenNotification => ({ kind: 'digest', count, atMs });
const killed = (outbox: Record<string, OutboxState>): Kill => ({
  name: 'while it notifies',
  atMs: KILL_MS,
  outbox: new Map(Object.entries(outbox)),
});

/** Runs of the app in order; the last one is left alone. */
const appRuns = (...runs: { notifications: SeenNotification[]; kill?: Kill }[]): AppRun[] =>
  runs.map(({ notifications, kill = null }, index) => ({ number: index + 1, notifications, kill }));

describe('a completion is lost', () => {
  test('when nothing on D-Bus was about it', () => {
    const verdict = judge(ended('a', 'b'), appRuns({ notifications: [single('a')] }));
    expect(verdict).toMatchObject({ completions: 2, toldOnce: 1, lost: ['b'], repeats: [] });
  });

  test('when a digest counts fewer than there were to notify', () => {
    const runs = appRuns(
      { notifications: [], kill: killed({ a: 'pending', b: 'pending' }) },
      { notifications: [digest(1)] },
    );
    expect(judge(ended('a', 'b'), runs).lost).toHaveLength(1);
  });

  test('when the database says `told`, and D-Bus never heard of it', () => {
    const runs = appRuns({ notifications: [], kill: killed({ a: 'told' }) }, { notifications: [] });
    expect(judge(ended('a'), runs).lost).toEqual(['a']);
  });

  test('when it ended only after the digest that could have named it', () => {
    const late = { title: 'late', round: 1, endedAtMs: 900 };
    const verdict = judge([...ended('a'), late], appRuns({ notifications: [digest(2)] }));
    expect(verdict.lost).toEqual(['late']);
    expect(verdict.repeats).toMatchObject([{ excused: false }]);
  });
});

describe('a completion was notified once', () => {
  test('by itself, or as one of a digest', () => {
    const verdict = judge(
      ended('a', 'b', 'c'),
      appRuns({ notifications: [single('a'), digest(2)] }),
    );
    expect(verdict).toMatchObject({ toldOnce: 3, lost: [], repeats: [] });
  });

  test('when a kill before the daemon’s answer left it to the next run', () => {
    const runs = appRuns(
      { notifications: [], kill: killed({ a: 'telling' }) },
      { notifications: [digest(1)] },
    );
    expect(judge(ended('a'), runs)).toMatchObject({ toldOnce: 1, lost: [], repeats: [] });
  });

  test('when it was notified and another one was not, though the kill hit both', () => {
    const runs = appRuns(
      { notifications: [single('a')], kill: killed({ a: 'told', b: 'pending' }) },
      { notifications: [digest(1)] },
    );
    expect(judge(ended('a', 'b'), runs)).toMatchObject({ toldOnce: 2, lost: [], repeats: [] });
  });

  test('when it was not yet known to have ended when the digest of older ones was shown', () => {
    const runs = appRuns(
      { notifications: [single('a')], kill: killed({ a: 'telling' }) },
      { notifications: [digest(1, 2_000), single('b', 2_500)] },
    );
    const verdict = judge(ended('a', 'b'), runs);
    expect(verdict).toMatchObject({ toldOnce: 1, lost: [] });
    expect(verdict.repeats).toMatchObject([{ title: 'a', excused: true }]);
  });
});

describe('a completion was notified again', () => {
  test('with an excuse: in a digest, when the kill fell between answer and commit', () => {
    const runs = appRuns(
      { notifications: [single('a', KILL_MS - 3)], kill: killed({ a: 'telling' }) },
      { notifications: [digest(1, 2_000)] },
    );
    const { repeats, toldOnce, lost } = judge(ended('a'), runs);
    expect({ toldOnce, lost }).toEqual({ toldOnce: 0, lost: [] });
    expect(repeats).toMatchObject([{ title: 'a', excused: true, afterRun: 1 }]);
    expect(repeats[0]?.why).toContain('killed 3 ms after the daemon had it');
  });

  test('with an excuse: a whole digest that nobody knows to have been shown', () => {
    const state = { a: 'telling', b: 'telling' } as const;
    const runs = appRuns(
      { notifications: [digest(2)], kill: killed(state) },
      { notifications: [digest(2, 2_000)] },
    );
    const { repeats } = judge(ended('a', 'b'), runs);
    expect(repeats.map(({ title, excused }) => [title, excused])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('with an excuse: also when the next run was killed before its digest', () => {
    const runs = appRuns(
      { notifications: [single('a', KILL_MS - 3)], kill: killed({ a: 'telling' }) },
      { notifications: [], kill: killed({ a: 'telling' }) },
      { notifications: [digest(1, 3_000)] },
    );
    expect(judge(ended('a'), runs).repeats).toMatchObject([{ excused: true, afterRun: 1 }]);
  });

  test('without one: as a notification of its own, also after such a kill', () => {
    const runs = appRuns(
      { notifications: [single('a')], kill: killed({ a: 'telling' }) },
      { notifications: [single('a', 2_000)] },
    );
    expect(judge(ended('a'), runs).repeats).toMatchObject([{ title: 'a', excused: false }]);
  });

  test('without one: in a digest, although its answer was committed', () => {
    const runs = appRuns(
      { notifications: [single('a')], kill: killed({ a: 'told' }) },
      { notifications: [digest(1, 2_000)] },
    );
    expect(judge(ended('a'), runs).repeats).toMatchObject([{ title: '?', excused: false }]);
  });

  test('without one: twice in the same run', () => {
    const runs = appRuns({ notifications: [single('a'), single('a')] });
    expect(judge(ended('a'), runs).repeats).toMatchObject([{ title: 'a', excused: false }]);
  });
});
