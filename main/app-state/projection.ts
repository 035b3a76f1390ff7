import type {
  AccountView,
  DownloadView,
  Environment,
  RealtimeView,
  ServiceView,
  Settings,
} from '../../preload/contract';
import type { Account } from '../domain/account';
import type { ClipLine, LikelyEnds } from '../domain/clip-line';
import type { Job } from '../domain/job';
import { joinLines } from '../domain/join-lines';
import type { PollingStatus } from '../domain/polling-status';
import type { ServiceModule } from '../domain/service';
import type { ServiceProblem } from '../domain/service-error';
import type { Upload, UploadProgress } from '../domain/upload';
import { createStateHub } from './state-hub';
import { createUploadTotals } from './upload-totals';

/** Finished lines a window shows besides all active ones; older ones stay in the store. */
const MOST_FINISHED = 300;
/** Lines are joined anew at most this often, however many parts or polls arrive. */
const JOIN_EVERY_MS = 100;

export interface ProjectionDeps {
  services: readonly ServiceModule[];
  offers: (service: ServiceModule) => ServiceView['offers'];
  environment: Environment;
  settings: () => Settings & { paused: boolean };
  accounts: () => Account[];
  live: (accountId: string) => {
    waitsFor: ServiceProblem | null;
    balanceCoins: number | null;
  };
  status: (accountId: string) => PollingStatus | null;
  realtime: (accountId: string) => RealtimeView;
  recentJobs: (limit: number) => Job[];
  /** When these active jobs will likely be done. */
  likelyEnds: (jobs: Job[]) => LikelyEnds;
  recentUploads: (limit: number) => Upload[];
  systemOnline: () => boolean;
  nowMs: () => number;
  send: Parameters<typeof createStateHub>[1];
  /** Whether there is a window that `send` reaches. */
  hasWindow: () => boolean;
  /** The tray and the taskbar follow the same state. */
  onChange: () => void;
}

function accountView(
  account: Account,
  live: ReturnType<ProjectionDeps['live']>,
  status: PollingStatus | null,
  realtime: RealtimeView,
): AccountView {
  return {
    id: account.id,
    service: account.service,
    name: account.name,
    keyHeader: account.keyHeader,
    keyLocation: account.keyLocation,
    brands: account.brands,
    brandId: account.brandId,
    balanceCoins: live.balanceCoins,
    problem: live.waitsFor ?? status?.problem ?? null,
    remoteText: status?.remoteText ?? null,
    lastSuccessAtMs: status?.lastSuccessAtMs ?? null,
    nextPollAtMs: status?.nextPollAtMs ?? null,
    pollReason: status?.reason ?? 'idle',
    pace: account.pace,
    notificationRules: account.notificationRules,
    spending: status?.spending ?? null,
    realtime,
  };
}

/** Turns what is stored and running into the state that windows and the tray show. */
export function createProjection(deps: ProjectionDeps) {
  const progress = new Map<string, UploadProgress>();
  let jobs: Job[] | null = null;
  let uploads: Upload[] | null = null;
  let timer: NodeJS.Timeout | null = null;
  let lines: ClipLine[] = [];
  /** What the lines are made of has changed since. */
  let linesAreOld = true;
  let environment = deps.environment;
  const totalsOf = createUploadTotals(deps.nowMs);

  const hub = createStateHub(
    {
      accounts: {},
      services: Object.fromEntries(
        deps.services.map((service) => [
          service.id,
          {
            id: service.id,
            name: service.name,
            keyHeaders: service.keyHeaders,
            acceptsUploads: service.acceptsUploads,
            hasKeyPage: service.keyPage !== null,
            hasBalancePage: service.balancePage !== null,
            kinds: service.kinds,
            coinsPerPoll: service.coinsPerPoll,
            offers: deps.offers(service),
          },
        ]),
      ),
      lines: {},
      uploads: { all: totalsOf([], progress) },
      downloads: {},
      app: { main: appState() },
    },
    deps.send,
  );

  function appState() {
    const { paused, ...settings } = deps.settings();
    return { paused, environment, settings };
  }

  /** The lines as they are now: joining a thousand jobs for each poll would cost more than polling. */
  function currentLines(): ClipLine[] {
    if (!linesAreOld) return lines;
    jobs ??= deps.recentJobs(MOST_FINISHED);
    uploads ??= deps.recentUploads(MOST_FINISHED);
    lines = joinLines(jobs, uploads, progress, deps.likelyEnds(jobs));
    linesAreOld = false;
    return lines;
  }

  function publish(forWindow = deps.hasWindow()): void {
    if (timer) clearTimeout(timer);
    timer = null;
    uploads ??= deps.recentUploads(MOST_FINISHED);
    const accounts = deps.accounts().map((account) => {
      const { id } = account;
      return accountView(account, deps.live(id), deps.status(id), deps.realtime(id));
    });
    environment = { ...environment, online: isOnline(accounts) };
    if (!environment.online) {
      for (const account of accounts) {
        if (account.pollReason === 'backing-off') account.pollReason = 'offline';
      }
    }
    hub.replace('accounts', new Map(accounts.map((account) => [account.id, account])));
    // Nobody else looks at when lines will likely end, which moves by itself.
    if (forWindow) linesAreOld = true;
    currentLines();
    // Comparing them all is for patches, and a window that comes later takes a snapshot.
    if (forWindow) hub.replace('lines', new Map(lines.map((line) => [line.id, line])));
    hub.put('uploads', 'all', totalsOf(uploads, progress));
    hub.put('app', 'main', appState());
    deps.onChange();
  }

  /** Offline is what both our own calls and the system say: one alone is a service or a tunnel. */
  function isOnline(accounts: AccountView[]): boolean {
    const watched = accounts.filter(({ problem }) => problem !== 'key-missing');
    const anyAnswer = watched.some(
      ({ problem, pollReason }) =>
        pollReason !== 'offline' && problem !== 'unreachable' && problem !== 'timed-out',
    );
    return watched.length === 0 || anyAnswer || deps.systemOnline();
  }

  const later = () => {
    timer ??= setTimeout(() => publish(), JOIN_EVERY_MS);
  };

  return {
    snapshot() {
      publish(true);
      return hub.snapshot();
    },
    line: (lineId: string): ClipLine | null =>
      currentLines().find(({ id }) => id === lineId) ?? null,
    lineOf: (jobId: string): ClipLine | null =>
      currentLines().find(({ jobIds }) => jobIds.includes(jobId)) ?? null,
    environment: (): Environment => environment,
    /** The same state as windows show, for the tray and the taskbar. Lines are in display order. */
    view: () => ({
      lines,
      uploads: hub.state.uploads.all,
      accounts: Object.values(hub.state.accounts) as AccountView[],
      services: hub.state.services,
      environment,
      paused: hub.state.app.main.paused,
    }),
    /** Jobs in the store changed. */
    jobsChanged(): void {
      jobs = null;
      linesAreOld = true;
      later();
    },
    uploadsChanged(): void {
      uploads = null;
      linesAreOld = true;
      later();
    },
    uploadProgressed(uploadId: string, figures: UploadProgress): void {
      progress.set(uploadId, figures);
      linesAreOld = true;
      later();
    },
    /** A download has moved on; null once it is not kept any more. Joins no lines. */
    downloadChanged: (jobId: string, view: DownloadView | null): void =>
      hub.put('downloads', jobId, view),
    /** Accounts, their state or the settings changed. */
    changed: later,
    /** Anything may have changed, as when an account was added or removed. */
    allChanged(): void {
      jobs = null;
      uploads = null;
      linesAreOld = true;
      later();
    },
    environmentChanged(change: Partial<Environment>): void {
      environment = { ...environment, ...change };
      later();
    },
    /** Brings everything up to date now. */
    publish: (): void => publish(),
  };
}
