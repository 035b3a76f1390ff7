import { INSTANTS, type Instant } from './plan';
import type { Completion, Kill, OutboxState, Verdict } from './verdict';

/** A kill that happened: in which round, and of which run of the app. */
export interface KillRecord extends Kill {
  instant: Instant;
  round: number;
  runNumber: number;
}

/** The last line of the output. `twice` counts every repeat, the excused ones too. */
export interface Totals {
  kills: number;
  completions: number;
  toldOnce: number;
  lost: number;
  twice: number;
}

/** What the database knew of completions when the app was killed: how close the kills came. */
export interface Row {
  name: Instant;
  kills: number;
  /** Ended, but not yet known to the database. */
  unknown: number;
  pending: number;
  telling: number;
  told: number;
  /** Notified again because of these kills. */
  again: number;
}

const HEADS = ['kills', 'not known', 'pending', 'telling', 'told', 'notified again'];

const NOTES = [
  'Of the work of the round that had ended when the app was killed, its database',
  '  not known: did not know of the end yet;',
  '  pending:   had the notification in the outbox;',
  '  telling:   had handed it to the daemon, and had no answer stored;',
  '  told:      had the answer stored.',
];

export function lineOf(kills: number, verdict: Verdict): Totals {
  return {
    kills,
    completions: verdict.completions,
    toldOnce: verdict.toldOnce,
    lost: verdict.lost.length,
    twice: verdict.repeats.length,
  };
}

/** Counts, for each way to choose the instant of a kill, what the database knew at that moment. */
export function rowsOf(
  completions: readonly Completion[],
  kills: readonly KillRecord[],
  verdict: Verdict,
): Row[] {
  return INSTANTS.map((name) => {
    const own = kills.filter(({ instant }) => instant === name);
    const states = own.flatMap(({ round, atMs, outbox }) =>
      completions
        .filter((one) => one.round === round && one.endedAtMs <= atMs)
        .map(({ title }) => outbox.get(title)),
    );
    const count = (state: OutboxState | undefined) =>
      states.filter((found) => found === state).length;
    return {
      name,
      kills: own.length,
      unknown: count(undefined),
      pending: count('pending'),
      telling: count('telling'),
      told: count('told'),
      again: verdict.repeats.filter(({ afterRun }) =>
        own.some(({ runNumber }) => runNumber === afterRun),
      ).length,
    };
  });
}

/** The rows as a table for people to read, and below it each repeat with its reason. */
export function tableOf(rows: readonly Row[], verdict: Verdict): string {
  const numbers = ({ kills, unknown, pending, telling, told, again }: Row) => [
    ...[kills, unknown, pending],
    ...[telling, told, again],
  ];
  const sums = rows.map(numbers).reduce((all, row) => all.map((sum, at) => sum + (row[at] ?? 0)));
  const cells = [...rows.map((row) => [row.name, ...numbers(row)]), ['all', ...sums]];
  const width = Math.max(...cells.map(([name]) => String(name).length));
  const lines = [['killed', ...HEADS], ...cells].map(([name = '', ...rest]) =>
    [
      String(name).padEnd(width),
      ...rest.map((cell, at) => String(cell).padStart(HEADS[at]?.length ?? 0)),
    ].join('  '),
  );
  const rule = '─'.repeat(lines[0]?.length ?? 0);
  const repeats = verdict.repeats.map(
    ({ title, excused, why }) =>
      `${excused ? 'notified again' : 'NOTIFIED TWICE'}: ${title}: ${why}`,
  );
  const lost = verdict.lost.map((title) => `LOST: ${title}`);
  return [
    ...[lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), '', ...NOTES],
    ...(repeats.length + lost.length > 0 ? ['', ...lost, ...repeats] : []),
  ].join('\n');
}
