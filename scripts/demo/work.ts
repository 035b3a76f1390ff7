import type { Simulator } from '../../test/simulator/client';

const MINUTE_MS = 60_000;
/** Longer than anybody watches: such work stays as it is. */
const endlessMs = 24 * 60 * MINUTE_MS;

/** Executions under way at Clipping, by title. */
export const executionTitles = {
  running: ['City council, 20 November — transcript', 'Interview with Ana Prado — key quotes'],
  waiting: ['Rádio da manhã, segunda hora — resumo'],
  endsWell: 'Weekly market report — summary',
  endsBadly: 'Debate: o futuro do porto — transcrição',
};

/** Clips at Autoposting, by title. */
export const clipTitles = {
  processing: 'Studio tour with the new crew.mp4',
  rendering: 'Founder interview, second take.mp4',
  ready: 'Webinar: pricing for small agencies.mp4',
  rendered: 'Launch day behind the scenes.mp4',
  failed: 'All-hands recording, October.mp4',
};

/** Fills both services with work at every stage, as a busy office would. */
export async function createWork(
  simulator: Simulator,
): Promise<{ endsWell: string; endsBadly: string }> {
  const { running, waiting, endsWell, endsBadly } = executionTitles;
  for (const title of waiting) await execution(simulator, title, { pendingMs: endlessMs });
  for (const title of running) await execution(simulator, title);
  const ids = {
    endsBadly: await execution(simulator, endsBadly),
    endsWell: await execution(simulator, endsWell),
  };
  await clip(simulator, clipTitles.failed, 'failed', 26 * 60);
  const rendered = await clip(simulator, clipTitles.rendered, 'ready', 5 * 60);
  await simulator.createRender({ clipId: rendered, status: 'completed' });
  await clip(simulator, clipTitles.ready, 'ready', 70);
  await clip(simulator, clipTitles.rendering, 'ready', 42);
  await clip(simulator, clipTitles.processing, 'processing', 3);
  return ids;
}

/**
 * Somebody renders in a browser, for longer than anybody watches. Only a saved edit tells other
 * clients to look up the renders of a clip.
 */
export async function workElsewhere(simulator: Simulator): Promise<void> {
  const idOf = async (title: string) =>
    (await simulator.clips()).find((one) => one.title === title)?.id ?? '';
  const clipId = await idOf(clipTitles.rendering);
  await simulator.createRender({ clipId, plan: { queuedMs: 0, renderMs: endlessMs } });
  await simulator.editClip(clipId);
  await simulator.editClip(await idOf(clipTitles.rendered));
}

let shortExecutions = 0;

/** One more execution, of about half a minute. Every third one fails. */
export async function addShortExecution(simulator: Simulator): Promise<void> {
  shortExecutions += 1;
  const outcome = shortExecutions % 3 === 0 ? 'error' : 'done';
  const [made] = await simulator.createExecutions({
    plan: { pendingMs: 4_000, runningMs: { minMs: 15_000, maxMs: 35_000 }, outcome },
  });
  if (!made) throw new Error('The simulator made no execution');
  await simulator.setFields(made.id, { title: `News at ${shortExecutions} o'clock — summary` });
}

async function execution(
  simulator: Simulator,
  title: string,
  plan: { pendingMs?: number } = {},
): Promise<string> {
  const [made] = await simulator.createExecutions({
    plan: { pendingMs: 0, runningMs: endlessMs, ...plan },
  });
  if (!made) throw new Error('The simulator made no execution');
  await simulator.setFields(made.id, { title });
  return made.id;
}

async function clip(
  simulator: Simulator,
  title: string,
  status: 'processing' | 'ready' | 'failed',
  ageMinutes: number,
): Promise<string> {
  const [made] = await simulator.createClips({
    title,
    fileName: title,
    status,
    ageMs: ageMinutes * MINUTE_MS,
    ...(status === 'processing' && { plan: { processingMs: endlessMs } }),
  });
  if (!made) throw new Error('The simulator made no clip');
  return made.id;
}
