import { type BrowserWindow, dialog } from 'electron';
import type { Translator } from '../../../preload/messages';
import { videoFilters } from './video-filters';

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
          filters: videoFilters(t),
          properties: ['openFile', 'multiSelections'],
        };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths;
}
