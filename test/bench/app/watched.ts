import { RunningApp } from '../../desktop/app';
import { addBothAccounts } from '../../e2e/steps';
import { type Simulator, startSimulator } from '../../simulator/client';
import type { Stage } from './start';

const JOBS = 50;
const DAY_MS = 24 * 60 * 60_000;
/** Work that has neither just begun nor been forgotten. */
const AGE_MS = 10 * 60_000;

/**
 * Services with work that outlasts the measuring, and the environment that points the app at them.
 */
export async function startWork(): Promise<{ simulator: Simulator; env: Record<string, string> }> {
  const simulator = await startSimulator({ clock: 'real' });
  const half = { count: JOBS / 2, ageMs: AGE_MS };
  await simulator.createExecutions({ ...half, plan: { runningMs: DAY_MS } });
  await simulator.createClips({ ...half, status: 'processing', plan: { processingMs: DAY_MS } });
  const env = {
    CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
    CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
  };
  return { simulator, env };
}

/** Whether the app's tray says that it watches all of the work. */
export const watchesAll = ({ tooltip }: { tooltip: string }): boolean =>
  tooltip.includes(`${JOBS} in progress`);

/** Adds the accounts in the app's window, as a user does; every later start has them. */
export async function setUp(stage: Stage, simulator: Simulator): Promise<void> {
  const { desktop, trayHost, env } = stage;
  const app = await RunningApp.launch(desktop, { env });
  try {
    await addBothAccounts(await app.window(), simulator);
    await trayHost.waitFor(watchesAll);
  } finally {
    await app.stop();
  }
  await trayHost.waitForEmpty();
}
