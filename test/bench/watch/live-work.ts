import type { Simulator } from '../../simulator/client';

/** Longer than any benchmark: this work does not end. */
const ENDLESS_MS = 30 * 24 * 60 * 60_000;
/** One in ten pieces of work ends within ten minutes, at any moment of them. */
const ENDING_EVERY = 10;
const ENDING_WITHIN_MS = 10 * 60_000;

/** How long the `index`-th piece of work takes. */
function durationMs(index: number): number | { minMs: number; maxMs: number } {
  return index % ENDING_EVERY === 0 ? { minMs: 0, maxMs: ENDING_WITHIN_MS } : ENDLESS_MS;
}

/** Ready clips to be rendered: to be made before the account is watched. */
export async function makeReadyClips(simulator: Simulator, count: number): Promise<string[]> {
  const clips = await simulator.createClips({ count, status: 'ready' });
  return clips.map(({ id }) => id);
}

/** One render of each clip, as if somebody had requested it elsewhere. */
export async function startRenders(
  simulator: Simulator,
  clipIds: readonly string[],
): Promise<void> {
  for (const [index, clipId] of clipIds.entries()) {
    const plan = { queuedMs: 0, renderMs: durationMs(index) };
    await simulator.createRender({ clipId, plan });
    // Only the list of clips shows that something happened to this one.
    await simulator.editClip(clipId);
  }
}

/** Executions, and clips in processing. */
export async function startWork(
  simulator: Simulator,
  counts: { executions: number; clips: number },
): Promise<void> {
  for (let index = 0; index < counts.executions; index += 1) {
    const plan = { pendingMs: 0, runningMs: durationMs(index) };
    await simulator.createExecutions({ plan });
  }
  for (let index = 0; index < counts.clips; index += 1) {
    await simulator.createClips({ plan: { processingMs: durationMs(index) } });
  }
}
