import { join } from 'node:path';
import { dropFiles } from '../../test/desktop/drop';
import { row } from '../../test/e2e/steps';
import { faults } from '../../test/simulator/client';
import { DEFAULT_TIMEOUT_MS, picture, type Stage, seen } from './stage';
import { makeVideo, type Video } from './video';
import { windowPicture } from './window-picture';

const sizeBytes = 64 * 1024 * 1024;
/** The rate of one request; several run at once. */
const requestBytesPerSecond = 1_500_000;

/** A real video is dropped, uploaded and processed. Returns it. */
export async function uploadSteps(stage: Stage): Promise<Video> {
  const { report, desktop, simulator, page } = stage;
  let video: Video | undefined;

  await report.step('A real video', async () => {
    video = await makeVideo(desktop.virtual, 'harbour-podcast-42.mp4', sizeBytes);
    return `ffmpeg made ${video.name}, ${megabytes(video.sizeBytes)}`;
  });
  const { path, name, sha256 } = video as unknown as Video;
  const line = row(page, name);

  await report.step('The video is dropped on the window', async () => {
    // A network as people have at home: on a faster one there would be nothing to see.
    await simulator.addFault({
      service: 'storage',
      method: 'PUT',
      times: 'always',
      action: faults.slow({ requestBytesPerSecond }),
    });
    await dropFiles(page.locator('body'), [path]);
    await line.waitFor();
    return `Dropped ${name} on the window; a line for it is there`;
  });

  await report.step('The upload is seen at work', async () => {
    const inRow = new Set<number>();
    const inTray = new Set<number>();
    let pictured = false;
    await desktop.tray.hover();
    await seen('an upload between 0 and 100 %', async () => {
      const percent = Number(await line.getByRole('progressbar').getAttribute('aria-valuenow'));
      const tooltip = (await desktop.tray.item()).tooltip;
      const trayPercent = Number(/Uploading .*: (\d+)%/.exec(tooltip)?.[1]);
      if (percent > 0 && percent < 100) inRow.add(Math.round(percent));
      if (trayPercent > 0 && trayPercent < 100) {
        if (!inTray.has(trayPercent)) report.note(`${percent} % in the row; the tray: ${tooltip}`);
        inTray.add(trayPercent);
      }
      // In the first seconds there is no speed yet.
      if (!pictured && percent >= 40 && (await line.innerText()).includes(' left')) {
        pictured = true;
        await picture(stage, 'uploading');
        await windowPicture(page, join(report.folder, 'window.png'));
      }
      return percent >= 60 && pictured && inRow.size >= 3 && inTray.size >= 3;
    });
    await desktop.moveMouseAway();
    return `The upload passed ${list(inRow)} % in its row, and ${list(inTray)} % in the tray's tooltip`;
  });

  await report.step('The storage host has the same bytes', async () => {
    const clip = await simulator.until(async () => {
      const found = (await simulator.clips()).find((one) => one.fileName === name);
      return found && found.status !== 'uploading' ? found : null;
    }, 60_000);
    const stored = await simulator.objectHash(clip.id);
    report.note(
      `sha256 of the file         ${sha256}\nsha256 at the storage host ${stored.sha256}`,
    );
    if (stored.sha256 !== sha256) throw new Error('The storage host has other bytes.');
    return `The storage host has ${megabytes(stored.sizeBytes)} with the same sha256, ${sha256.slice(0, 12)}…`;
  });

  await report.step('The clip is processed', async () => {
    await line.getByText('Processing', { exact: true }).waitFor();
    return 'The line says that the service processes the clip';
  });

  await report.step('The clip is ready, and the user is notified', async () => {
    await line.getByText('Ready for rendering', { exact: true }).waitFor();
    const notification = await desktop.notifications.waitFor(
      ({ summary }) => summary === name,
      DEFAULT_TIMEOUT_MS,
    );
    await line.getByRole('button', { name: /^Choose what to render/ }).click();
    const offers = line.getByRole('button', { name: /^Render / });
    await seen('parts to render', async () => (await offers.count()) === 3);
    await line.getByText('Status at the service').scrollIntoViewIfNeeded();
    await picture(stage, 'ready-candidates');
    await desktop.notifications.closeAll();
    return `Notification “${notification.summary}”: ${notification.body} The line offers 3 parts`;
  });
  return video as unknown as Video;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}

function list(percents: Set<number>): string {
  return [...percents].join(', ');
}
