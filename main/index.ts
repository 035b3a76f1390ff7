import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';
import { platformOf } from './desktop/platform';
import { dropsChromiumErrors } from './desktop/start/chromium-log';
import { type LaunchRequest, parseCommandLine } from './desktop/start/command-line';
import { holdEarlyRequests } from './desktop/start/early-requests';
import { AFTER_CRASH_ARGUMENT } from './desktop/start/restart-arguments';
import { takeSingleInstanceLock } from './desktop/start/single-instance';
import { showInitialIcon } from './desktop/tray/initial-icon';
import { registerScheme } from './desktop/window/app-protocol';

// What Electron runs first. It loads next to nothing: loading the rest takes as long as Electron itself
// takes to start, and the user is waiting for the icon in the tray.

/**
 * How long Chromium gets to put the icon into the tray of a Linux desktop. It makes a few calls over the
 * session bus, whose answers arrive on this thread, where loading the rest would delay them. Chromium has
 * no event for when it is done.
 */
const ICON_MS = 60;

/**
 * Sets by how much V8 lets the space for young objects grow. Loading the app fills that space, so V8
 * would double it twice and keep it for a long time; therefore it must not grow while the app loads. V8
 * reads this flag each time the space would grow, and the flag affects nothing else.
 */
function growYoungSpace(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
const V8_DEFAULT_FACTOR = 2;

// Before anything else: Chromium reads the level again once this file has been run.
if (dropsChromiumErrors({ ...process, exists: existsSync })) {
  app.commandLine.appendSwitch('log-level', '3');
}

/** `electron FOLDER` has the app's folder among the arguments; a packaged app does not. */
const startsWithApp = process.defaultApp === true;
const commandLine = parseCommandLine(process.argv, process.cwd(), startsWithApp);
const requests = holdEarlyRequests(startsWithApp);

async function begin(request: LaunchRequest): Promise<void> {
  const iconFolder = join(app.getAppPath(), 'resources', 'tray');
  const platform = platformOf(process.platform);
  const tray = showInitialIcon(iconFolder, platform);
  requests.listenTo(tray);
  // With a window to open, the user waits for that instead.
  if (request.hidden && platform === 'linux')
    await new Promise((resolve) => setTimeout(resolve, ICON_MS));
  growYoungSpace(1);
  const { start } = await import('./compose/app');
  await start(request, { tray, requests, afterCrash });
  growYoungSpace(V8_DEFAULT_FACTOR);
}

// Node would print a warning, and a connection of another package might follow it: see http/tls-policy.ts.
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
registerScheme();
app.setAppUserModelId('cc.cliptray.app');

// Electron waits for this module before Chromium looks for a display, without which it crashes.
const hasDisplay = async () =>
  (await import('./desktop/start/display')).hasDisplay({
    platform: process.platform,
    env: process.env,
    switchValue: (name) => app.commandLine.getSwitchValue(name),
    electronVersion: process.versions.electron,
  });

const afterCrash = process.argv.includes(AFTER_CRASH_ARGUMENT);
const mayStartAgain = async () =>
  (await import('./desktop/start/after-crash')).mayStartAfterCrash(
    app.getPath('userData'),
    hasDisplay,
  );

/** Whether this is the only instance; an error if that cannot be told, as nothing can be written. */
function takeLock(): boolean | Error {
  try {
    return takeSingleInstanceLock();
  } catch (error) {
    return error as Error;
  }
}

async function waitForLock(): Promise<boolean> {
  const [{ waitForLock }, { systemClock }] = await Promise.all([
    import('./desktop/start/wait-for-lock'),
    import('./compose/system-clock'),
  ]);
  return waitForLock(systemClock);
}

async function startOnDisplay(request: LaunchRequest): Promise<void> {
  // Before any work: a second instance must open neither the database nor the keychain.
  const lock = takeLock();
  // The request has been handed over; quitting in order would take it to where a display is needed.
  if (lock === false) return app.exit(0);
  if (!(await hasDisplay())) {
    app.releaseSingleInstanceLock();
    return (await import('./desktop/start/command-line-output')).answerWithoutDisplay();
  }
  app
    .whenReady()
    .then(async () => {
      if (lock === true || (await waitForLock())) await begin(request);
      else app.exit(1);
    })
    .catch(async (error) =>
      (await import('./desktop/start/startup-failure')).showStartupFailure(error),
    );
}

if (commandLine.wants !== 'start') {
  const { answerOnCommandLine } = await import('./desktop/start/command-line-output');
  await answerOnCommandLine(commandLine, hasDisplay);
}
// The session has ended, or the app would only crash again.
else if (afterCrash && !(await mayStartAgain())) app.exit(0);
else await startOnDisplay(commandLine.start);
