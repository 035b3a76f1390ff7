import { pressIn } from '../../test/desktop/native-windows';
import { goTo, row } from '../../test/e2e/steps';
import { DEFAULT_TIMEOUT_MS, drawn, picture, type Stage, seen, windowOf } from './stage';
import { executionTitles } from './work';

/**
 * Longer than the app ever waits between two polls of work that has just begun, in milliseconds.
 */
const quietMs = 4_000;
const pause = 'Pause watching';

/** The tray keeps the app working without a window; pausing, the theme, and a failure. */
export async function traySteps(stage: Stage, failingId: string): Promise<void> {
  const { report, desktop, simulator, app } = stage;

  await report.step('The window is closed and the tray stays', async () => {
    await closeWindow(stage);
    if (!app.isRunning || (await desktop.tray.items()).length !== 1) {
      throw new Error('The app has gone with its window');
    }
    return 'Closed the window with Alt+F4; the app runs on and its icon is still in the panel';
  });

  await report.step('A failure is notified without a window', async () => {
    await simulator.setFields(failingId, {
      title: executionTitles.endsBadly,
      error: 'o vídeo é privado e não pôde ser lido',
    });
    await simulator.setStatus(failingId, 'error');
    const shown = await desktop.notifications.waitFor(
      ({ summary }) => summary === executionTitles.endsBadly,
      DEFAULT_TIMEOUT_MS,
    );
    if (!shown.body.startsWith('Failed at Clipping')) throw new Error(`It says: ${shown.body}`);
    await desktop.tray.waitFor(({ tooltip }) => tooltip.includes('1 thing needs you'));
    await picture(stage, 'failure-notified');
    return `Notification “${shown.summary}”: ${shown.body}`;
  });

  await report.step('A click on it opens the window there', async () => {
    await desktop.notifications.click();
    stage.page = await windowOf(app);
    const line = stage.page.locator('[data-highlighted]');
    await line.getByText('o vídeo é privado e não pôde ser lido').first().waitFor();
    return 'Clicked it; the window is back, at that job, with the reason that Clipping gave';
  });

  await report.step('The menu of the tray', async () => {
    await desktop.tray.openMenu();
    const { menu } = await desktop.tray.waitFor(({ menu }) =>
      menu.some(({ label }) => label.endsWith('— Rendering')),
    );
    await picture(stage, 'tray-menu');
    await desktop.press('Escape');
    await desktop.moveMouseAway();
    const labels = menu.map(({ label }) => label).filter((label) => label !== '');
    report.note(labels.join('\n'));
    return `The menu opens in the panel, with ${labels.length} entries`;
  });

  await report.step('Watching is paused from the tray', async () => {
    await desktop.tray.choose(pause);
    await stage.page.getByText('Watching is paused').waitFor();
    await desktop.tray.waitFor(({ menu }) => menu.some((e) => e.label === pause && e.checked));
    const [last] = await simulator.requests({ limit: 1 });
    const untilMs = performance.now() + quietMs;
    // That nothing is polled can only be seen by letting time pass.
    await seen(`${quietMs} ms without a request`, async () => {
      const asked = await simulator.requests({ afterId: last?.id ?? 0 });
      if (asked.length > 0) throw new Error(`It asked for ${asked[0]?.path}`);
      return performance.now() > untilMs;
    });
    return `Paused from the tray: the window says so, and ${quietMs / 1000} s pass without a request`;
  });

  await report.step('Watching resumes', async () => {
    const [last] = await simulator.requests({ limit: 1 });
    await desktop.tray.choose(pause);
    await stage.page.getByText('Watching is paused').waitFor({ state: 'hidden' });
    await simulator.until(
      async () => (await simulator.requests({ afterId: last?.id ?? 0 })).length,
      DEFAULT_TIMEOUT_MS,
    );
    return 'Resumed from the tray: the services are polled again';
  });

  await report.step('The window is opened from the tray', async () => {
    await closeWindow(stage);
    await desktop.tray.choose('Open Cliptray');
    stage.page = await windowOf(app);
    await row(stage.page, executionTitles.endsBadly).waitFor();
    return 'Closed the window again and opened it from the tray, with all its lines';
  });

  await report.step('Dark', async () => {
    await goTo(stage.page, 'Settings');
    await stage.page.getByText('Dark', { exact: true }).click();
    await seen('a dark window', () => isDark(stage));
    await goTo(stage.page, 'Jobs');
    await picture(stage, 'dark');
    return 'Chose the dark theme; the window is dark';
  });
}

/** Closes the window as the window manager does, and waits until it is gone. */
async function closeWindow(stage: Stage): Promise<void> {
  await drawn(stage.page);
  // Not in whatever has the focus: a notification may be fading, or the window still coming to the front.
  await pressIn(stage.desktop.virtual, 'Cliptray', 'alt+F4');
  await seen('no window', () => stage.app.electron.windows().length === 0);
}

async function isDark({ page }: Stage): Promise<boolean> {
  return page.evaluate(() => {
    const colour = getComputedStyle(document.body).backgroundColor;
    const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return red + green + blue < 200;
  });
}
