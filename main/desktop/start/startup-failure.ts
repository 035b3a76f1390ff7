import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createTranslator, type Translator } from '../../../preload/messages';
import { reason } from '../../domain/logger';
import { endForGood } from './crash-watch';
import { startupFailureText } from './startup-failure-text';

function textOf(error: unknown, t: Translator): string {
  const folder = app.getPath('userData');
  const log = join(folder, 'logs', 'main.log');
  return startupFailureText(error, { folder, log, version: app.getVersion() }, t);
}

/** Tells the user why the app cannot start, that nothing is lost, and what to do; then exits. */
export function showStartupFailure(error: unknown): void {
  const t = createTranslator(app.getLocale() || 'en');
  console.error('start failed', reason(error));
  // Another start would fail the same way.
  endForGood();
  dialog.showErrorBox(t.text('startFailed.title'), textOf(error, t));
  app.exit(1);
}

/**
 * Tells the user why the app cannot start for now. Resolves with whether to try again; the signal closes
 * the dialog, which then counts as that.
 */
export async function askToRetryStart(error: unknown, closed: AbortSignal): Promise<boolean> {
  const t = createTranslator(app.getLocale() || 'en');
  console.error('start waits', reason(error));
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: t.text('app.name'),
    message: t.text('startFailed.title'),
    detail: textOf(error, t),
    buttons: [t.text('common.tryAgain'), t.text('quit.quit')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
    signal: closed,
  });
  return closed.aborted || response === 0;
}
