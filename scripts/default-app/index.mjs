// What `electron FOLDER` runs before the application in FOLDER. Electron brings such a program with
// it; the copy that comes from the npm registry lacks it, so this one is packed into it.
//
// Electron waits for this module before it says `ready`, and this module waits for the application:
// what an application must do before `ready` would otherwise come too late.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from 'electron';

/**
 * Electron's type leaves out what only such a program calls.
 * @type {Electron.App & { setVersion(version: string): void,
 *   setAppPath(path: string): void, setDesktopName(name: string): void }}
 */
// @ts-expect-error
const app = electron.app;

/** @param {string} folder */
async function start(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  // Desktops group windows and notifications by it.
  app.setDesktopName(manifest.desktopName ?? `${manifest.name}.desktop`);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), app.name));
  }
  await import(pathToFileURL(resolve(folder, manifest.main ?? 'index.js')).href);
}

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
try {
  await start(resolve(folder ?? '.'));
} catch (error) {
  console.error(error);
  const text = error instanceof Error ? error.stack : String(error);
  electron.dialog.showErrorBox('The application could not start', text ?? '');
  app.exit(1);
}
