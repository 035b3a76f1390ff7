import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { allow } from '../../../scripts/lib/run.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { TrayHost } from '../../desktop/tray-host';
import { VirtualDesktop } from '../../desktop/virtual-desktop';
import type { Simulator } from '../../simulator/client';
import { cpuMsBetween, usageOf } from './processes';
import { makePrograms, type ProgramName, programNames } from './programs';
import { MIB, type Rest, report, type Times } from './report';
import { type Stage, startInTray } from './start';
import { setUp, startWork, watchesAll } from './watched';

const HELP = `npm run bench -- app [--quick]

Starts the packaged app in the tray, where it watches 50 jobs, and an empty Electron app that has a tray
icon and nothing else, in turns on the same desktop, and prints what each costs.
It takes about 18 minutes.
  --quick   fewer starts and shorter ones, less than 90 seconds: a glance, which sees few polls`;

interface Course {
  /** How many starts of each program are only timed. */
  starts: number;
  /** How many starts of each program are followed by a rest. */
  rests: number;
  /** From the tray icon to the beginning of the rest, in milliseconds. */
  settleMs: number;
  /**
   * How long the rest lasts in which CPU is counted; memory is read at its end. In milliseconds.
   */
  restMs: number;
}

const FULL: Course = { starts: 20, rests: 5, settleMs: 30_000, restMs: 60_000 };
const QUICK: Course = { starts: 3, rests: 2, settleMs: 3_000, restMs: 9_000 };

/** Compares the app at rest with the least that an Electron app in the tray can cost. */
export async function appBenchmark(options: string[]): Promise<void> {
  if (options.includes('--help')) {
    console.log(HELP);
    return;
  }
  allow('npm run bench -- app', options, ['--quick']);
  const course = options.includes('--quick') ? QUICK : FULL;
  const folder = makeTemporaryFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const programs = await makePrograms(folder);
  const desktop = await VirtualDesktop.start();
  const trayHost = await TrayHost.start(desktop.busAddress);
  const { simulator, env } = await startWork();
  const stage: Stage = { desktop, trayHost, env };
  try {
    await setUp(stage, simulator);
    const times: Times = { app: [], empty: [] };
    // The first start of each program fills the system's caches and is not counted.
    await inTurns(course.starts + 1, async (program, turn) => {
      const started = await startInTray(stage, programs[program]);
      await started.stop();
      if (turn > 0) times[program].push(started.trayMs);
    });
    const rests: Rest[] = [];
    await inTurns(course.rests, async (program, turn) => {
      const rest = await takeRest(stage, simulator, { program, path: programs[program] }, course);
      rests.push(rest);
      console.error(
        `rest ${turn + 1} of ${course.rests}: ${program} ${(rest.pssBytes / MIB).toFixed(1)} MiB, ` +
          `CPU ${rest.cpuMs.toFixed(1)} ms in ${(rest.elapsedMs / 1000).toFixed(0)} s`,
      );
    });
    console.log(report(times, rests));
  } finally {
    trayHost.stop();
    await simulator.stop();
    await desktop.stop();
  }
}

/** Measures each program in turn, starting with the other one each time. */
async function inTurns(
  turns: number,
  take: (program: ProgramName, turn: number) => Promise<void>,
): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const order = turn % 2 === 0 ? programNames : programNames.toReversed();
    for (const program of order) await take(program, turn);
  }
}

async function takeRest(
  stage: Stage,
  simulator: Simulator,
  { program, path }: { program: ProgramName; path: string },
  { settleMs, restMs }: Course,
): Promise<Rest> {
  const started = await startInTray(stage, path);
  try {
    if (program === 'app') await stage.trayHost.waitFor(watchesAll);
    await delay(settleMs);
    await simulator.clearLog();
    const before = usageOf(started.pid);
    const beganAtMs = performance.now();
    await delay(restMs);
    const after = usageOf(started.pid);
    const elapsedMs = performance.now() - beganAtMs;
    const requests = Object.values(await simulator.counters()).reduce((sum, one) => sum + one, 0);
    const cpuMs = cpuMsBetween(before, after);
    const { pssBytes, processes } = after;
    return { program, pssBytes, processes, cpuMs, elapsedMs, requests };
  } finally {
    await started.stop();
  }
}
