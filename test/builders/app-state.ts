import { NOTIFY_EVERYTHING } from '../../main/domain/notification-rules';
import type {
  AccountView,
  AddressOverride,
  AppState,
  ClipLine,
  DownloadView,
  Environment,
  ServiceView,
  Settings,
  UploadTotals,
} from '../../preload/contract';
import { sampleTotals } from './upload-totals';

/** An account at Autoposting that works, as the window shows it. */
export function sampleAccountView(changes: Partial<AccountView> = {}): AccountView {
  return {
    id: 'a1',
    service: 'autoposting',
    name: 'Work',
    keyHeader: 'bearer',
    keyLocation: 'keychain',
    brands: [{ id: 'b1', name: 'Acme' }],
    brandId: 'b1',
    balanceCoins: null,
    problem: null,
    remoteText: null,
    lastSuccessAtMs: 1,
    nextPollAtMs: null,
    pollReason: 'idle',
    pace: 'balanced',
    notificationRules: NOTIFY_EVERYTHING,
    spending: null,
    liveChannel: null,
    ...changes,
  };
}

/** An account at Clipping that works. */
export function sampleClippingAccountView(changes: Partial<AccountView> = {}): AccountView {
  return sampleAccountView({
    id: 'x1',
    service: 'clipping',
    name: 'Newsroom',
    brands: [],
    brandId: null,
    ...changes,
  });
}

/** Takes uploads, and has clips. */
const autopostingView: ServiceView = {
  id: 'autoposting',
  name: 'Autoposting',
  keyHeaders: ['bearer', 'x-api-key'],
  acceptsUploads: true,
  hasKeyPage: true,
  hasBalancePage: false,
  kinds: ['processing', 'render'],
  coinsPerPoll: null,
  override: null,
  capabilities: {
    executions: false,
    clips: true,
    publishing: true,
    signIn: true,
    liveChannel: false,
    credits: true,
  },
};

/** Runs executions, each for coins. */
const clippingView: ServiceView = {
  id: 'clipping',
  name: 'Clipping',
  keyHeaders: ['bearer'],
  acceptsUploads: false,
  hasKeyPage: true,
  hasBalancePage: true,
  kinds: ['execution'],
  coinsPerPoll: 0.001,
  override: null,
  capabilities: {
    executions: true,
    clips: false,
    publishing: false,
    signIn: false,
    liveChannel: true,
    credits: true,
  },
};

/** A Linux machine that has all it takes. */
function sampleEnvironment(changes: Partial<Environment> = {}): Environment {
  return {
    platform: 'linux',
    version: '0.0.0',
    keychain: 'ready',
    certificates: null,
    trayHost: true,
    notifications: true,
    doNotDisturb: false,
    online: true,
    metered: false,
    restarted: null,
    storage: null,
    ...changes,
  };
}

/** The settings of a fresh installation. */
function sampleSettings(changes: Partial<Settings> = {}): Settings {
  return {
    quietHours: null,
    followDoNotDisturb: true,
    historyDays: null,
    confirmOverCoins: 0.05,
    launchAtLogin: false,
    theme: 'system',
    uploadLimitBytesPerSecond: null,
    ...changes,
  };
}

interface StateParts {
  accounts?: AccountView[];
  services?: ServiceView[];
  lines?: ClipLine[];
  downloads?: DownloadView[];
  totals?: Partial<UploadTotals>;
  paused?: boolean;
  environment?: Partial<Environment>;
  settings?: Partial<Settings>;
}

const NO_UPLOADS = { sending: 0, unfinished: 0, sizeBytes: 0 };

const byId = <T extends { id: string }>(all: T[]) =>
  Object.fromEntries(all.map((each) => [each.id, each]));

/** What main says to a window: both services, no account and no line, unless a test gives some. */
export function sampleAppState(parts: StateParts = {}): AppState {
  const downloads = parts.downloads ?? [];
  return {
    accounts: byId(parts.accounts ?? []),
    services: byId(parts.services ?? [autopostingView, clippingView]),
    lines: byId(parts.lines ?? []),
    downloads: Object.fromEntries(downloads.map((download) => [download.jobId, download])),
    uploads: { all: sampleTotals({ ...NO_UPLOADS, ...parts.totals }) },
    app: {
      main: {
        paused: parts.paused ?? false,
        environment: sampleEnvironment(parts.environment),
        settings: sampleSettings(parts.settings),
      },
    },
  };
}

/** Both services, the address of one of them set from outside. */
export function servicesWithOverride(serviceId: string, override: AddressOverride): ServiceView[] {
  return [autopostingView, clippingView].map((service) =>
    service.id === serviceId ? { ...service, override } : service,
  );
}
