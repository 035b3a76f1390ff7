import type { AccountView, LiveChannelView, ServiceView } from '../../preload/contract';
import type { Account, AccountLiveState } from '../domain/account';
import type { ClipLine, LikelyEnds } from '../domain/clip-line';
import type { Download, DownloadActivity } from '../domain/download';
import type { DesktopEnvironment, Environment } from '../domain/environment';
import type { Job } from '../domain/job';
import { joinLines } from '../domain/join-lines';
import type { PollingStatus } from '../domain/polling-status';
import type { ServiceModule } from '../domain/service';
import type { StoredSettings } from '../domain/settings';
import type { Upload, UploadProgress } from '../domain/upload';
import type { ChangeFeed } from '../events';
import { accountView, isOnline } from './account-view';
import { downloadView } from './download-view';
import { serviceView } from './service-view';
import { createStateHub } from './state-hub';
import { createUploadTotals } from './upload-totals';

/** Finished lines that a window shows besides all active ones; older ones stay in the store. */
const MAX_FINISHED = 300;
/** Finished downloads that a window shows. */
const MAX_DOWNLOADS = 500;
/** Lines are rebuilt at most this often, however many parts or polls arrive. */
const UPDATE_EVERY_MS = 100;

export interface ProjectionDeps {
  feed: ChangeFeed;
  services: readonly ServiceModule[];
  capabilities: (service: ServiceModule) => ServiceView['capabilities'];
  overrideOf: (service: ServiceModule) => ServiceView['override'];
  environment: () => DesktopEnvironment;
  settings: () => StoredSettings;
  accounts: () => Account[];
  live: (accountId: string) => AccountLiveState;
  pollingStatus: (accountId: string) => PollingStatus | null;
  liveChannel: (accountId: string) => LiveChannelView;
  recentJobs: (limit: number) => Job[];
  /** When these active jobs will likely be done. */
  likelyEnds: (jobs: Job[]) => LikelyEnds;
  recentUploads: (limit: number) => Upload[];
  download: (jobId: string) => Download | null;
  /** All that are under way, and the `limit` latest others. */
  recentDownloads: (limit: number) => Download[];
  systemOnline: () => boolean;
  nowMs: () => number;
  send: Parameters<typeof createStateHub>[1];
  /** Whether there is a window that `send` reaches. */
  hasWindow: () => boolean;
}

/**
 * Turns what is stored and running into the state that windows and the tray show. It follows the feed,
 * and emits `appState` whenever it is up to date.
 */
export function createProjection(deps: ProjectionDeps) {
  const { feed } = deps;
  const progress = new Map<string, UploadProgress>();
  const activities = new Map<string, DownloadActivity>();
  /** Null when those in the store have changed since. */
  let jobs: Job[] | null = null;
  let uploads: Upload[] | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  let lines: ClipLine[] = [];
  /** Whether anything has changed since the lines were built. */
  let linesAreOld = true;
  let online = true;
  const totalsOf = createUploadTotals(deps.nowMs);

  const hub = createStateHub(
    {
      accounts: {},
      services: Object.fromEntries(
        deps.services.map((service) => [
          service.id,
          serviceView(service, {
            capabilities: deps.capabilities(service),
            override: deps.overrideOf(service),
          }),
        ]),
      ),
      lines: {},
      uploads: { all: totalsOf([], progress) },
      downloads: {},
      app: { main: appState() },
    },
    deps.send,
  );

  function environment(): Environment {
    return { ...deps.environment(), online };
  }

  function appState() {
    const { paused, certificateFile: _, ...settings } = deps.settings();
    return { paused, environment: environment(), settings };
  }

  /** The current lines, rebuilt only if needed: for a thousand jobs that costs more than a poll. */
  function currentLines(): ClipLine[] {
    if (!linesAreOld) return lines;
    jobs ??= deps.recentJobs(MAX_FINISHED);
    uploads ??= deps.recentUploads(MAX_FINISHED);
    lines = joinLines(jobs, uploads, progress, deps.likelyEnds(jobs));
    linesAreOld = false;
    return lines;
  }

  function accountViews(): AccountView[] {
    const accounts = deps.accounts().map((account) => {
      const { id } = account;
      return accountView(account, deps.live(id), deps.pollingStatus(id), deps.liveChannel(id));
    });
    online = isOnline(accounts, deps.systemOnline);
    if (!online) {
      for (const account of accounts) {
        if (account.pollReason === 'backing-off') account.pollReason = 'offline';
      }
    }
    return accounts;
  }

  /** Brings everything up to date now. */
  function update(forWindow = deps.hasWindow()): void {
    if (timer) clearTimeout(timer);
    timer = null;
    uploads ??= deps.recentUploads(MAX_FINISHED);
    hub.replace('accounts', new Map(accountViews().map((account) => [account.id, account])));
    // Only windows show when lines will likely end, which changes by itself.
    if (forWindow) linesAreOld = true;
    currentLines();
    // Lines are compared only to send patches, and a window that opens later takes a snapshot.
    if (forWindow) hub.replace('lines', new Map(lines.map((line) => [line.id, line])));
    hub.put('uploads', 'all', totalsOf(uploads, progress));
    hub.put('app', 'main', appState());
    feed.emit('appState', null);
  }

  const updateSoon = () => {
    if (!isClosed) timer ??= setTimeout(() => update(), UPDATE_EVERY_MS);
  };

  function invalidate(what: { jobs?: boolean; uploads?: boolean }): void {
    if (what.jobs) jobs = null;
    if (what.uploads) uploads = null;
    linesAreOld = true;
    updateSoon();
  }

  /** Rebuilds no lines: a download reports four times a second. */
  function showDownload(jobId: string): void {
    const activity = activities.get(jobId) ?? null;
    hub.put('downloads', jobId, downloadView(deps.download(jobId), activity));
  }

  feed.on('downloads', ({ jobId }) => showDownload(jobId));
  feed.on('downloadActivity', ({ jobId, activity }) => {
    if (activity) activities.set(jobId, activity);
    else activities.delete(jobId);
    showDownload(jobId);
  });
  feed.on('jobs', () => invalidate({ jobs: true }));
  feed.on('openedClips', () => invalidate({ jobs: true }));
  feed.on('uploads', () => invalidate({ uploads: true }));
  feed.on('uploadProgress', ({ uploadId, progress: figures }) => {
    progress.set(uploadId, figures);
    invalidate({});
  });
  feed.on('accounts', ({ isRemoved }) => {
    if (isRemoved) invalidate({ jobs: true, uploads: true });
    else updateSoon();
  });
  for (const name of ['connection', 'pollingStatus', 'liveChannel', 'balance'] as const) {
    feed.on(name, updateSoon);
  }
  // At once, before the desktop is asked to show a notification: work done while its answer is awaited
  // would delay storing that answer.
  feed.on('outbox', () => update());
  feed.on('catchUpEnded', () => update());
  feed.on('settings', () => update());
  feed.on('environment', ({ changes }) => {
    if (changes.doNotDisturb === false) update();
    else updateSoon();
  });

  let areDownloadsShown = false;
  /** Only a window shows them, so they are read for the first one. */
  function showStoredDownloads(): void {
    if (areDownloadsShown) return;
    areDownloadsShown = true;
    for (const { jobId } of deps.recentDownloads(MAX_DOWNLOADS)) showDownload(jobId);
  }

  return {
    snapshot() {
      showStoredDownloads();
      update(true);
      return hub.snapshot();
    },
    update: (): void => update(),
    /** Updates nothing by itself any more: the app quits, and the store is closed soon. */
    close(): void {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
    line: (lineId: string): ClipLine | null =>
      currentLines().find(({ id }) => id === lineId) ?? null,
    lineOf: (jobId: string): ClipLine | null =>
      currentLines().find(({ jobIds }) => jobIds.includes(jobId)) ?? null,
    /** The state that windows show, for the tray and the taskbar. Lines are in display order. */
    view: () => ({
      lines,
      uploads: hub.state.uploads.all,
      accounts: Object.values(hub.state.accounts),
      services: hub.state.services,
      environment: environment(),
      paused: hub.state.app.main.paused,
    }),
  };
}
