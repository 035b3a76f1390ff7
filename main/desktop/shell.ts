import { app, type Tray } from 'electron';
import type { AccountView, Environment, ServiceView, UploadTotals } from '../../preload/contract';
import type { Translator } from '../../preload/messages';
import type { Handlers } from '../commands/handlers';
import type { ClipLine } from '../domain/clip-line';
import { type Logger, reason } from '../domain/logger';
import type { Platform } from './platform';
import type { DbusConnection } from './system/dbus-connection';
import { followDoNotDisturb } from './system/do-not-disturb';
import { NOTIFICATION_DAEMON, TRAY_HOST } from './system/session-bus';
import { createTray } from './tray/tray';
import { createTrayModel, type TrayAction } from './tray/tray-model';
import { createTaskbar } from './window/taskbar';
import type { WindowKeeper } from './window/window';

/** Problems that only the user can end; the tray asks for attention. */
const NEEDS_USER = new Set<AccountView['problem']>([
  'key-missing',
  'keychain-silent',
  'key-refused',
  'scope-missing',
  'plan-suspended',
  'no-credit',
]);

export interface ShellDeps {
  platform: Platform;
  resourceFolder: string;
  initialTray: Tray;
  t: Translator;
  windows: WindowKeeper;
  handlers: Handlers;
  bus: DbusConnection;
  logger: Logger;
  /** The state that windows show. */
  view: () => {
    lines: ClipLine[];
    uploads: UploadTotals;
    accounts: AccountView[];
    services: Record<string, ServiceView>;
    environment: Environment;
    paused: boolean;
  };
  environmentChanged: (change: Partial<Environment>) => void;
}

/** What of the app is always there: tray, taskbar, and the desktop services they depend on. */
export function createShell(deps: ShellDeps) {
  const { platform, t, windows, handlers, logger } = deps;

  const act = (action: TrayAction): void => {
    logger.info('asked', { tray: action.do });
    const done = run(action);
    if (done instanceof Promise) {
      done.catch((error) => logger.error('tray action failed', { reason: reason(error) }));
    }
  };

  function run(action: TrayAction): unknown {
    switch (action.do) {
      case 'line':
        return windows.show({ view: 'jobs', lineId: action.lineId });
      case 'result':
        return openResult(action.jobId, action.lineId);
      case 'upload':
        return windows.show({ view: 'upload', paths: null });
      case 'start':
        return windows.show({ view: 'start', source: null });
      case 'pause-uploads':
        return handlers['uploads.pauseAll'](null);
      case 'resume-uploads':
        return handlers['uploads.resumeAll'](null);
      case 'toggle-paused':
        return handlers['watch.setPaused']({ paused: !deps.view().paused });
      case 'open':
        return windows.show();
      case 'quit':
        return handlers['app.quit'](null);
    }
  }

  async function openResult(jobId: string, lineId: string): Promise<void> {
    const { opened } = await handlers['job.open']({ jobId });
    if (!opened) windows.show({ view: 'jobs', lineId });
  }

  const modelOf = createTrayModel(t);
  const tray = createTray({
    platform,
    first: deps.initialTray,
    iconFolder: `${deps.resourceFolder}/tray`,
    act,
    onFiles: (paths) => windows.show({ view: 'upload', paths }),
  });
  const taskbar = createTaskbar({
    platform,
    setProgress: (fraction) => windows.current()?.setProgressBar(fraction),
    setBadge: (text) => app.dock?.setBadge(text),
  });

  return {
    /** Makes tray and taskbar agree with the state. */
    render(): void {
      const { lines, uploads, accounts, services, environment, paused } = deps.view();
      const accountsInTrouble = accounts.filter(({ problem }) => NEEDS_USER.has(problem)).length;
      const offline = !environment.online;
      const { notifications } = environment;
      const input = {
        ...{ lines, uploads, accountsInTrouble, offline, paused, notifications },
        canStart: accounts.some(({ service }) => services[service]?.offers.runs),
      };
      tray.show(modelOf(input));
      taskbar.show(uploads);
    },
    windowOpened: (): void => taskbar.forget(),
    /**
     * Resolves when it is known whether the desktop shows tray icons and notifications, and goes on
     * following it: panels and daemons are restarted, and come late after a login.
     */
    async followDesktop(): Promise<void> {
      if (platform !== 'linux') return;
      const { bus } = deps;
      await bus.followNames([TRAY_HOST, NOTIFICATION_DAEMON], (name, { present }) => {
        logger.info('desktop service', { name, present });
        if (name === NOTIFICATION_DAEMON)
          return deps.environmentChanged({ notifications: present });
        deps.environmentChanged({ trayHost: present });
        if (present) tray.renew();
      });
      await followDoNotDisturb(bus, (doNotDisturb) => deps.environmentChanged({ doNotDisturb }));
    },
    destroy: (): void => tray.destroy(),
  };
}
