import { expect, test } from 'vitest';
import { INSTANTS } from '../../../faults/watching/plan';
import { lineOf, rowsOf, tableOf } from '../../../faults/watching/table';
import type { OutboxState, Verdict } from '../../../faults/watching/verdict';

const COMPLETIONS = ['a', 'b', 'c'].map((title) => ({ title, round: 1, endedAtMs: 100 }));
const kill = (
  instant: (typeof INSTANTS)[number],
  runNumber: number,
  states: [string, OutboxState][],
) => ({
  ...{ instant, runNumber, round: 1, name: instant, atMs: 500 },
  outbox: new Map(states),
});
const KILLS = [
  kill('while it notifies', 1, [
    ['a', 'told'],
    ['b', 'telling'],
  ]),
  kill('in the digest', 2, [
    ['a', 'told'],
    ['b', 'told'],
    ['c', 'pending'],
  ]),
];
const REPEAT = { title: 'b', round: 1, excused: true, afterRun: 1, why: 'of the kill' };
const VERDICT: Verdict = { completions: 3, toldOnce: 1, lost: ['c'], repeats: [REPEAT] };

test('the last line has the totals, with every repeat', () => {
  expect(lineOf(2, VERDICT)).toEqual({ kills: 2, completions: 3, toldOnce: 1, lost: 1, twice: 1 });
});

test('each kind of kill shows what the database knew, and what was notified again after it', () => {
  const rows = rowsOf(COMPLETIONS, KILLS, VERDICT);
  expect(rows.map(({ name }) => name)).toEqual(INSTANTS);
  expect(rows.find(({ name }) => name === 'while it notifies')).toMatchObject({
    ...{ kills: 1, unknown: 1, pending: 0, telling: 1, told: 1, again: 1 },
  });
  expect(rows.find(({ name }) => name === 'in the digest')).toMatchObject({
    ...{ kills: 1, unknown: 0, pending: 1, telling: 0, told: 2, again: 0 },
  });
});

test('each row lines up with the headings, and every repeat and loss is listed below', () => {
  const lines = tableOf(rowsOf(COMPLETIONS, KILLS, VERDICT), VERDICT).split('\n');
  for (const name of [...INSTANTS, 'all']) {
    expect(lines.find((line) => line.startsWith(name))?.length).toBe(lines[0]?.length);
  }
  expect(lines).toContain('LOST: c');
  expect(lines).toContain('notified again: b: of the kill');
});
