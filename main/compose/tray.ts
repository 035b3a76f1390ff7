import { join } from 'node:path';
import { app, type Tray } from 'electron';
import type { Handlers } from '../commands/handlers';
import { createTray } from '../desktop/tray/tray';
import { createTrayActions } from '../desktop/tray/tray-actions';
import { followAppState } from '../desktop/tray/tray-updates';
import { createTaskbar } from '../desktop/window/taskbar';
import type { WindowKeeper } from '../desktop/window/window';
import type { AppState } from './app-state';
import type { Foundation } from './foundation';

/** The tray icon and the taskbar, which follow the state that windows show. */
export function composeTray(
  { platform, resourceFolder, t, feed, log }: Foundation,
  { projection }: AppState,
  windows: WindowKeeper,
  handlers: Handlers,
  initial: Tray,
) {
  const tray = createTray({
    platform,
    initial,
    iconFolder: join(resourceFolder, 'tray'),
    act: createTrayActions({
      showWindow: windows.show,
      openResult: async (jobId) => (await handlers['result.open']({ jobId })).opened,
      pauseUploads: () => handlers['uploads.pauseAll'](null),
      resumeUploads: () => handlers['uploads.resumeAll'](null),
      setPaused: (paused) => handlers['watch.setPaused']({ paused }),
      isPaused: () => projection.view().paused,
      quit: () => handlers['app.quit'](null),
      logger: log,
    }),
    onFiles: (paths) => windows.show({ view: 'upload', paths }),
  });
  const taskbar = createTaskbar({
    platform,
    setProgress: (fraction) => windows.current()?.setProgressBar(fraction),
    setBadge: (text) => app.dock?.setBadge(text),
  });
  followAppState({ feed, t, tray, taskbar, view: projection.view });
  return tray;
}
