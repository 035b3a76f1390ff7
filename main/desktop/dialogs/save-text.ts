import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { safeFileName, writeTextFile } from './text-file';

/**
 * Asks the user where to save a text, and saves it there: at once, or piece by piece as it comes.
 * False when they change their mind, or when that place does not take it.
 */
export async function saveText(
  window: BrowserWindow | null,
  suggestedName: string,
  text: string | AsyncIterable<string>,
): Promise<boolean> {
  const options: Electron.SaveDialogOptions = {
    // A bare name would be proposed in whatever folder the app was started from.
    defaultPath: join(app.getPath('documents'), safeFileName(suggestedName)),
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
