import { app } from 'electron';
import type { Logger } from '../../domain/logger';
import { START_PAGE } from './page-file';

/** Denies what our pages never need: new windows, navigation, embedded pages, permissions. */
export function installGuards(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const refuse = (event: { preventDefault: () => void; url: string; isMainFrame: boolean }) => {
      // Reloading our own page is how the window recovers from an error of its own.
      if (event.isMainFrame && event.url === START_PAGE) return;
      logger.warn('navigation refused');
      event.preventDefault();
    };
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  // The session is created together with the first window: until then it costs nothing.
  app.on('session-created', (created) => {
    created.setPermissionRequestHandler((_contents, permission, answer) => {
      logger.warn('permission refused', { permission });
      answer(false);
    });
    created.setPermissionCheckHandler(() => false);
    created.setDevicePermissionHandler(() => false);
    // Pages cannot download anything.
    created.on('will-download', (event) => event.preventDefault());
  });
}
