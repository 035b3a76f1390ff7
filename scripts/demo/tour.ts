import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountSteps } from './account-steps';
import { appLogFile, quitStep, secrecyStep } from './last-steps';
import { renderSteps } from './render-steps';
import { type Report, StepFailed } from './report';
import { openStage, type Running } from './stage';
import { traySteps } from './tray-steps';
import { uploadSteps } from './upload-steps';

/**
 * Plays the tour on a virtual desktop of its own. When a step is not observed, it writes what the
 * desktop looked like and ends there.
 * @param stay Called when all was seen, with the app still running; after it the app is quit.
 * @returns Whether every step was observed.
 */
export async function playTour(
  report: Report,
  stay: (running: Required<Running>) => Promise<void>,
): Promise<boolean> {
  const running: Running = {};
  try {
    const stage = await openStage(report, running);
    const { endsBadly } = await accountSteps(stage);
    const video = await uploadSteps(stage);
    await renderSteps(stage, video);
    await traySteps(stage, endsBadly);
    await secrecyStep(stage);
    await stay(running as Required<Running>);
    await quitStep(stage);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(error.cause);
    await running.desktop?.picture(join(report.folder, 'failed.png')).catch(() => {});
  } finally {
    await end(running, join(report.folder, 'app.log'));
  }
  return report.summarize();
}

async function end({ desktop, simulator, app }: Running, logCopy: string): Promise<void> {
  await app?.stop();
  // Without an app there is no log.
  if (desktop) await copyFile(appLogFile(desktop), logCopy).catch(() => {});
  await simulator?.stop();
  await desktop?.stop();
}
