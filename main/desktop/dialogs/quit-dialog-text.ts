import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';

/**
 * What to ask before quitting, as options of Electron's message box; null when nothing that the user
 * waits for would stop. Paused and failed uploads do not move either way.
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
    // Whoever chose to quit and presses Enter quits; Escape, or closing the question, undoes it.
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  };
}
