import { type BrowserWindow, dialog } from 'electron';
import type { Translator } from '../../../preload/messages';

const EXTENSIONS = ['mp4', 'mov', 'm4v', 'webm', 'mkv', 'avi', 'mpg', 'mpeg', 'ts', 'ogv', 'wmv'];

/**
 * Asks the user for videos, or for folders of them, with the desktop's own dialog: on Linux and
 * Windows one dialog offers only one of the two. Empty when they change their mind.
 */
export async function chooseVideos(
  window: BrowserWindow | null,
  what: 'files' | 'folder',
  t: Translator,
): Promise<string[]> {
  const options: Electron.OpenDialogOptions =
    what === 'folder'
      ? { title: t.text('dialog.chooseFolder'), properties: ['openDirectory', 'multiSelections'] }
      : {
          title: t.text('dialog.chooseVideos'),
          filters: [{ name: t.text('dialog.videos'), extensions: EXTENSIONS }],
          properties: ['openFile', 'multiSelections'],
        };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths;
}
