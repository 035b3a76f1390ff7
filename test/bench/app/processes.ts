import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What the processes of a program hold and have used. */
export interface Usage {
  processes: number;
  /** Proportional set size: a page that several processes share counts in parts, so the sum is true. */
  pssBytes: number;
  /** User and system time since each process began, in clock ticks. */
  cpuTicks: number;
}

/** Clock ticks in a second, 100 on nearly all machines. */
export const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Reads what a process and all that descend from it hold and use. Throws when it has ended. */
export function usageOf(pid: number): Usage {
  const all = readAll();
  const root = all.get(pid);
  if (!root) throw new Error(`process ${pid} has ended`);
  const own = [...all.values()].filter((one) => descends(one, pid, all) || one.session === pid);
  return {
    processes: own.length,
    pssBytes: own.reduce((sum, one) => sum + pssBytes(one.pid), 0),
    cpuTicks: own.reduce((sum, one) => sum + one.cpuTicks, 0),
  };
}

interface Process {
  pid: number;
  parent: number;
  session: number;
  cpuTicks: number;
}

function readAll(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    if (stat === null) continue;
    // The name comes second, in brackets, and may itself hold spaces and brackets: proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(fields[number - 3]);
    const pid = Number(name);
    const cpuTicks = field(14) + field(15);
    all.set(pid, { pid, parent: field(4), session: field(6), cpuTicks });
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

/** A file of /proc, or null when its process has ended meanwhile. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
