import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';
import { parseStartArguments, type StartArguments } from '../commands/start-arguments';
import { registerScheme } from './app-protocol';
import { showFirstTray } from './first-tray';
import { keepOpenedFiles } from './opened-files';
import { keepSecondStarts } from './second-starts';
import { platformOf } from './tray-platform';

// What runs first. It loads next to nothing: the rest takes as long as Electron's own start, and until
// the icon is in the tray a person waits.

/**
 * How long Chromium gets to talk the icon into the tray of a Linux desktop: a few calls over the session
 * bus, answered on this thread, which loading the rest would hold up. It tells nobody when it is done.
 */
const ICON_MS = 60;

/**
 * V8 doubles the space of young objects, twice as loading fills it, and keeps it for long. So it may not
 * while the app loads. The heap reads this setting each time it would grow, and it changes nothing else.
 */
function growYoungSpace(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
const V8_FACTOR = 2;

/** `electron FOLDER` has the app's folder among the arguments; a packaged app does not. */
const startsWithApp = process.defaultApp === true;
const commandLine = parseStartArguments(process.argv, process.cwd(), startsWithApp);
const takeOpenedFiles = keepOpenedFiles();
const takeSecondStarts = keepSecondStarts(startsWithApp);

async function begin(asked: StartArguments): Promise<void> {
  const iconFolder = join(app.getAppPath(), 'resources', 'tray');
  const platform = platformOf(process.platform);
  const tray = showFirstTray(iconFolder, platform);
  // Who opens a window waits for that.
  if (asked.hidden && platform === 'linux')
    await new Promise((resolve) => setTimeout(resolve, ICON_MS));
  growYoungSpace(1);
  const { start } = await import('../index');
  await start(asked, { tray, takeOpenedFiles, takeSecondStarts });
  growYoungSpace(V8_FACTOR);
}

registerScheme();
app.setAppUserModelId('cc.cliptray.app');

if (commandLine.wants !== 'start') {
  void import('./terminal').then(({ answerInTerminal }) => answerInTerminal(commandLine));
}
// Before any work: a second start must open neither the database nor the keychain.
else if (!app.requestSingleInstanceLock()) app.quit();
else {
  app
    .whenReady()
    .then(() => begin(commandLine.start))
    .catch(async (error) => (await import('./start-failed')).startFailed(error));
}
