import { ticksPerSecond } from './processes';
import { type ProgramName, programNames } from './programs';

/** A program left alone in the tray for a while. */
export interface Rest {
  program: ProgramName;
  /** At the end of the while. */
  pssBytes: number;
  processes: number;
  /** Clock ticks that its processes used, in user and system time. */
  ticks: number;
  elapsedMs: number;
  /** What it asked the services. */
  requests: number;
}

/** From the start of the process until the tray icon was there, in milliseconds, for each start. */
export type Times = Record<ProgramName, number[]>;

export const MIB = 1024 ** 2;

const COLUMNS = [
  'program',
  'starts',
  'tray ready ms',
  'rests',
  'processes',
  'PSS MiB',
  'ticks',
  'in s',
  'CPU %',
  'requests/min',
];

/** The table, and below it the app's figures as multiples of the empty one's, as one line of JSON. */
export function report(times: Times, rests: Rest[]): string {
  const of = (program: ProgramName) => rests.filter((rest) => rest.program === program);
  const rows = programNames.map((program) => rowOf(program, times[program], of(program)));
  const ratio = (figure: (program: ProgramName) => number) =>
    Number((figure('app') / figure('empty')).toFixed(2));
  const emptyTicks = sum(of('empty').map((rest) => rest.ticks));
  const coarse = `The empty app used ${emptyTicks} clock ticks: too few to compare with. Measure longer.`;
  return [
    table([COLUMNS, ...rows]),
    ...(emptyTicks < FEW_TICKS ? [coarse] : []),
    '',
    JSON.stringify({
      pss: ratio((program) => median(of(program).map((rest) => rest.pssBytes))),
      tray: ratio((program) => median(times[program])),
      cpu: emptyTicks === 0 ? null : ratio((program) => cpuPercent(of(program))),
    }),
  ].join('\n');
}

/** With fewer, a tick that falls to one side or the other decides the ratio. */
const FEW_TICKS = 10;

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
    String(sum(rests.map((rest) => rest.ticks))),
    (elapsedMs / 1000).toFixed(0),
    cpuPercent(rests).toFixed(3),
    ((requests / elapsedMs) * 60_000).toFixed(1),
  ];
}

/** Of one core, over all rests together: one alone has too few ticks. */
function cpuPercent(rests: Rest[]): number {
  const usedSeconds = sum(rests.map((rest) => rest.ticks)) / ticksPerSecond;
  return (usedSeconds / (sum(rests.map((rest) => rest.elapsedMs)) / 1000)) * 100;
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
