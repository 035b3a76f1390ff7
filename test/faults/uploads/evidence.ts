import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from './trial';
import type { Evidence, ObjectRecord } from './verdict';

/** Collects what the simulator and the database hold when a trial is over. */
export async function collectEvidence(trial: Trial): Promise<Evidence> {
  const { simulator } = trial;
  const clips = new Map((await simulator.clips()).map((clip) => [clip.id, clip]));
  const objects: ObjectRecord[] = [];
  for (const { uploadId, clipId, state, sizeBytes } of await simulator.objects()) {
    const fileName = clips.get(clipId)?.fileName ?? '';
    const hash = state === 'completed' ? await simulator.objectHash(clipId) : null;
    objects.push({ uploadId, clipId, fileName, state, sizeBytes, sha256Hex: hash?.sha256 ?? null });
  }
  return {
    files: trial.files,
    runs: trial.runs.map(({ run, ending, snapshot }) => ({
      number: run.number,
      killed: ending === 'killed',
      messages: run.messages,
      snapshot,
    })),
    requests: await trial.requests(),
    objects,
  };
}

/** Saves everything that shows how a trial failed, except for large files. */
export async function saveEvidence(trial: Trial, folder: string, problems: string[]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const keep = (name: string, content: unknown) =>
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  keep('problems.txt', `${problems.join('\n')}\n`);
  for (const { run } of trial.runs) {
    keep(`uploader-${run.number}.log`, `${run.output.join('\n')}\n`);
  }
  for (const name of readdirSync(trial.folder)) {
    if (!name.startsWith('database-after-')) continue;
    mkdirSync(join(folder, name));
    for (const file of readdirSync(join(trial.folder, name))) {
      copyFileSync(join(trial.folder, name, file), join(folder, name, file));
    }
  }
  keep('requests.json', await trial.requests());
  keep('faults.json', await trial.simulator.faults());
  keep('objects.json', await trial.simulator.objects());
}
