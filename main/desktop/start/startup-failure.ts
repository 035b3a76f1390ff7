import { app, dialog } from 'electron';
import { createTranslator } from '../../../preload/messages';
import { reason } from '../../domain/logger';

/** Tells the user why the app cannot start, that nothing is lost, and what to do; then exits. */
export function showStartupFailure(error: unknown): void {
  const t = createTranslator(app.getLocale() || 'en');
  const folder = app.getPath('userData');
  console.error('start failed', reason(error));
  dialog.showErrorBox(
    t.text('startFailed.title'),
    t.text('startFailed.text', { reason: reason(error), folder }),
  );
  app.exit(1);
}
