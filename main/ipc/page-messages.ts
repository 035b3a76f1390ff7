import type { BrowserWindow } from 'electron';
import { CHANNELS } from '../../preload/channels';
import type { PatchMessage, Route } from '../../preload/contract';

/** Sends the page the changes in the state that it shows. */
export function sendPatches(window: BrowserWindow, message: PatchMessage): void {
  window.webContents.send(CHANNELS.patches, message);
}

/** Makes the page show this part of the app. */
export function navigate(window: BrowserWindow, route: Route): void {
  window.webContents.send(CHANNELS.navigate, route);
}
