import { type BrowserWindow, dialog } from 'electron';
import type { Translator } from '../../preload/messages';

const EXTENSIONS = ['mp4', 'mov', 'm4v', 'webm', 'mkv', 'avi', 'mpg', 'mpeg', 'ts', 'ogv', 'wmv'];

/** Asks the user for videos with the desktop's own dialog. Empty when they change their mind. */
export async function chooseVideos(window: BrowserWindow | null, t: Translator): Promise<string[]> {
  const options: Electron.OpenDialogOptions = {
    title: t.text('dialog.chooseVideos'),
    filters: [{ name: t.text('dialog.videos'), extensions: EXTENSIONS }],
    properties: ['openFile', 'multiSelections'],
  };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths;
}
