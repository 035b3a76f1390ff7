import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';
import { platformOf } from './desktop/platform';
import { type LaunchRequest, parseCommandLine } from './desktop/start/command-line';
import { holdOpenedFiles } from './desktop/start/opened-files';
import { holdSecondInstances, takeSingleInstanceLock } from './desktop/start/single-instance';
import { showInitialIcon } from './desktop/tray/initial-icon';
import { registerScheme } from './desktop/window/app-protocol';

// What Electron runs first. It loads next to nothing: the rest takes as long to load as Electron itself
// takes to start, and the user waits for the icon in the tray.

/**
 * How long Chromium gets to put the icon into the tray of a Linux desktop. It makes a few calls over the
 * session bus, whose answers arrive on this thread, where loading the rest would hold them up. Chromium
 * has no event for when it is done.
 */
const ICON_MS = 60;

/**
 * V8 doubles the space for young objects twice while loading fills it, and keeps it for long. So it may
 * not grow while the app loads. The heap reads this setting each time it would grow, and it changes
 * nothing else.
 */
function growYoungSpace(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
const V8_FACTOR = 2;

/** `electron FOLDER` has the app's folder among the arguments; a packaged app does not. */
const startsWithApp = process.defaultApp === true;
const commandLine = parseCommandLine(process.argv, process.cwd(), startsWithApp);
const takeOpenedFiles = holdOpenedFiles();
const takeSecondInstances = holdSecondInstances(startsWithApp);

async function begin(asked: LaunchRequest): Promise<void> {
  const iconFolder = join(app.getAppPath(), 'resources', 'tray');
  const platform = platformOf(process.platform);
  const tray = showInitialIcon(iconFolder, platform);
  // Someone who opens a window waits for the window instead.
  if (asked.hidden && platform === 'linux')
    await new Promise((resolve) => setTimeout(resolve, ICON_MS));
  growYoungSpace(1);
  const { start } = await import('./compose/app');
  await start(asked, { tray, takeOpenedFiles, takeSecondInstances });
  growYoungSpace(V8_FACTOR);
}

registerScheme();
app.setAppUserModelId('cc.cliptray.app');

if (commandLine.wants !== 'start') {
  void import('./desktop/start/command-line-output').then(({ answerOnCommandLine }) =>
    answerOnCommandLine(commandLine),
  );
}
// Before any work: a second instance must open neither the database nor the keychain.
else if (!takeSingleInstanceLock()) app.quit();
else {
  app
    .whenReady()
    .then(() => begin(commandLine.start))
    .catch(async (error) =>
      (await import('./desktop/start/startup-failure')).showStartupFailure(error),
    );
}
