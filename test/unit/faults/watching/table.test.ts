import { expect, test } from 'vitest';
import { INSTANTS } from '../../../faults/watching/plan';
import { lineOf, rowsOf, tableOf } from '../../../faults/watching/table';
import type { OutboxState, Verdict } from '../../../faults/watching/verdict';

const COMPLETIONS = ['a', 'b', 'c'].map((title) => ({ title, round: 1, endedAtMs: 100 }));
const kill = (
  instant: (typeof INSTANTS)[number],
  life: number,
  states: [string, OutboxState][],
) => ({
  ...{ instant, life, round: 1, name: instant, atMs: 500 },
  outbox: new Map(states),
});
const KILLS = [
  kill('while it tells', 1, [
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

test('the last line has the figures of the whole run, every repeat among them', () => {
  expect(lineOf(2, VERDICT)).toEqual({ kills: 2, completions: 3, toldOnce: 1, lost: 1, twice: 1 });
});

test('each sort of kill shows what the database knew, and what was told again after it', () => {
  const rows = rowsOf(COMPLETIONS, KILLS, VERDICT);
  expect(rows.map(({ name }) => name)).toEqual(INSTANTS);
  expect(rows.find(({ name }) => name === 'while it tells')).toMatchObject({
    ...{ kills: 1, unknown: 1, pending: 0, notificationRules: 1, told: 1, again: 1 },
  });
  expect(rows.find(({ name }) => name === 'in the digest')).toMatchObject({
    ...{ kills: 1, unknown: 0, pending: 1, notificationRules: 0, told: 2, again: 0 },
  });
});

test('each row of the table stands under its heads, and every repeat and loss below it', () => {
  const lines = tableOf(rowsOf(COMPLETIONS, KILLS, VERDICT), VERDICT).split('\n');
  for (const name of [...INSTANTS, 'all']) {
    expect(lines.find((line) => line.startsWith(name))?.length).toBe(lines[0]?.length);
  }
  expect(lines).toContain('LOST: c');
  expect(lines).toContain('told again: b: of the kill');
});
