import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { safeFileName } from '../../domain/file-name';
import { writeTextFile } from './text-file';

/**
 * Asks the user where to save a text, and saves it there: at once, or piece by piece as it comes.
 * False when they change their mind, or when it cannot be written there.
 */
export async function saveText(
  window: BrowserWindow | null,
  suggestedName: string,
  text: string | AsyncIterable<string>,
): Promise<boolean> {
  const options: Electron.SaveDialogOptions = {
    // With a bare name, the dialog would open in whatever folder the app was started from.
    defaultPath: join(app.getPath('documents'), safeFileName(suggestedName, 'cliptray.txt')),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  if (canceled || !filePath) return false;
  try {
    await writeTextFile(filePath, text);
    return true;
  } catch {
    return false;
  }
}
