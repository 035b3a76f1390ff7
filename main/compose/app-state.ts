import { createOpenedClips } from '../app-state/opened-clips';
import { createProjection } from '../app-state/projection';
import type { WindowKeeper } from '../desktop/window/window';
import type { PollingService } from '../polling/polling-service';
import { capabilitiesOf } from '../services/capabilities';
import type { AccountServices } from './accounts';
import type { Foundation } from './foundation';
import type { Network } from './network';

/** The state that windows and the tray show. */
export function composeAppState(
  { feed, storage, clock, environment, connectivity }: Foundation,
  { services, overrideOf }: Network,
  polling: PollingService,
  { registry, sessionTokens }: AccountServices,
  windows: WindowKeeper,
) {
  const openedClips = createOpenedClips({ feed, jobsOfClip: storage.jobs.ofClip });
  const projection = createProjection({
    feed,
    services,
    capabilities: capabilitiesOf,
    overrideOf,
    environment: environment.current,
    settings: storage.settings.read,
    accounts: storage.accounts.all,
    live: registry.live,
    pollingStatus: (accountId) => polling.account(accountId)?.status ?? null,
    liveChannel: sessionTokens.liveChannel,
    recentJobs: (limit) => openedClips.addJobs(storage.jobs.recent(limit)),
    likelyEnds: polling.likelyEnds,
    recentUploads: storage.uploads.recent,
    download: storage.downloads.get,
    recentDownloads: storage.downloads.recent,
    systemOnline: connectivity.isOnline,
    nowMs: clock.nowMs,
    send: windows.sendPatches,
    hasWindow: () => windows.current() !== null,
  });
  return { projection, openedClips };
}

export type AppState = ReturnType<typeof composeAppState>;
