import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountSteps } from './account-steps';
import { appLogFile, logStep, quitStep, secrecyStep } from './last-steps';
import { renderSteps } from './render-steps';
import { type Report, StepFailed } from './report';
import { openStage, type Running } from './stage';
import { traySteps } from './tray-steps';
import { uploadSteps } from './upload-steps';

/**
 * Plays the tour on a virtual desktop of its own, and ends at the first step that is not observed.
 * @param running Filled with what is started, for whoever has to end it early.
 * @param stay When given, the app is not quit after the last step but left to this.
 * @returns Whether every step was observed.
 */
export async function playTour(
  report: Report,
  running: Running,
  stay?: (running: Required<Running>) => Promise<void>,
): Promise<boolean> {
  try {
    const stage = await openStage(report, running);
    const { endsBadly } = await accountSteps(stage);
    const video = await uploadSteps(stage);
    await renderSteps(stage, video);
    await traySteps(stage, endsBadly);
    await secrecyStep(stage);
    await logStep(stage);
    if (!stay) await quitStep(stage);
    await keepLogs(report, running);
    report.summarize();
    await stay?.(running as Required<Running>);
    return true;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    await running.desktop?.picture(join(report.folder, 'failed.png')).catch(() => {});
    await keepLogs(report, running);
    return report.summarize();
  } finally {
    await running.app?.stop();
    await running.simulator?.stop();
    await running.desktop?.stop();
  }
}

/** The app's own log, and everything that it printed, Chromium's complaints included. */
async function keepLogs({ folder }: Report, { desktop, app }: Running): Promise<void> {
  if (!desktop || !app) return;
  await copyFile(appLogFile(desktop), join(folder, 'app.log')).catch(() => {});
  await writeFile(join(folder, 'app-output.log'), app.output);
}
