import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { goTo, row } from '../../test/e2e/steps';
import { paddedSample } from '../../test/simulator/storage/downloads';
import { DEFAULT_TIMEOUT_MS, picture, type Stage, seen } from './stage';
import { describeVideo, type Video } from './video';

/** Without "Click to see it": a click on a notification only closes it with dunst as it comes. */
const finishedText = 'Render finished.';

/** A render is started, notified once, found again by a click, and its result is opened. */
export async function renderSteps(stage: Stage, video: Video): Promise<void> {
  const { report, desktop, simulator, page } = stage;
  const line = row(page, video.name);
  let renderId = '';

  await report.step('A render is started', async () => {
    await line
      .getByRole('button', { name: /^Render / })
      .first()
      .click();
    const render = await simulator.until(async () => {
      const clip = (await simulator.clips()).find((one) => one.fileName === video.name);
      return (await simulator.renders()).find((one) => one.clipId === clip?.id);
    });
    renderId = render.id;
    return 'Pressed Render on the first part; Autoposting has the render';
  });

  await report.step('The render is seen at work', async () => {
    // Both the line and the chosen part.
    await line.getByText('Rendering', { exact: true }).nth(1).waitFor();
    await desktop.tray.waitFor(({ menu }) =>
      menu.some(({ label }) => label === `${video.name} — Rendering`),
    );
    await picture(stage, 'rendering');
    return 'The line and the menu of the tray say that it is rendering';
  });

  await report.step('Its end is notified', async () => {
    await goTo(page, 'Settings');
    const shown = await desktop.notifications.waitFor(({ body }) => body === finishedText, 40_000);
    await picture(stage, 'notification');
    return `Notification “${shown.summary}”: ${shown.body}`;
  });

  await report.step('A click on it shows the job', async () => {
    await desktop.notifications.click();
    await page.locator('[data-highlighted]').filter({ hasText: video.name }).waitFor();
    return `Clicked the notification with the mouse; the window shows ${video.name}`;
  });

  await report.step('It was notified exactly once', async () => {
    const ours = ({ summary, body }: { summary: string; body: string }) =>
      summary.includes(video.name) && body === finishedText;
    await desktop.notifications.closeAll();
    await seen('the notification in the history of dunst', async () =>
      (await desktop.notifications.history()).some(ours),
    );
    const counts = {
      shown: (await desktop.notifications.all()).filter(ours).length,
      kept: (await desktop.notifications.history()).filter(ours).length,
    };
    if (counts.shown !== 1 || counts.kept !== 1) {
      throw new Error(`dunst got ${counts.shown} and kept ${counts.kept}`);
    }
    return 'dunst got one notification of this render, and has one in its history';
  });

  await report.step('The result is opened', async () => {
    await line.getByRole('button', { name: `Open ${video.name}` }).click();
    await seen('an address given to the desktop', async () => (await opened(stage)).length === 1);
    const [address = ''] = await opened(stage);
    const answer = await fetch(address, { signal: AbortSignal.timeout(DEFAULT_TIMEOUT_MS) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const render = (await simulator.renders()).find((one) => one.id === renderId);
    const made = paddedSample(renderId, render?.outputSizeBytes ?? 0);
    report.note(
      `sha256 of what was opened     ${hash(bytes)}\nsha256 of what was rendered   ${hash(made)}`,
    );
    if (!bytes.equals(made)) throw new Error(`${address} is not what was rendered`);
    const path = join(desktop.virtual.home, 'result.mp4');
    await writeFile(path, bytes);
    const what = await describeVideo(desktop.virtual, path);
    await picture(stage, 'result');
    return `The desktop was asked to open the result; it is the rendered video (${what})`;
  });
}

function opened(stage: Stage): Promise<string[]> {
  return stage.desktop.virtual.opened();
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
