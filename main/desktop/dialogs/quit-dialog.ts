import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import { quitDialogText } from './quit-dialog-text';

export interface QuitDialogDeps {
  uploads: () => UploadTotals;
  window: () => BrowserWindow | null;
  t: Translator;
}

/**
 * Asks the user to confirm quitting while uploads are under way; true when the app is to quit. Only for
 * a quit that the user chose: a system that shuts down waits for no dialog, and must not be blocked.
 */
export function createQuitDialog({ uploads, window, t }: QuitDialogDeps): () => Promise<boolean> {
  let open: Promise<boolean> | null = null;

  async function ask(options: MessageBoxOptions): Promise<boolean> {
    const over = window();
    // On a window that is not visible, the dialog would not be either.
    const { response } =
      over?.isVisible() && !over.isMinimized()
        ? await dialog.showMessageBox(over, options)
        : await dialog.showMessageBox(options);
    return response !== options.cancelId;
  }

  return () => {
    const question = quitDialogText(uploads(), t);
    if (question === null) return Promise.resolve(true);
    // Quitting again while the dialog is open does not open a second one.
    open ??= ask(question).finally(() => {
      open = null;
    });
    return open;
  };
}
