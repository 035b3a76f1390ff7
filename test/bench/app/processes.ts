import { readdirSync, readFileSync } from 'node:fs';

/** What the processes of a program hold in memory and have used of the CPU. */
export interface Usage {
  processes: number;
  /**
   * Proportional set size: a page that several processes share is split between them, so the sum is
   * right.
   */
  pssBytes: number;
  /** CPU time of each of its threads since it began, in milliseconds; by process and thread. */
  threadsMs: Map<string, number>;
}

/** Measures a process and all its descendants. Throws when it has ended. */
export function usageOf(pid: number): Usage {
  const all = lookUpAll();
  const root = all.get(pid);
  if (!root) throw new Error(`process ${pid} has ended`);
  const own = [...all.values()].filter((one) => descends(one, pid, all) || one.session === pid);
  return {
    processes: own.length,
    pssBytes: own.reduce((sum, one) => sum + pssBytes(one.pid), 0),
    threadsMs: new Map(own.flatMap((one) => threadsMs(one.pid))),
  };
}

/**
 * CPU time used between two readings, in milliseconds. A thread that has ended in between is left
 * out.
 */
export function cpuMsBetween(before: Usage, after: Usage): number {
  let usedMs = 0;
  for (const [thread, ranMs] of after.threadsMs)
    usedMs += ranMs - (before.threadsMs.get(thread) ?? 0);
  return usedMs;
}

interface Process {
  pid: number;
  parent: number;
  session: number;
}

function lookUpAll(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    if (stat === null) continue;
    // The name comes second, in brackets, and may itself hold spaces and brackets: proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(fields[number - 3]);
    const pid = Number(name);
    all.set(pid, { pid, parent: field(4), session: field(6) });
  }
  return all;
}

function descends(process: Process, ancestor: number, all: Map<number, Process>): boolean {
  for (let one: Process | undefined = process; one; one = all.get(one.parent)) {
    if (one.pid === ancestor) return true;
  }
  return false;
}

function pssBytes(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
  return Number(kibibytes ?? 0) * 1024;
}

/**
 * From the scheduler, in nanoseconds. The ticks in `stat` often go to whoever runs when the clock
 * ticks, which misses nearly everything that a program does which runs for a millisecond now and
 * then. https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
function threadsMs(pid: number): [thread: string, ranMs: number][] {
  const folder = `/proc/${pid}/task`;
  return list(folder).map((thread) => {
    const ranNs = read(`${folder}/${thread}/schedstat`)?.split(' ')[0];
    return [`${pid}/${thread}`, Number(ranNs ?? 0) / 1e6];
  });
}

/** The names in a folder of /proc; none when its process has ended in the meantime. */
function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** A file of /proc, or null when its process has ended in the meantime. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
