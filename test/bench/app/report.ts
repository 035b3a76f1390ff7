import { type ProgramName, programNames } from './programs';

/** What a program cost while it was left alone in the tray. */
export interface Rest {
  program: ProgramName;
  /** At the end of that time. */
  pssBytes: number;
  processes: number;
  /** CPU time of all its threads, in milliseconds. */
  cpuMs: number;
  elapsedMs: number;
  /** How many requests it sent to the services. */
  requests: number;
}

/**
 * From the start of the process until the tray icon was there, in milliseconds; one for each start.
 */
export type Times = Record<ProgramName, number[]>;

export const MIB = 1024 ** 2;

const COLUMNS = [
  'program',
  'starts',
  'tray ready ms',
  'rests',
  'processes',
  'PSS MiB',
  'CPU ms',
  'in s',
  'CPU %',
  'requests/min',
];

/**
 * The table, and below it the app's figures as multiples of the empty app's, as one line of JSON.
 */
export function report(times: Times, rests: Rest[]): string {
  const of = (program: ProgramName) => rests.filter((rest) => rest.program === program);
  const rows = programNames.map((program) => rowOf(program, times[program], of(program)));
  const ratio = (figure: (program: ProgramName) => number) =>
    Number((figure('app') / figure('empty')).toFixed(2));
  return [
    table([COLUMNS, ...rows]),
    '',
    JSON.stringify({
      pss: ratio((program) => median(of(program).map((rest) => rest.pssBytes))),
      tray: ratio((program) => median(times[program])),
      cpu: ratio((program) => cpuPercent(of(program))),
    }),
  ].join('\n');
}

function rowOf(program: ProgramName, times: number[], rests: Rest[]): string[] {
  const elapsedMs = sum(rests.map((rest) => rest.elapsedMs));
  const requests = sum(rests.map((rest) => rest.requests));
  return [
    program,
    String(times.length),
    median(times).toFixed(0),
    String(rests.length),
    median(rests.map((rest) => rest.processes)).toFixed(0),
    (median(rests.map((rest) => rest.pssBytes)) / MIB).toFixed(1),
    sum(rests.map((rest) => rest.cpuMs)).toFixed(1),
    (elapsedMs / 1000).toFixed(0),
    cpuPercent(rests).toFixed(3),
    ((requests / elapsedMs) * 60_000).toFixed(1),
  ];
}

/** Of one core, over all rests together. */
function cpuPercent(rests: Rest[]): number {
  return (sum(rests.map((rest) => rest.cpuMs)) / sum(rests.map((rest) => rest.elapsedMs))) * 100;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN;
  return (low + high) / 2;
}

function table(rows: string[][]): string {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}
