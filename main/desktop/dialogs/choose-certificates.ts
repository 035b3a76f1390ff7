import { type BrowserWindow, dialog } from 'electron';
import type { Translator } from '../../../preload/messages';

/** Asks the user for a file with certificates. Null when they change their mind. */
export async function chooseCertificates(
  window: BrowserWindow | null,
  t: Translator,
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: t.text('settings.certificates.choose'),
    filters: [
      { name: t.text('settings.certificates'), extensions: ['pem', 'crt', 'cer', 'der'] },
      { name: t.text('settings.certificates.allFiles'), extensions: ['*'] },
    ],
    properties: ['openFile'],
  };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths[0] ?? null;
}
