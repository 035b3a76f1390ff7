import type { Page } from '@playwright/test';
import { en } from '../../preload/messages/en';
import { RunningApp } from '../../test/desktop/app';
import { waitFor } from '../../test/desktop/wait';
import { type Simulator, startSimulator } from '../../test/simulator/client';
import { DemoDesktop } from './demo-desktop';
import type { Report } from './report';

/** How long the tour waits to see something, in milliseconds, unless a step says otherwise. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** What the window says when the app itself failed. No picture may show it. */
const faultNotice = en['notice.defect'];

/** Everything that has to be ended, whenever the tour ends. */
export interface Running {
  desktop?: DemoDesktop;
  simulator?: Simulator;
  app?: RunningApp;
}

/** Everything that the steps of the tour share. */
export interface Stage {
  report: Report;
  desktop: DemoDesktop;
  simulator: Simulator;
  app: RunningApp;
  /** The window; a different one after it was closed and opened again. */
  page: Page;
}

/**
 * The first steps: a desktop, the services, the app. Each is in `running` as soon as it is started.
 */
export async function openStage(report: Report, running: Running): Promise<Stage> {
  await report.step('A desktop with panel and notifications', async () => {
    running.desktop = await DemoDesktop.start();
    if (!(await running.desktop.isComplete())) throw new Error('The desktop is not complete.');
    return 'Started a virtual desktop: openbox, a tray (xfce4-panel), notifications (dunst), a keyring';
  });
  await report.step('Both services (simulator)', async () => {
    running.simulator = await startSimulator({
      clock: 'real',
      config: {
        clipPlan: { processingMs: 5_000 },
        renderPlan: { queuedMs: 2_000, renderMs: 12_000, estimatedDurationSec: 14 },
      },
    });
    const { autopostingUrl, clippingUrl, keys } = running.simulator;
    await answers(`${autopostingUrl}/auth/profile`, keys.autoposting);
    await answers(`${clippingUrl}/v1/me`, keys.clipping);
    return `Autoposting answers at ${autopostingUrl}, Clipping at ${clippingUrl}`;
  });
  const { desktop, simulator } = running as Required<Running>;
  let stage: Stage | undefined;
  await report.step('The app starts', async () => {
    const app = await RunningApp.launch(desktop.virtual, {
      env: {
        CLIPTRAY_AUTOPOSTING_URL: simulator.autopostingUrl,
        CLIPTRAY_CLIPPING_URL: simulator.clippingUrl,
      },
    });
    running.app = app;
    stage = { report, desktop, simulator, app, page: await windowOf(app) };
    await stage.page.getByText('Know when your video is done').waitFor();
    return 'Cliptray started and its window says what it does';
  });
  return stage as unknown as Stage;
}

/** The window that is open, ready to be used. */
export async function windowOf(app: RunningApp): Promise<Page> {
  const page = await app.window();
  page.setDefaultTimeout(DEFAULT_TIMEOUT_MS);
  await page.getByRole('navigation').waitFor();
  return page;
}

/** A picture of the whole desktop, taken once the window shows what it should. */
export async function picture(stage: Stage, name: string): Promise<void> {
  if (!stage.page.isClosed()) {
    // To an empty spot: whatever is under the mouse looks different.
    await stage.page.mouse.move(100, 500);
    await drawn(stage.page);
    if (await stage.page.getByText(faultNotice).isVisible()) throw new Error(faultNotice);
  }
  await stage.desktop.picture(stage.report.pictureFile(name));
}

/** Resolves when the page has its fonts, no running transition, and has been drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.all(finite.map((one) => one.finished.catch(() => undefined)));
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** Waits until `read` returns true. `what` names what was not seen if it never does. */
export async function seen(
  what: string,
  read: () => boolean | Promise<boolean>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<void> {
  await waitFor(read, (value) => value, { what, timeoutMs });
}

async function answers(url: string, key: string): Promise<void> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
}
