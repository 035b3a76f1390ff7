// npm run faults -- watching: kills the app around completions, and checks what was notified.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../../../scripts/lib/run.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { addAccounts, setStage } from '../../desktop/stage';
import { seededRandom } from '../../simulator/random';
import { type Options, parseOptions, usage } from './options';
import { planRound } from './plan';
import { lineOf, rowsOf, tableOf } from './table';
import { Trial } from './trial';

const RESULTS = join(import.meta.dirname, '../../../test-results/faults/watching');
/** How many kills may lead to a repeat: they hit a gap that can be kept short but not be closed. */
const MAX_EXCUSED = 2;
/** How many kills a progress line is printed after. */
const KILLS_PER_PROGRESS_LINE = 25;

async function main({ kills, seed }: Options): Promise<number> {
  const startedMs = performance.now();
  console.log(`Watching faults, ${kills} kills, seed ${seed}`);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const scratch = makeTemporaryFolder();
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const random = seededRandom(seed);
  const stage = await setStage(join(RESULTS, 'app.log'));
  try {
    const trial = new Trial(stage, scratch, random);
    await trial.makeClips();
    await addAccounts(stage);
    for (let reported = 0; trial.kills.length < kills; ) {
      await trial.play(planRound(random, kills - trial.kills.length));
      if (trial.kills.length < reported + KILLS_PER_PROGRESS_LINE) continue;
      reported = trial.kills.length;
      console.log(`${reported} kills, ${trial.completions.length} completions`);
    }
    await trial.finish();
    const { verdict } = trial;
    const line = lineOf(trial.kills.length, verdict);
    const bad = verdict.repeats.filter(({ excused }) => !excused);
    const unlucky = new Set(verdict.repeats.map(({ afterRun }) => afterRun));
    const passed =
      verdict.lost.length + bad.length + trial.problems.length === 0 && unlucky.size <= MAX_EXCUSED;
    if (verdict.repeats.length + verdict.lost.length + trial.problems.length > 0) {
      saveEvidence(trial, stage.dataFolder);
    }
    const tookS = Math.round((performance.now() - startedMs) / 1000);
    console.log(`\n${tableOf(rowsOf(trial.completions, trial.kills, verdict), verdict)}\n`);
    for (const problem of trial.problems) console.log(`PROBLEM: ${problem}`);
    console.log(`${tookS} s, seed ${seed}`);
    writeFileSync(join(RESULTS, 'result.json'), JSON.stringify(line));
    console.log(JSON.stringify(line));
    return passed ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

/** Saves what shows how it happened: each run's notifications, the app's log, the databases. */
function saveEvidence(trial: Trial, dataFolder: string): void {
  const { runs, verdict } = trial;
  const readable = runs.map(({ kill, ...runNumber }) => ({
    ...runNumber,
    kill: kill && { ...kill, outbox: Object.fromEntries(kill.outbox) },
  }));
  const evidence = { verdict, completions: trial.completions, runs: readable };
  writeFileSync(join(RESULTS, 'evidence.json'), JSON.stringify(evidence, null, 2));
  cpSync(join(dataFolder, 'logs'), join(RESULTS, 'logs'), { recursive: true });
  const rounds = new Set([
    ...verdict.repeats.map(({ round }) => round),
    ...trial.completions.flatMap(({ title, round }) => (verdict.lost.includes(title) ? round : [])),
  ]);
  for (const { round, runNumber } of trial.kills) {
    if (rounds.has(round)) {
      cpSync(trial.databaseAfter(runNumber), join(RESULTS, `database-after-${runNumber}`), {
        recursive: true,
      });
    }
  }
}

await runMain(usage, (args) => main(parseOptions(args)));
// Not `exitCode` alone: whatever a killed app left open must not keep this process alive.
process.exit();
