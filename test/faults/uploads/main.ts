// npm run faults -- uploads: breaks uploads in every known way, and checks the result.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../../../scripts/lib/run.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { startSimulator } from '../../simulator/client';
import { killRows } from './kill-rows';
import { machineRows } from './machine-rows';
import { type Options, parseOptions, usage } from './options';
import { playTask, seedOf, type Task } from './play';
import { buildProgram } from './program';
import { retryAfterRows } from './retry-after-rows';
import type { Row } from './row';
import { type RowResult, tableOf, totals } from './table';
import type { Lane } from './trial';
import { Videos } from './videos';
import { wireRows } from './wire-rows';

/**
 * One lane for each uploader that runs at the same time: as many as a small machine can run without
 * one slowing the other. The trials that mostly wait have a lane of their own.
 */
const LANES: { waits: boolean }[] = [{ waits: true }, { waits: false }, { waits: false }];
const MAX_SHOWN_PROBLEMS = 4;
/** How many trials a progress line is printed after. */
const TRIALS_PER_PROGRESS_LINE = 50;
const RESULTS = join(import.meta.dirname, '../../../test-results/faults/uploads');

async function main(options: Options): Promise<number> {
  const { quick, seed } = options;
  const startedMs = performance.now();
  console.log(`Upload faults, ${quick ? 'short form' : 'in full'}, seed ${seed}`);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const rows = chosenRows(options);
  const tasks = tasksOf(rows, options);
  const scratch = makeTemporaryFolder();
  const clean = () => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', clean);
  const videos = new Videos(scratch);
  const building = buildProgram(join(RESULTS, 'program'));
  const results = new Map(rows.map(({ name }) => [name, emptyResult(name)]));
  let played = 0;
  const work = async ({ waits }: { waits: boolean }): Promise<void> => {
    const simulator = await startSimulator({ clock: 'real' });
    try {
      const program = await building;
      for (let task = take(tasks, waits); task; task = take(tasks, waits)) {
        const result = results.get(task.row);
        const lane: Lane = { simulator, program, videos };
        if (result) await playAndCount(task, lane, scratch, result, options);
        played += 1;
        if (played % TRIALS_PER_PROGRESS_LINE === 0) console.log(`${played} trials`);
      }
    } finally {
      await simulator.stop();
    }
  };
  await Promise.all(LANES.map(work));
  const all = [...results.values()];
  const { unknowable: _apart, ...line } = totals(all);
  const tookS = Math.round((performance.now() - startedMs) / 1000);
  console.log(`\n${tableOf(all)}\n\n${tookS} s, seed ${seed}`);
  writeFileSync(join(RESULTS, 'result.json'), JSON.stringify(line));
  console.log(JSON.stringify(line));
  return line.injected > 0 && line.survived === line.injected ? 0 : 1;
}

/** Takes a task off the list, of this kind if there is one left. */
function take(tasks: Task[], waits: boolean): Task | undefined {
  const index = tasks.findIndex((task) => task.waits === waits);
  return tasks.splice(Math.max(0, index), 1)[0];
}

async function playAndCount(
  task: Task,
  lane: Lane,
  scratch: string,
  result: RowResult,
  { quick, seed }: Options,
): Promise<void> {
  const name = `${task.row.replace(/[^A-Za-z0-9]+/g, '-')}-${task.index}`;
  const evidenceFolder = join(RESULTS, name);
  const { problems, ...counts } = await playTask(task, lane, join(scratch, name), evidenceFolder);
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) result[key] += counts[key];
  if (problems.length === 0) return;
  console.log(`\nNOT SURVIVED: ${task.row}, trial ${task.index}`);
  // The first problem is the cause of the others.
  for (const problem of problems.slice(0, MAX_SHOWN_PROBLEMS)) console.log(`  ${problem}`);
  const again = `--seed=${seed} --only="${task.row}" --trial=${task.index}`;
  console.log(`  again: npm run faults -- uploads ${quick ? '--quick ' : ''}${again}`);
  console.log(`  logs: ${evidenceFolder}`);
}

function chosenRows({ quick, only }: Options): Row[] {
  const rows = [
    ...retryAfterRows(quick),
    ...machineRows(quick),
    ...wireRows(quick),
    ...killRows(quick ? 20 : 200),
  ];
  return rows.filter(({ name }) => name.includes(only));
}

function tasksOf(rows: Row[], { seed, trial }: Options): Task[] {
  return rows.flatMap(({ name, trials, waits = false }) =>
    trials.flatMap((play, index) =>
      trial === null || trial === index
        ? [{ row: name, index, play, waits, seed: seedOf(seed, name, index) }]
        : [],
    ),
  );
}

function emptyResult(name: string): RowResult {
  const none = { injected: 0, survived: 0, partsSentTwice: 0, danglingUploads: 0, unknowable: 0 };
  return { name, ...none };
}

await runMain(usage, (args) => main(parseOptions(args)));
// Not `exitCode` alone: a pipe that a dead uploader left open must not keep this process alive.
process.exit();
