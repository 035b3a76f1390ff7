import { INSTANTS, type Instant } from './plan';
import type { Completion, Kill, OutboxState, Verdict } from './verdict';

/** A kill that struck: in which round, and which run of the app. */
export interface Struck extends Kill {
  instant: Instant;
  round: number;
  life: number;
}

/** The last line of a run. `twice` counts every repeat, the excused ones too. */
export interface ClipLine {
  kills: number;
  completions: number;
  toldOnce: number;
  lost: number;
  twice: number;
}

/** What the database knew of completions when the app was killed: how near the kills came. */
export interface Row {
  name: Instant;
  kills: number;
  /** Ended, and the database did not know it. */
  unknown: number;
  pending: number;
  notificationRules: number;
  told: number;
  /** Told again because of these kills. */
  again: number;
}

const HEADS = ['kills', 'not known', 'pending', 'telling', 'told', 'told again'];

const NOTES = [
  'Of the work of the round that had ended when the app was killed, its database',
  '  not known: had not heard of the end;',
  '  pending:   had the notification to show;',
  '  telling:   could not say whether the daemon had answered;',
  '  told:      had the answer committed.',
];

export function lineOf(kills: number, verdict: Verdict): ClipLine {
  return {
    kills,
    completions: verdict.completions,
    toldOnce: verdict.toldOnce,
    lost: verdict.lost.length,
    twice: verdict.repeats.length,
  };
}

/** Counts, for each way to choose the instant of a kill, what the kills met. */
export function rowsOf(
  completions: readonly Completion[],
  kills: readonly Struck[],
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
      notificationRules: count('telling'),
      told: count('told'),
      again: verdict.repeats.filter(({ afterRun }) => own.some(({ life }) => life === afterRun))
        .length,
    };
  });
}

/** The rows as a table for a person to read, and below it each repeat with its reason. */
export function tableOf(rows: readonly Row[], verdict: Verdict): string {
  const numbers = ({ kills, unknown, pending, notificationRules, told, again }: Row) => [
    ...[kills, unknown, pending],
    ...[notificationRules, told, again],
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
  const told = verdict.repeats.map(
    ({ title, excused, why }) => `${excused ? 'told again' : 'TOLD TWICE'}: ${title}: ${why}`,
  );
  const lost = verdict.lost.map((title) => `LOST: ${title}`);
  return [
    ...[lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), '', ...NOTES],
    ...(told.length + lost.length > 0 ? ['', ...lost, ...told] : []),
  ].join('\n');
}
