import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, clipboard, shell, type Tray } from 'electron';
import { createTranslator } from '../preload/messages';
import { systemClock } from './clock';
import { createAccounts } from './commands/accounts';
import { createAppCommands } from './commands/app';
import type { Handlers } from './commands/handlers';
import { createHistoryCommands } from './commands/history';
import { createImportCommands } from './commands/imports';
import { createJobCommands } from './commands/jobs';
import { createRunCommands } from './commands/runs/commands';
import { createSessionTokens } from './commands/session-tokens';
import type { StartArguments } from './commands/start-arguments';
import { createUploadCommands } from './commands/uploads';
import { composeClips, createOpenedClips } from './compose-clips';
import { osKeychain } from './credentials/keychain';
import { createVault } from './credentials/vault';
import { setAppMenu } from './desktop/app-menu';
import { serveApp } from './desktop/app-protocol';
import { chooseVideos } from './desktop/choose-videos';
import { createConfirmQuit } from './desktop/confirm-quit';
import { externalOpener } from './desktop/external';
import { installGuards } from './desktop/guards';
import { iconPixels } from './desktop/icon-pixels';
import { createIncoming } from './desktop/incoming';
import { followLifecycle } from './desktop/lifecycle';
import { createLog } from './desktop/log';
import { followNetwork, systemOnline, systemProxy } from './desktop/network';
import { createBusNotifications } from './desktop/notifications-bus';
import { createElectronNotifications } from './desktop/notifications-electron';
import { ORIGIN } from './desktop/page-file';
import { saveText } from './desktop/save-text';
import type { TakeStart } from './desktop/second-starts';
import { createSessionBus } from './desktop/session-bus';
import { createShell } from './desktop/shell';
import { createShower } from './desktop/shower';
import { isOpenedAtLogin, setStartAtLogin } from './desktop/start-at-login';
import { canLiveInTray, platformOf } from './desktop/tray-platform';
import { createWindowKeeper } from './desktop/window';
import { reason } from './domain/logger';
import type { ServiceModule } from './domain/service';
import { serveBridge } from './ipc/bridge-server';
import { createPublisher } from './ipc/publisher';
import { createRedactor } from './logging/redactor';
import { serviceModules } from './services';
import { createDownloadClient } from './services/download';
import { createHttpClient } from './services/http';
import { offersOf } from './services/offers';
import { createRealtimeClient } from './services/realtime';
import { acceptableBaseUrl } from './services/url';
import { openStorage } from './storage';
import { createHistoryKeeping } from './storage/history-keeping';
import { LOG_KEPT_MS } from './storage/upload-log';
import { newsOf } from './telling/news';
import { tellPermission } from './telling/permission';
import { followStart } from './telling/starting';
import { createTeller, type ShowOutcome } from './telling/teller';
import { systemClock as uploadClock } from './uploads/clock';
import { createUploadQueue } from './uploads/queue';
import { createPartThreads } from './uploads/threads/part-threads';
import { createWatcher } from './watch/watcher';

/** What the entry has begun. */
export interface Begun {
  tray: Tray;
  takeOpenedFiles: (take: (paths: string[]) => void) => void;
  takeSecondStarts: (take: TakeStart) => void;
}

/** Composition root: builds the parts, wires them, and starts them. All else is in the folders. */
export async function start(asked: StartArguments, first: Begun): Promise<void> {
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

  const storage = openStorage(join(dataFolder, 'cliptray.db'));
  const vault = createVault(osKeychain(), logger, redactor.addSecret);
  const userAgent = `Cliptray/${app.getVersion()}`;
  const client = createHttpClient({
    userAgent,
    nowMs: systemClock.nowMs,
    resolveProxy: systemProxy,
  });
  const threads = createPartThreads({
    startWorker: (name) =>
      new Worker(join(import.meta.dirname, `${name}.js`), { workerData: { userAgent } }),
    resolveProxy: systemProxy,
  });
  const otherAddress = (service: ServiceModule) => process.env[service.baseUrlVariable];
  const openExternal = externalOpener(serviceModules.some(otherAddress), logger);
  const iconFile = join(resourceFolder, 'icon.png');
  const bus = createSessionBus(logger);

  const openedClips = createOpenedClips(storage.jobs.ofClip);
  const publisher = createPublisher({
    services: serviceModules,
    offers: offersOf,
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
    mayDisappear: () => canLiveInTray(platform, publisher.environment().trayHost),
    sendGoTo: (window, place) => bridge.sendGoTo(window, place),
    onOpened() {
      desktop.windowOpened();
      // A window is where files are dropped: the first one need not wait for the threads.
      if (accounts.uploadTargets().length > 0) threads.warmUp();
    },
    onQuitKey: platform === 'linux' ? quit : null,
  });

  const shower = createShower({
    t,
    notifications:
      platform === 'linux'
        ? createBusNotifications({
            bus,
            appName: app.getName(),
            desktopEntry: 'cliptray',
            icon: iconPixels(iconFile),
            logger,
          })
        : createElectronNotifications(platform, iconFile),
    lineOf: publisher.lineOf,
    serviceName: (accountId) => accounts.serviceName(accountId),
    handlers: () => handlers,
    showLine: (lineId) => windows.show({ view: 'jobs', lineId }),
    logger,
  });
  const told = (outcome: ShowOutcome) =>
    publisher.environmentChanged({ notifications: outcome === 'shown' });
  const newsStore = {
    job: storage.jobs.get,
    upload: storage.uploads.get,
    uploads: storage.uploads.list,
    account: storage.accounts.get,
  };
  const teller = createTeller({
    store: storage.outbox,
    clock: systemClock,
    logger,
    newsOf: (notice) => newsOf(newsStore, notice),
    mayTell: () =>
      tellPermission({
        isGathering: () => starting.isStarting() || watcher.isGathering(),
        settings: storage.settings.read,
        doNotDisturb: () => publisher.environment().doNotDisturb,
        nowMs: systemClock.nowMs,
      }),
    shower,
    onOutcome: told,
  });
  const tell = () => {
    // Before and not while the desktop's answer is awaited: work in between keeps it from the store.
    publisher.publish();
    void teller.tell();
  };

  const watcher = createWatcher({
    store: storage.watching,
    clock: systemClock,
    random: Math.random,
    logger,
    rateLimits: client.rateLimits,
    onJobs(news) {
      publisher.jobsChanged();
      if (news) tell();
    },
    onGathered: tell,
    onSlept: () => beginAnew('late timer'),
    onStatus: publisher.changed,
  });

  const baseUrlOf = (service: ServiceModule) => {
    const other = otherAddress(service);
    return other ? acceptableBaseUrl(other) : service.baseUrl;
  };
  const sessionTokens = createSessionTokens({
    accounts: storage.accounts,
    vault,
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
    publish: publisher.changed,
  });

  const accounts = createAccounts({
    accounts: storage.accounts,
    vault,
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
      queue.goOn();
      clips.downloads.goOn();
    },
    announceSecret: redactor.addSecret,
    publish: publisher.allChanged,
  });

  const queue = createUploadQueue({
    store: storage.uploads,
    threads,
    remoteFor(accountId) {
      if (accounts.isStarting(accountId)) return 'not-yet';
      return accounts.connection(accountId)?.uploads ?? null;
    },
    clock: uploadClock,
    random: Math.random,
    listener: {
      changed: publisher.uploadsChanged,
      progressed: publisher.uploadProgressed,
      happened(uploadId, event) {
        logger.info('upload', { upload: uploadId, ...event });
        if (event.kind === 'sent') {
          const upload = storage.uploads.get(uploadId);
          if (upload?.remote) {
            watcher.followUpload(upload.accountId, upload.remote.clipId, upload.fileName);
          }
        }
        if (event.kind === 'failed' || event.kind === 'expired') tell();
      },
      log: (upload, text) => logger.info('upload', { upload, text }),
    },
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
    lineOf: publisher.lineOf,
    onOpened(accountId, clipId) {
      openedClips.add(accountId, clipId);
      publisher.jobsChanged();
    },
    addAccount: accounts.handlers['account.add'],
    announceSecret: redactor.addSecret,
    folder: () => join(app.getPath('downloads'), app.getName()),
    show: publisher.downloadChanged,
    showFile: (path) => shell.showItemInFolder(path),
    openExternal,
    clock: systemClock,
    logger,
  });

  const keeping = createHistoryKeeping({
    history: storage.history,
    clock: systemClock,
    logger,
    keptDays: () => storage.settings.read().historyDays,
    onForgotten: publisher.allChanged,
  });

  // A promise since Electron 45, at once before.
  const copy = async (text: string): Promise<void> => void (await clipboard.writeText(text));

  const handlers: Handlers = {
    ...accounts.handlers,
    ...sessionTokens.handlers,
    ...createRunCommands({
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
      line: publisher.line,
      openExternal,
      copy,
      publish: publisher.jobsChanged,
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
        if (launchAtLogin !== undefined) setStartAtLogin(platform, launchAtLogin);
        if (theme !== undefined) windows.setTheme(theme);
        if (uploadLimitBytesPerSecond !== undefined) threads.setLimit(uploadLimitBytesPerSecond);
      },
      onSettingsChanged() {
        // Quiet hours may have ended, or what the desktop asks for no longer counts.
        tell();
        keeping.forget();
      },
      async testNotification() {
        const outcome = await shower.test();
        told(outcome);
        return outcome === 'shown';
      },
      openExternal,
      showLog: () => shell.showItemInFolder(logger.file),
      confirmQuit: createConfirmQuit({
        uploads: () => publisher.view().uploads,
        window: windows.current,
        t,
      }),
      quit: () => app.quit(),
      retryKeys: () => accounts.retryKeys(),
      publish: publisher.changed,
    }),
  };

  const bridge = serveBridge({
    origin: ORIGIN,
    handlers,
    snapshot() {
      windows.pageListens();
      return publisher.snapshot();
    },
    logger,
  });

  const desktop = createShell({
    platform,
    resourceFolder,
    firstTray: first.tray,
    t,
    windows,
    handlers,
    bus,
    logger,
    view: publisher.view,
    environmentChanged(change) {
      publisher.environmentChanged(change);
      if (change.doNotDisturb === false) tell();
    },
  });

  const incoming = createIncoming(windows.show);
  followLifecycle({
    show: () => windows.show(),
    beforeQuit: windows.allowQuit,
    async shutDown() {
      logger.info('quitting');
      watcher.stopAll();
      keeping.stop();
      await teller.close();
      await queue.close();
      await clips.downloads.close();
      await threads.close();
      await sessionTokens.close();
      await client.close();
      storage.close();
      desktop.destroy();
    },
  });
  first.takeSecondStarts((line) => {
    // One that asks for something else was answered where it was typed.
    if (line.wants === 'start') incoming.start(line.start);
    else windows.show();
  });
  /** Connections from before a sleep or a change of the network are dead, whatever they look like. */
  const resetConnections = (why: string) => {
    logger.info('connections reset', { why });
    client.resetConnections();
    threads.resetConnections();
    clips.downloads.resetConnections();
    sessionTokens.restart();
  };
  const beginAnew = (why: string) => {
    resetConnections(why);
    // Ends the waits of the uploads too: what they waited for is back.
    queue.hold();
    queue.goOn();
    clips.downloads.goOn();
    accounts.retryKeys();
    watcher.restart();
  };
  const stopNetwork = followNetwork(platform, logger, {
    onWake: () => beginAnew('wake'),
    onConditions(conditions, isReturn) {
      watcher.setConditions(conditions);
      publisher.environmentChanged({ metered: conditions.metered });
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
  publisher.publish();
  watcher.setPaused(settings.paused);
  threads.setLimit(settings.uploadLimitBytesPerSecond);
  storage.uploads.forget(Date.now() - LOG_KEPT_MS);
  keeping.forget();
  // What the last run left is told together with what the first polls find.
  const starting = followStart(systemClock, tell);
  queue.start();
  clips.downloads.start();
  // A keychain may ask a person to unlock it, and take any time: nothing else waits for it.
  const accountsStarted = accounts.startAll();
  quietly('accounts not started', accountsStarted);
  quietly(
    'keychain not checked',
    vault.available().then((keychain) => publisher.environmentChanged({ keychain })),
  );
  await desktop.followDesktop();
  void accountsStarted.finally(starting.end).catch(() => {});
  publisher.publish();
  const hidden = asked.hidden || isOpenedAtLogin();
  // Without a tray to be found in, not even the login starts it out of sight.
  const inTray = canLiveInTray(platform, publisher.environment().trayHost);
  incoming.start({ ...asked, hidden: hidden && inTray });
  first.takeOpenedFiles(incoming.files);
}
