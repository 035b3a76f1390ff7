import type { AppState, ClipLine } from '../../preload/contract';

/** The line of a clip that is being processed. */
export function clipLine(id: string, part: Partial<ClipLine> = {}): ClipLine {
  return {
    id,
    kind: 'clip',
    accountId: 'account',
    title: `${id}.mp4`,
    stage: 'processing',
    remoteStatus: 'processing',
    stageSinceMs: 0,
    startedAtMs: 0,
    changedAtMs: 0,
    active: true,
    likelyEndAtMs: null,
    unseen: false,
    clipId: id,
    upload: null,
    candidates: [],
    otherRenders: [],
    resultJobId: null,
    jobIds: [],
    failure: null,
    ...part,
  };
}

/** What windows show: these lines and nothing else. */
export function appState(...lines: ClipLine[]): AppState {
  return {
    accounts: {},
    services: {},
    lines: Object.fromEntries(lines.map((line) => [line.id, line])),
    downloads: {},
    uploads: {
      all: {
        sending: 0,
        unfinished: 0,
        paused: 0,
        failed: 0,
        sentBytes: 0,
        sizeBytes: 0,
        bytesPerSecond: null,
        timeLeftMs: null,
      },
    },
    app: {
      main: {
        paused: false,
        environment: {
          platform: 'linux',
          version: '0.0.0',
          keychain: true,
          trayHost: true,
          notifications: true,
          doNotDisturb: false,
          online: true,
          metered: false,
        },
        settings: {
          quietHours: null,
          followDoNotDisturb: true,
          historyDays: null,
          confirmOverCoins: 0.05,
          launchAtLogin: false,
          theme: 'system',
          uploadLimitBytesPerSecond: null,
        },
      },
    },
  };
}
