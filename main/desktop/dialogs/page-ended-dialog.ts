import { dialog } from 'electron';
import type { Translator } from '../../../preload/messages';

export interface PageEndedDialogDeps {
  t: Translator;
  openAgain: () => void;
  quit: () => void;
}

/**
 * Says that the window does not stay open, and asks what to do. Closing the question opens the window:
 * without a tray icon nothing else would be left of the app on the screen.
 */
export function createPageEndedDialog({ t, openAgain, quit }: PageEndedDialogDeps): () => void {
  let asking = false;
  return () => {
    if (asking) return;
    asking = true;
    void dialog
      .showMessageBox({
        type: 'warning',
        title: t.text('app.name'),
        message: t.text('pageEnded.message'),
        detail: t.text('pageEnded.detail'),
        buttons: [t.text('pageEnded.openAgain'), t.text('pageEnded.quit')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => {
        asking = false;
        if (response === 1) quit();
        else openAgain();
      });
  };
}
