import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, clipboard, shell, type Tray } from 'electron';
import { createTranslator } from '../../preload/messages';
import { createApiKeyStore } from '../accounts/api-key-store';
import { osKeychain } from '../accounts/os-keychain';
import { createAccounts } from '../accounts/registry';
import { createSessionTokens } from '../accounts/session-tokens';
import { createProjection } from '../app-state/projection';
import { createAppCommands } from '../commands/app';
import { createExecutionCommands } from '../commands/executions/commands';
import type { Handlers } from '../commands/handlers';
import { createHistoryCommands } from '../commands/history';
import { createImportCommands } from '../commands/imports';
import { createJobCommands } from '../commands/jobs';
import { createUploadCommands } from '../commands/uploads';
import { chooseVideos } from '../desktop/dialogs/choose-videos';
import { createQuitDialog } from '../desktop/dialogs/quit-dialog';
import { saveText } from '../desktop/dialogs/save-text';
import { createDbusNotifications } from '../desktop/notifications/dbus-notifications';
import { createElectronNotifications } from '../desktop/notifications/electron-notifications';
import { iconPixels } from '../desktop/notifications/icon-pixels';
import { canLiveInTray, platformOf } from '../desktop/platform';
import { createShell } from '../desktop/shell';
import type { LaunchRequest } from '../desktop/start/command-line';
import { createLaunchRequests } from '../desktop/start/launch-requests';
import { followLifecycle } from '../desktop/start/lifecycle';
import { isOpenedAtLogin, setLoginItem } from '../desktop/start/login-item';
import type { OnSecondInstance } from '../desktop/start/single-instance';
import { followConnectivity, systemOnline, systemProxy } from '../desktop/system/connectivity';
import { createOpenExternal } from '../desktop/system/open-external';
import { createSessionBus } from '../desktop/system/session-bus';
import { setAppMenu } from '../desktop/window/app-menu';
import { serveApp } from '../desktop/window/app-protocol';
import { ORIGIN } from '../desktop/window/page-file';
import { installGuards } from '../desktop/window/page-guards';
import { createWindowKeeper } from '../desktop/window/window';
import { reason } from '../domain/logger';
import type { ServiceModule } from '../domain/service';
import { createChangeFeed } from '../events';
import { createRetention } from '../history/retention';
import { createDownloadClient } from '../http/download-client';
import { createJsonClient } from '../http/json-client';
import { createRealtimeClient } from '../http/realtime-client';
import { acceptableBaseUrl } from '../http/url';
import { serveBridge } from '../ipc/bridge-server';
import { createLog } from '../logging/file-log';
import { createRedactor } from '../logging/redactor';
import { deliveryDecision } from '../notifications/delivery-policy';
import { notificationSubject } from '../notifications/notification-subject';
import { createOutboxDispatcher, type DeliveryOutcome } from '../notifications/outbox-dispatcher';
import { createPresenter } from '../notifications/presenter';
import { startStartupGracePeriod } from '../notifications/startup-grace-period';
import { createWatcher } from '../polling/watcher';
import { serviceModules } from '../services';
import { capabilitiesOf } from '../services/capabilities';
import { openStorage } from '../storage';
import { LOG_KEPT_MS } from '../storage/upload-log';
import { createUploadQueue } from '../uploads/queue';
import { createPartWorkers } from '../uploads/workers/part-workers';
import { composeClips, createOpenedClips } from './clips';
import { systemClock } from './system-clock';

/** What the entry has begun. */
export interface Begun {
  tray: Tray;
  takeOpenedFiles: (take: (paths: string[]) => void) => void;
  takeSecondInstances: (take: OnSecondInstance) => void;
}

/** Composition root: builds the parts, wires them, and starts them. All else is in the folders. */
export async function start(asked: LaunchRequest, first: Begun): Promise<void> {
  const platform = platformOf(process.platform);
  const dataFolder = app.getPath('userData');
  const resourceFolder = join(app.getAppPath(), 'resources');
  const t = createTranslator(app.getLocale() || 'en');
  const redactor = createRedactor(app.getPath('home'));
  const logger = createLog(join(dataFolder, 'logs'), redactor);
  logger.info('started', { version: app.getVersion(), electron: process.versions.electron });
  process.on('uncaughtException', (error) => logger.error('uncaught', { reason: error.stack }));
  process.on('unhandledRejection', (error) => logger.error('unhandled', { reason: reason(error) }));
  const quietly = (what: string, work: Promise<unknown>) =>
    void work.catch((error) => logger.error(what, { reason: reason(error) }));

  const feed = createChangeFeed(logger);
  const storage = openStorage(join(dataFolder, 'cliptray.db'), feed);
  const apiKeys = createApiKeyStore(osKeychain(), logger, redactor.addSecret);
  const userAgent = `Cliptray/${app.getVersion()}`;
  const client = createJsonClient({
    userAgent,
    nowMs: systemClock.nowMs,
    resolveProxy: systemProxy,
  });
  const workers = createPartWorkers({
    startWorker: (name) =>
      new Worker(join(import.meta.dirname, `${name}.js`), { workerData: { userAgent } }),
    resolveProxy: systemProxy,
  });
  const otherAddress = (service: ServiceModule) => process.env[service.baseUrlVariable];
  const openExternal = createOpenExternal(serviceModules.some(otherAddress), logger);
  const iconFile = join(resourceFolder, 'icon.png');
  const bus = createSessionBus(logger);

  const openedClips = createOpenedClips(storage.jobs.ofClip);
  const projection = createProjection({
    services: serviceModules,
    offers: capabilitiesOf,
    environment: {
      platform,
      version: app.getVersion(),
      keychain: true,
      trayHost: platform !== 'linux',
      notifications: true,
      doNotDisturb: false,
      online: true,
      metered: false,
    },
    settings: storage.settings.read,
    accounts: storage.accounts.all,
    live: (accountId) => accounts.live(accountId),
    status: (accountId) => watcher.status(accountId),
    realtime: (accountId) => sessionTokens.state(accountId),
    recentJobs: (limit) => openedClips.withThem(storage.jobs.recent(limit)),
    likelyEnds: (jobs) => watcher.likelyEnds(jobs),
    recentUploads: storage.uploads.recent,
    systemOnline,
    nowMs: systemClock.nowMs,
    send: (message) => bridge.sendPatches(windows.current(), message),
    hasWindow: () => windows.current() !== null,
    onChange: () => desktop.render(),
  });

  /** Every way in which a person quits goes through the verb, which asks about unfinished uploads. */
  const quit = () => quietly('quitting failed', Promise.resolve(handlers['app.quit'](null)));

  const windows = createWindowKeeper({
    preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
    iconFile,
    locale: t.locale,
    mayDisappear: () => canLiveInTray(platform, projection.environment().trayHost),
    sendGoTo: (window, place) => bridge.sendGoTo(window, place),
    onOpened() {
      desktop.windowOpened();
      // A window is where files are dropped: the first one need not wait for the workers.
      if (accounts.uploadTargets().length > 0) workers.warmUp();
    },
    onQuitKey: platform === 'linux' ? quit : null,
  });

  const presenter = createPresenter({
    t,
    notifications:
      platform === 'linux'
        ? createDbusNotifications({
            bus,
            appName: app.getName(),
            desktopEntry: 'cliptray',
            icon: iconPixels(iconFile),
            logger,
          })
        : createElectronNotifications(platform, iconFile),
    lineOf: projection.lineOf,
    serviceName: (accountId) => accounts.serviceName(accountId),
    handlers: () => handlers,
    showLine: (lineId) => windows.show({ view: 'jobs', lineId }),
    logger,
  });
  const told = (outcome: DeliveryOutcome) =>
    projection.environmentChanged({ notifications: outcome === 'shown' });
  const subjectStore = {
    job: storage.jobs.get,
    upload: storage.uploads.get,
    uploads: storage.uploads.list,
    account: storage.accounts.get,
  };
  const outboxDispatcher = createOutboxDispatcher({
    store: storage.outbox,
    clock: systemClock,
    logger,
    notificationSubject: (notice) => notificationSubject(subjectStore, notice),
    mayDeliver: () =>
      deliveryDecision({
        isGathering: () => starting.isStarting() || watcher.isGathering(),
        settings: storage.settings.read,
        doNotDisturb: () => projection.environment().doNotDisturb,
        nowMs: systemClock.nowMs,
      }),
    presenter,
    onOutcome: told,
  });
  const tell = () => {
    // Before and not while the desktop's answer is awaited: work in between keeps it from the store.
    projection.publish();
    void outboxDispatcher.tell();
  };

  const watcher = createWatcher({
    store: storage.watching,
    clock: systemClock,
    random: Math.random,
    logger,
    rateLimits: client.rateLimits,
    onJobs(news) {
      projection.jobsChanged();
      if (news) tell();
    },
    onGathered: tell,
    onSlept: () => beginAnew('late timer'),
    onStatus: projection.changed,
  });

  const baseUrlOf = (service: ServiceModule) => {
    const other = otherAddress(service);
    return other ? acceptableBaseUrl(other) : service.baseUrl;
  };
  const sessionTokens = createSessionTokens({
    accounts: storage.accounts,
    apiKeys,
    client: createRealtimeClient({
      clock: systemClock,
      random: Math.random,
      userAgent,
      resolveProxy: systemProxy,
    }),
    services: serviceModules,
    baseUrlOf,
    watcher,
    logger,
    publish: projection.changed,
  });

  const accounts = createAccounts({
    accounts: storage.accounts,
    apiKeys,
    client,
    services: serviceModules,
    baseUrlOf,
    watcher,
    clock: systemClock,
    logger,
    async cancelUploadsOf(accountId) {
      const own = storage.uploads.list().filter((upload) => upload.accountId === accountId);
      await Promise.all(own.map((upload) => queue.cancel(upload.id)));
      await clips.downloads.cancelOf(accountId);
    },
    onConnected: (account) => quietly('no channel', sessionTokens.follow(account)),
    forgetSecrets: sessionTokens.forget,
    onStarted() {
      feed.emit('connection', { accountId: '', isConnected: true });
      clips.downloads.goOn();
    },
    announceSecret: redactor.addSecret,
    publish: projection.allChanged,
  });

  const queue = createUploadQueue({
    store: storage.uploads,
    workers,
    remoteFor(accountId) {
      if (accounts.isStarting(accountId)) return 'not-yet';
      return accounts.connection(accountId)?.uploads ?? null;
    },
    clock: systemClock,
    random: Math.random,
    feed,
    logger,
  });
  feed.on('uploads', projection.uploadsChanged);
  feed.on('uploadProgress', ({ uploadId, progress }) =>
    projection.uploadProgressed(uploadId, progress),
  );
  feed.on('uploadEvent', ({ uploadId, event }) => {
    if (event.kind === 'sent') {
      const upload = storage.uploads.get(uploadId);
      if (upload?.remote) {
        watcher.followUpload(upload.accountId, upload.remote.clipId, upload.fileName);
      }
    }
    if (event.kind === 'failed' || event.kind === 'expired') tell();
  });

  const clips = composeClips({
    storage,
    watcher,
    client: createDownloadClient({
      userAgent,
      nowMs: systemClock.nowMs,
      resolveProxy: systemProxy,
    }),
    jsonClient: client,
    services: serviceModules,
    baseUrlOf,
    connection: accounts.connection,
    lineOf: projection.lineOf,
    onOpened(accountId, clipId) {
      openedClips.add(accountId, clipId);
      projection.jobsChanged();
    },
    addAccount: accounts.handlers['account.add'],
    announceSecret: redactor.addSecret,
    folder: () => join(app.getPath('downloads'), app.getName()),
    show: projection.downloadChanged,
    showFile: (path) => shell.showItemInFolder(path),
    openExternal,
    clock: systemClock,
    logger,
  });

  const keeping = createRetention({
    history: storage.history,
    clock: systemClock,
    logger,
    keptDays: () => storage.settings.read().historyDays,
    onForgotten: projection.allChanged,
  });

  // A promise since Electron 45, at once before.
  const copy = async (text: string): Promise<void> => void (await clipboard.writeText(text));

  const handlers: Handlers = {
    ...accounts.handlers,
    ...sessionTokens.handlers,
    ...createExecutionCommands({
      jobs: storage.jobs,
      starts: storage.runs,
      connection: accounts.connection,
      watcher,
      clock: systemClock,
      logger,
      confirmOverCoins: () => storage.settings.read().confirmOverCoins,
      balanceCoins: (accountId) => accounts.live(accountId).balanceCoins,
      balanceRead: accounts.balanceRead,
      copy,
      saveText: (fileName, text) => saveText(windows.current(), fileName, text),
    }),
    ...createJobCommands({
      jobs: storage.jobs,
      watcher,
      connection: accounts.connection,
      line: projection.line,
      openExternal,
      copy,
      publish: projection.jobsChanged,
      logger,
    }),
    ...clips.handlers,
    ...createImportCommands({
      targets: accounts.uploadTargets,
      connection: accounts.connection,
      watcher,
      logger,
    }),
    ...createUploadCommands({
      queue,
      store: storage.uploads,
      targets: accounts.uploadTargets,
      chooseFiles: (what) => chooseVideos(windows.current(), what, t),
      saveText: (fileName, text) => saveText(windows.current(), fileName, text),
      showFile: (path) => shell.showItemInFolder(path),
    }),
    ...createHistoryCommands({
      history: storage.history,
      accounts: storage.accounts.all,
      nowMs: systemClock.nowMs,
      saveText: (fileName, text) => saveText(windows.current(), fileName, text),
    }),
    ...createAppCommands({
      settings: storage.settings,
      services: serviceModules,
      watcher,
      applySettings({ theme, launchAtLogin, uploadLimitBytesPerSecond }) {
        if (launchAtLogin !== undefined) setLoginItem(platform, launchAtLogin);
        if (theme !== undefined) windows.setTheme(theme);
        if (uploadLimitBytesPerSecond !== undefined) workers.setLimit(uploadLimitBytesPerSecond);
      },
      onSettingsChanged() {
        // Quiet hours may have ended, or what the desktop asks for no longer counts.
        tell();
        keeping.forget();
      },
      async testNotification() {
        const outcome = await presenter.test();
        told(outcome);
        return outcome === 'shown';
      },
      openExternal,
      showLog: () => shell.showItemInFolder(logger.file),
      confirmQuit: createQuitDialog({
        uploads: () => projection.view().uploads,
        window: windows.current,
        t,
      }),
      quit: () => app.quit(),
      retryKeys: () => accounts.retryKeys(),
      publish: projection.changed,
    }),
  };

  const bridge = serveBridge({
    origin: ORIGIN,
    handlers,
    snapshot() {
      windows.pageListens();
      return projection.snapshot();
    },
    logger,
  });

  const desktop = createShell({
    platform,
    resourceFolder,
    initialTray: first.tray,
    t,
    windows,
    handlers,
    bus,
    logger,
    view: projection.view,
    environmentChanged(change) {
      projection.environmentChanged(change);
      if (change.doNotDisturb === false) tell();
    },
  });

  const incoming = createLaunchRequests(windows.show);
  followLifecycle({
    show: () => windows.show(),
    beforeQuit: windows.allowQuit,
    async shutDown() {
      logger.info('quitting');
      watcher.stopAll();
      keeping.stop();
      await outboxDispatcher.close();
      await queue.close();
      await clips.downloads.close();
      await workers.close();
      await sessionTokens.close();
      await client.close();
      storage.close();
      desktop.destroy();
    },
  });
  first.takeSecondInstances((line) => {
    // One that asks for something else was answered where it was typed.
    if (line.wants === 'start') incoming.start(line.start);
    else windows.show();
  });
  /** Connections from before a sleep or a change of the network are dead, whatever they look like. */
  const resetConnections = (why: string) => {
    logger.info('connections reset', { why });
    client.resetConnections();
    workers.resetConnections();
    clips.downloads.resetConnections();
    sessionTokens.restart();
  };
  const beginAnew = (why: string) => {
    resetConnections(why);
    // Ends the waits of the uploads too: what they waited for is back.
    feed.emit('connectivity', { kind: 'resumed', cause: why === 'wake' ? 'wake' : 'network' });
    clips.downloads.goOn();
    accounts.retryKeys();
    watcher.restart();
  };
  const stopNetwork = followConnectivity(platform, logger, {
    onWake: () => beginAnew('wake'),
    onConditions(conditions, isReturn) {
      watcher.setConditions(conditions);
      projection.environmentChanged({ metered: conditions.metered });
      if (isReturn) beginAnew('network');
    },
    onAddressLost: () => resetConnections('address lost'),
  });
  app.once('will-quit', stopNetwork);

  installGuards(logger);
  serveApp(join(import.meta.dirname, '../renderer'));
  setAppMenu(platform, t, quit);
  const settings = storage.settings.read();
  windows.setTheme(settings.theme);
  // The tray is what a person looks for: it comes before all that may wait.
  projection.publish();
  watcher.setPaused(settings.paused);
  workers.setLimit(settings.uploadLimitBytesPerSecond);
  storage.uploads.forget(Date.now() - LOG_KEPT_MS);
  keeping.forget();
  // What the last run left is told together with what the first polls find.
  const starting = startStartupGracePeriod(systemClock, tell);
  queue.start();
  clips.downloads.start();
  // A keychain may ask a person to unlock it, and take any time: nothing else waits for it.
  const accountsStarted = accounts.startAll();
  quietly('accounts not started', accountsStarted);
  quietly(
    'keychain not checked',
    apiKeys.available().then((keychain) => projection.environmentChanged({ keychain })),
  );
  await desktop.followDesktop();
  void accountsStarted.finally(starting.end).catch(() => {});
  projection.publish();
  const hidden = asked.hidden || isOpenedAtLogin();
  // Without a tray to be found in, not even the login starts it out of sight.
  const inTray = canLiveInTray(platform, projection.environment().trayHost);
  incoming.start({ ...asked, hidden: hidden && inTray });
  first.takeOpenedFiles(incoming.files);
}
