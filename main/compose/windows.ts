import { join } from 'node:path';
import { canLiveInTray } from '../desktop/platform';
import { createWindowKeeper } from '../desktop/window/window';
import type { Foundation } from './foundation';

/** The one window, and the theme it follows. */
export function composeWindows({ platform, iconFile, t, feed, environment }: Foundation) {
  const windows = createWindowKeeper({
    preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
    iconFile,
    locale: t.locale,
    mayDisappear: () => canLiveInTray(platform, environment.current().trayHost),
    hasQuitKey: platform === 'linux',
    feed,
  });
  feed.on('settings', ({ changes: { theme } }) => {
    if (theme !== undefined) windows.setTheme(theme);
  });
  return windows;
}
