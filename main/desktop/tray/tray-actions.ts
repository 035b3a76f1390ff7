import type { Route } from '../../../preload/contract';
import { type Logger, reason } from '../../domain/logger';
import type { TrayAction } from './tray-menu';

export interface TrayActionDeps {
  /** Shows the window, at a route if one is given. */
  showWindow: (route?: Route) => void;
  openResult: (jobId: string) => Promise<boolean>;
  pauseUploads: () => unknown;
  resumeUploads: () => unknown;
  setPaused: (paused: boolean) => unknown;
  isPaused: () => boolean;
  quit: () => unknown;
  logger: Logger;
}

/** Does what an entry of the tray's menu, or a click on the icon, asks for. */
export function createTrayActions(deps: TrayActionDeps): (action: TrayAction) => void {
  const { showWindow, logger } = deps;

  async function openResult(jobId: string, lineId: string): Promise<void> {
    if (!(await deps.openResult(jobId))) showWindow({ view: 'jobs', lineId });
  }

  function run(action: TrayAction): unknown {
    switch (action.do) {
      case 'line':
        return showWindow({ view: 'jobs', lineId: action.lineId });
      case 'result':
        return openResult(action.jobId, action.lineId);
      case 'upload':
        return showWindow({ view: 'upload', paths: null });
      case 'start':
        return showWindow({ view: 'start', source: null });
      case 'pause-uploads':
        return deps.pauseUploads();
      case 'resume-uploads':
        return deps.resumeUploads();
      case 'toggle-paused':
        return deps.setPaused(!deps.isPaused());
      case 'open':
        return showWindow();
      case 'quit':
        return deps.quit();
    }
  }

  return (action) => {
    logger.info('tray action', { action: action.do });
    const done = run(action);
    if (done instanceof Promise) {
      done.catch((error) => logger.error('tray action failed', { reason: reason(error) }));
    }
  };
}
