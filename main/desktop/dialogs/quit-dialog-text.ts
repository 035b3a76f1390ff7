import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';

/**
 * What to ask before quitting, as options of Electron's message box; null when nothing would be
 * interrupted. Paused and failed uploads are not interrupted by quitting.
 */
export function quitDialogText(uploads: UploadTotals, t: Translator) {
  const count = uploads.unfinished;
  if (count === 0) return null;
  return {
    type: 'question' as const,
    title: t.text('menu.quit'),
    message: t.text('quit.title', { count }),
    detail: t.text('quit.text', { count }),
    buttons: [t.text('quit.quit'), t.text('quit.keep')],
    // Enter confirms the quit that was chosen; Escape, or closing the dialog, cancels it.
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  };
}
