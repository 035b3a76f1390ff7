import { readFileSync } from 'node:fs';

/** Ticks of CPU time per second, as proc(5) counts them: 100 on every Linux that we run on. */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;

/** What one process, without its children, has cost so far. Linux only. */
export interface ProcessCost {
  atMs: number;
  /** User and kernel time since its start. */
  cpuSeconds: number;
  rssMiB: number;
  /** Including its share of shared pages. */
  pssMiB: number;
}

/** Throws when the process is gone. */
export function costOf(pid: number): ProcessCost {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name, in brackets, may contain spaces.
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]);
  return {
    atMs: performance.now(),
    cpuSeconds: (userTicks + systemTicks) / TICKS_PER_SECOND,
    rssMiB: kib('Rss') / KIB_PER_MIB,
    pssMiB: kib('Pss') / KIB_PER_MIB,
  };
}

export interface CostSince {
  /** Of one core, on average. */
  cpuPercent: number;
  /** The median of the last minute (or the last third) divided by that of the first. */
  growthMiB: number;
  pssMiB: number;
  rssMiB: number;
}

const MINUTE_MS = 60_000;

/** Sums up the samples after the warm-up. Throws when there are fewer than two. */
export function costSince(samples: readonly ProcessCost[], warmUntilMs: number): CostSince {
  const warm = samples.filter(({ atMs }) => atMs >= warmUntilMs);
  const [first, last] = [warm[0], warm.at(-1)];
  if (!first || !last || first === last) throw new Error('measured for too short a time');
  const spanMs = last.atMs - first.atMs;
  const partMs = Math.min(MINUTE_MS, spanMs / 3);
  const begin = warm.filter(({ atMs }) => atMs <= first.atMs + partMs);
  const end = warm.filter(({ atMs }) => atMs >= last.atMs - partMs);
  const pss = (part: readonly ProcessCost[]) => median(part.map(({ pssMiB }) => pssMiB));
  return {
    cpuPercent: ((last.cpuSeconds - first.cpuSeconds) / (spanMs / 1000)) * 100,
    growthMiB: pss(end) - pss(begin),
    pssMiB: pss(end),
    rssMiB: median(end.map(({ rssMiB }) => rssMiB)),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
