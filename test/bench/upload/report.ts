import type { Taken } from './job';

export const clientNames = ['engine', 'curl', 'sequential', 'lib-storage'] as const;
export type ClientName = (typeof clientNames)[number];
export type LinkName = 'loopback' | 'shaped';

/** One upload by one client. The uploads of one round are compared with each other. */
export interface Run extends Taken {
  link: LinkName;
  sizeBytes: number;
  round: number;
  client: ClientName;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const columns = ['link', 'file', 'client', 'MiB/s', 'engine is', 'memory MiB', 'CPU s/GiB'];

/** The table, and below it the figures as one line of JSON. */
export function report(runs: Run[]): string {
  const rows = [columns];
  for (const link of ['loopback', 'shaped'] as const) {
    const sizes = new Set(runs.filter((run) => run.link === link).map((run) => run.sizeBytes));
    for (const sizeBytes of sizes) {
      for (const client of clientNames) rows.push(rowOf(runs, link, sizeBytes, client));
    }
  }
  return `${table(rows)}\n\n${JSON.stringify(summary(runs))}`;
}

function rowOf(all: Run[], link: LinkName, sizeBytes: number, client: ClientName): string[] {
  const here = all.filter((run) => run.link === link && run.sizeBytes === sizeBytes);
  const runs = here.filter((run) => run.client === client);
  const memoryBytes = Math.max(...runs.map((run) => run.memoryBytes ?? -1));
  return [
    link,
    sizeBytes < GIB ? `${sizeBytes / MIB} MiB` : `${sizeBytes / GIB} GiB`,
    client,
    figure(median(runs.map((run) => run.sizeBytes / MIB / (run.elapsedMs / 1000)))),
    client === 'engine' ? '' : `${figure(median(ratios(here, client)), 2)}×`,
    memoryBytes < 0 ? '' : figure(memoryBytes / MIB),
    figure(median(runs.map(cpuSecondsPerGib)), 2),
  ];
}

/** How many times as fast as this client the engine was, in every round of every size. */
function ratios(runs: Run[], client: ClientName): number[] {
  return runs
    .filter((run) => run.client === 'engine')
    .flatMap((engine) =>
      runs
        .filter(
          (run) =>
            run.client === client &&
            run.link === engine.link &&
            run.sizeBytes === engine.sizeBytes &&
            run.round === engine.round,
        )
        .map((run) => run.elapsedMs / engine.elapsedMs),
    );
}

function summary(runs: Run[]) {
  const of = (link: LinkName) => {
    const here = runs.filter((run) => run.link === link);
    const sizes = [...new Set(here.map((run) => run.sizeBytes))];
    // Every size counts the same, however often it was measured.
    const against = (client: ClientName) =>
      rounded(
        median(
          sizes
            .map((sizeBytes) => here.filter((run) => run.sizeBytes === sizeBytes))
            .map((ofSize) => median(ratios(ofSize, client)) ?? Number.NaN),
        ),
      );
    return {
      vsCurl: against('curl'),
      vsSequential: against('sequential'),
      vsLibStorage: against('lib-storage'),
    };
  };
  const engine = runs.filter((run) => run.client === 'engine');
  return {
    shaped: of('shaped'),
    loopback: of('loopback'),
    memoryMiB: rounded(Math.max(...engine.map((run) => (run.memoryBytes ?? 0) / MIB))),
    cpuSecondsPerGiB: rounded(
      median(engine.filter((run) => run.link === 'loopback').map(cpuSecondsPerGib)),
    ),
  };
}

function cpuSecondsPerGib(run: Run): number {
  return run.cpuMs / 1000 / (run.sizeBytes / GIB);
}

/** Null when there are no values. */
function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function figure(value: number | null, digits = 0): string {
  return value === null ? '' : value.toFixed(digits);
}

/** A Markdown table whose columns line up. */
function table(rows: string[][]): string {
  const widths = columns.map((_name, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]): string =>
    `| ${row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column < 3 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [head = [], ...rest] = rows;
  return [line(head), rule, ...rest.map(line)].join('\n');
}
