import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { desktopPackages } from '../../../scripts/lib/system-packages.mjs';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.mjs';
import { prepareElectron } from '../../../scripts/prepare.mjs';
import type { HiddenApp } from '../../desktop/hidden-app';
import { addAccounts, type Stage, setStage } from '../../desktop/stage';
import { waitFor } from '../../desktop/wait';
import type { LoggedRequest, Simulator } from '../../simulator/client';
import { makeReadyClips, startRenders, startWork } from './live-work';
import { costOf, costSince, type ProcessCost } from './process-cost';

export interface LiveOptions {
  minutes: number;
  executions: number;
  /** Half of them are being processed, half have a render. */
  clips: number;
}

/** What the real app costs while it watches, after the first minute or the first third. */
export interface LiveFigures {
  clippingRequestsPerMinute: number;
  autopostingRequestsPerMinute: number;
  /** A cycle is one list. Lookups of executions that had ended are not counted. */
  clippingRequestsPerCycle: number;
  clippingCyclesPerMinute: number;
  /** Lookups of executions that had ended: each of these is looked up once. */
  clippingLookups: number;
  /** Work that ended, and completions that were notified, over the whole time. */
  ended: number;
  notified: number;
  /** Of one core, by the main process alone. */
  cpuPercent: number;
  /** Memory of the main process (PSS): the median at the end divided by that at the beginning. */
  growthMiB: number;
  pssMiB: number;
}

const MINUTE_MS = 60_000;
const SAMPLE_EVERY_MS = 1_000;
const START_LIMIT_MS = 120_000;
const LIST = 'GET /v1/executions/me';
const LOOKUP = 'GET /v1/executions/{id}';
const RENDERS = 'autoposting GET /clips/{clipId}/jobs';

/**
 * Runs the built app in the tray of a virtual desktop, all windows closed, while it watches this
 * much work at the simulator for so many minutes of real time.
 */
export async function runLive(options: LiveOptions): Promise<LiveFigures> {
  const electron = await prepareElectron(desktopPackages);
  process.env.ELECTRON_OVERRIDE_DIST_PATH = electron.distDir;
  const folder = makeTemporaryFolder();
  const stage = await setStage(join(folder, 'app.log'));
  try {
    return await measure(stage, options);
  } finally {
    await stage.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(stage: Stage, options: LiveOptions): Promise<LiveFigures> {
  const { simulator, daemon } = stage;
  const { executions, clips } = options;
  const totalMs = options.minutes * MINUTE_MS;
  await simulator.configure({ logLimit: 1_000_000 });
  const ready = await makeReadyClips(simulator, Math.floor(clips / 2));
  await addAccounts(stage);
  await startRenders(simulator, ready);
  // Once they are known, other clips may push them off the list.
  await (await untilRendersAreKnown(stage, ready.length)).stop();
  await simulator.clearLog();
  const notificationsBefore = daemon.notifications.length;
  await startWork(simulator, { executions, clips: clips - ready.length });
  const app = await stage.start();
  const startedMs = performance.now();
  const warmMs = Math.min(MINUTE_MS, totalMs / 3);
  const samples: ProcessCost[] = [];
  let newestId = 0;
  for (let atMs = 0; atMs < totalMs; atMs += SAMPLE_EVERY_MS) {
    await delay(startedMs + atMs - performance.now());
    if (!app.alive) throw new Error('the app ended by itself');
    samples.push(costOf(app.pid));
    if (atMs <= warmMs) newestId = (await simulator.requests({ limit: 1 })).at(-1)?.id ?? 0;
  }
  const requests = await simulator.requests({ afterId: newestId, limit: 1_000_000 });
  const notified = daemon.notifications.slice(notificationsBefore);
  await app.stop();
  return {
    ...(await requestFigures(simulator, requests, (totalMs - warmMs) / MINUTE_MS)),
    ...costSince(samples, startedMs + warmMs),
    ended: await endedWork(simulator, ready),
    notified: notified.reduce((sum, { body }) => sum + completionsIn(body), 0),
  };
}

async function untilRendersAreKnown(stage: Stage, count: number): Promise<HiddenApp> {
  const app = await stage.start();
  await waitFor(
    async () => (await stage.simulator.counters())[RENDERS] ?? 0,
    (lookups) => lookups >= count,
    { timeoutMs: START_LIMIT_MS, what: `lookups of ${count} renders` },
  );
  return app;
}

async function requestFigures(simulator: Simulator, requests: LoggedRequest[], minutes: number) {
  const executions = new Map((await simulator.executions()).map((one) => [one.id, one]));
  const clipping = requests.filter(({ service }) => service === 'clipping');
  const lookups = clipping.filter(({ route, path, atMs }) => {
    const endedMs = executions.get(path.split('/').at(-1) ?? '')?.finishedAtMs ?? null;
    return route === LOOKUP && endedMs !== null && endedMs <= atMs;
  });
  const cycles = clipping.filter(({ route }) => route === LIST).length;
  return {
    clippingRequestsPerMinute: clipping.length / minutes,
    autopostingRequestsPerMinute: (requests.length - clipping.length) / minutes,
    clippingRequestsPerCycle: (clipping.length - lookups.length) / cycles,
    clippingCyclesPerMinute: cycles / minutes,
    clippingLookups: lookups.length,
  };
}

/** How much work has ended, without the clips that were ready before. */
async function endedWork(simulator: Simulator, readyBefore: readonly string[]): Promise<number> {
  const [executions, renders] = [await simulator.executions(), await simulator.renders()];
  const ready = (await simulator.clips()).filter(({ status }) => status === 'ready').length;
  return (
    executions.filter(({ finishedAtMs }) => finishedAtMs !== null).length +
    renders.filter(({ completedAtMs }) => completedAtMs !== null).length +
    (ready - readyBefore.length)
  );
}

/** A digest gives numbers; any other notification is about one completion. */
function completionsIn(body: string): number {
  const numbers = body.match(/\d+/g) ?? ['1'];
  return numbers.reduce((sum, number) => sum + Number(number), 0);
}

/** The figures for people to read. */
export function liveTable(figures: LiveFigures, { executions, clips, minutes }: LiveOptions) {
  const rows: [name: string, value: string][] = [
    ['Clipping, requests a minute', figures.clippingRequestsPerMinute.toFixed(1)],
    ['  lists a minute', figures.clippingCyclesPerMinute.toFixed(1)],
    ['  requests a list, lookups apart', figures.clippingRequestsPerCycle.toFixed(2)],
    ['  lookups of what had ended', String(figures.clippingLookups)],
    ['Autoposting, requests a minute', figures.autopostingRequestsPerMinute.toFixed(1)],
    ['work that ended, and was notified', `${figures.ended}, ${figures.notified}`],
    ['CPU of main, % of a core', figures.cpuPercent.toFixed(2)],
    ['memory of main (PSS), MiB', figures.pssMiB.toFixed(1)],
    ['  growth, MiB', figures.growthMiB.toFixed(1)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const head = `The real app, ${executions} executions, ${clips} clips, ${minutes} minutes`;
  return [head, ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(9)}`)].join(
    '\n',
  );
}
