import { readFileSync, writeFileSync } from 'node:fs';
import type { Job, Taken } from './job';

/** Linux counts in hundredths of a second, whatever the length of its own tick. */
const CLOCK_TICK_MS = 10;
const IDLE_MS = 1_500;

/**
 * Runs one upload in this process and prints what it cost. `prepare` does what an app has done long
 * before a file is dropped on it, and returns the upload itself; only that is measured.
 */
export async function measureUpload(
  prepare: (job: Job) => Promise<() => Promise<void>>,
  counted: 'own memory' | 'child processes' = 'own memory',
): Promise<void> {
  const job = JSON.parse(process.argv[2] ?? '') as Job;
  const upload = await prepare(job);
  // Between its start and a dropped file an app is idle, and V8 compiles in the background.
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const own = counted === 'own memory';
  resetPeak();
  const idleBytes = process.memoryUsage.rss();
  const startedMs = performance.now();
  const before = own ? process.cpuUsage() : undefined;
  await upload();
  const elapsedMs = performance.now() - startedMs;
  const cpu = process.cpuUsage(before);
  const taken: Taken = {
    elapsedMs,
    cpuMs: own ? (cpu.user + cpu.system) / 1000 : childrenCpuMs(),
    memoryBytes: own ? process.resourceUsage().maxRSS * 1024 - idleBytes : null,
  };
  console.log(JSON.stringify(taken));
  process.exit(0);
}

/**
 * Resets the peak. On systems other than Linux the peak includes the start, so it may be too high.
 */
function resetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/** CPU time of child processes that have ended; 0 on systems other than Linux. */
function childrenCpuMs(): number {
  if (process.platform !== 'linux') return 0;
  // Fields 16 and 17, counted from behind the name, which may contain spaces: man 5 proc.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) * CLOCK_TICK_MS;
}
