import { mkdirSync, rmSync } from 'node:fs';
import { seededRandom } from '../../simulator/random';
import { collectEvidence, saveEvidence } from './evidence';
import type { Play } from './row';
import type { RowResult } from './table';
import { type Lane, Trial } from './trial';
import { judge } from './verdict';

/** One trial of a row, with the seed of its random numbers. */
export interface Task {
  row: string;
  index: number;
  play: Play;
  waits: boolean;
  seed: number;
}

/** A seed for each trial, derived from that of the run, so that trials are independent. */
export function seedOf(runSeed: number, row: string, index: number): number {
  let seed = runSeed;
  for (const char of `${row} ${index}`)
    seed = Math.imul(seed ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return seed >>> 0;
}

export type Outcome = Omit<RowResult, 'name'> & { problems: string[] };

/** Plays a trial to its end and judges it. Evidence of a failure is saved in `evidenceFolder`. */
export async function playTask(
  task: Task,
  lane: Lane,
  folder: string,
  evidenceFolder: string,
): Promise<Outcome> {
  mkdirSync(folder, { recursive: true });
  const trial = new Trial(lane, folder, seededRandom(task.seed));
  try {
    await trial.begin();
    try {
      await task.play(trial);
    } catch (error) {
      trial.complaints.push(error instanceof Error ? error.message : String(error));
    }
    trial.end();
    const { problems: lost, ...counts } = judge(await collectEvidence(trial));
    const struck = await trial.injected();
    const problems = [...trial.complaints, ...lost];
    if (struck === 0) problems.push('the fault never struck');
    if (problems.length > 0) await saveEvidence(trial, evidenceFolder, problems);
    // A trial that went wrong counts, even if that was before its fault.
    const injected = Math.max(1, struck);
    return { ...counts, injected, survived: problems.length === 0 ? struck : 0, problems };
  } finally {
    trial.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
