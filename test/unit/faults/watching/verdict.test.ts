import { describe, expect, test } from 'vitest';
import {
  type Completion,
  judge,
  type Kill,
  type Life,
  type OutboxState,
  type Told,
} from '../../../faults/watching/verdict';

const ENDED_MS = 100;
const KILL_MS = 1_000;

const ended = (...titles: string[]): Completion[] =>
  titles.map((title) => ({ title, round: 1, endedAtMs: ENDED_MS }));
const single = (title: string, atMs = 500): Told => ({ kind: 'single', title, atMs });
const digest = (count: number, atMs = 500): Told => ({ kind: 'digest', count, atMs });
const killed = (outbox: Record<string, OutboxState>): Kill => ({
  name: 'while it tells',
  atMs: KILL_MS,
  outbox: new Map(Object.entries(outbox)),
});

/** Runs of the app in order; the last one is left alone. */
const runs = (...lives: { told: Told[]; kill?: Kill }[]): Life[] =>
  lives.map(({ told, kill = null }, index) => ({ number: index + 1, told, kill }));

describe('a completion is lost', () => {
  test('when nothing on D-Bus was about it', () => {
    const verdict = judge(ended('a', 'b'), runs({ told: [single('a')] }));
    expect(verdict).toMatchObject({ completions: 2, toldOnce: 1, lost: ['b'], repeats: [] });
  });

  test('when a digest names fewer than there were to tell', () => {
    const lives = runs(
      { told: [], kill: killed({ a: 'pending', b: 'pending' }) },
      { told: [digest(1)] },
    );
    expect(judge(ended('a', 'b'), lives).lost).toHaveLength(1);
  });

  test('when the database says that it was told, and D-Bus never heard of it', () => {
    const lives = runs({ told: [], kill: killed({ a: 'told' }) }, { told: [] });
    expect(judge(ended('a'), lives).lost).toEqual(['a']);
  });

  test('when it ended only after the digest that could have named it', () => {
    const late = { title: 'late', round: 1, endedAtMs: 900 };
    const verdict = judge([...ended('a'), late], runs({ told: [digest(2)] }));
    expect(verdict.lost).toEqual(['late']);
    expect(verdict.repeats).toMatchObject([{ excused: false }]);
  });
});

describe('a completion was told once', () => {
  test('by itself, or as one of a digest', () => {
    const verdict = judge(ended('a', 'b', 'c'), runs({ told: [single('a'), digest(2)] }));
    expect(verdict).toMatchObject({ toldOnce: 3, lost: [], repeats: [] });
  });

  test('when a kill before the daemon’s answer left it to the next run', () => {
    const lives = runs({ told: [], kill: killed({ a: 'telling' }) }, { told: [digest(1)] });
    expect(judge(ended('a'), lives)).toMatchObject({ toldOnce: 1, lost: [], repeats: [] });
  });

  test('when it was told and another one was not, though the kill hit both', () => {
    const lives = runs(
      { told: [single('a')], kill: killed({ a: 'told', b: 'pending' }) },
      { told: [digest(1)] },
    );
    expect(judge(ended('a', 'b'), lives)).toMatchObject({ toldOnce: 2, lost: [], repeats: [] });
  });

  test('when it was not yet known to have ended as the digest of older ones was shown', () => {
    const lives = runs(
      { told: [single('a')], kill: killed({ a: 'telling' }) },
      { told: [digest(1, 2_000), single('b', 2_500)] },
    );
    const verdict = judge(ended('a', 'b'), lives);
    expect(verdict).toMatchObject({ toldOnce: 1, lost: [] });
    expect(verdict.repeats).toMatchObject([{ title: 'a', excused: true }]);
  });
});

describe('a completion was told again', () => {
  test('with an excuse: in a digest, when the kill fell between answer and commit', () => {
    const lives = runs(
      { told: [single('a', KILL_MS - 3)], kill: killed({ a: 'telling' }) },
      { told: [digest(1, 2_000)] },
    );
    const { repeats, toldOnce, lost } = judge(ended('a'), lives);
    expect({ toldOnce, lost }).toEqual({ toldOnce: 0, lost: [] });
    expect(repeats).toMatchObject([{ title: 'a', excused: true, afterRun: 1 }]);
    expect(repeats[0]?.why).toContain('killed 3 ms after the daemon had it');
  });

  test('with an excuse: a whole digest that nobody knows to have been shown', () => {
    const state = { a: 'telling', b: 'telling' } as const;
    const lives = runs({ told: [digest(2)], kill: killed(state) }, { told: [digest(2, 2_000)] });
    const { repeats } = judge(ended('a', 'b'), lives);
    expect(repeats.map(({ title, excused }) => [title, excused])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('with an excuse: also when the next run was killed before its digest', () => {
    const lives = runs(
      { told: [single('a', KILL_MS - 3)], kill: killed({ a: 'telling' }) },
      { told: [], kill: killed({ a: 'telling' }) },
      { told: [digest(1, 3_000)] },
    );
    expect(judge(ended('a'), lives).repeats).toMatchObject([{ excused: true, afterRun: 1 }]);
  });

  test('without one: as an alarm of its own, also after such a kill', () => {
    const lives = runs(
      { told: [single('a')], kill: killed({ a: 'telling' }) },
      { told: [single('a', 2_000)] },
    );
    expect(judge(ended('a'), lives).repeats).toMatchObject([{ title: 'a', excused: false }]);
  });

  test('without one: in a digest, although its answer was committed', () => {
    const lives = runs(
      { told: [single('a')], kill: killed({ a: 'told' }) },
      { told: [digest(1, 2_000)] },
    );
    expect(judge(ended('a'), lives).repeats).toMatchObject([{ title: '?', excused: false }]);
  });

  test('without one: twice in the same run', () => {
    const lives = runs({ told: [single('a'), single('a')] });
    expect(judge(ended('a'), lives).repeats).toMatchObject([{ title: 'a', excused: false }]);
  });
});
