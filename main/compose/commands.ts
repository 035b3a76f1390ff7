import { clipboard, shell } from 'electron';
import { createSignIns } from '../accounts/sign-in';
import { createAccountCommands } from '../commands/accounts';
import { createClipCommands } from '../commands/clips';
import { createExecutionCommands } from '../commands/executions';
import { createHistoryCommands } from '../commands/history';
import { createImportCommands } from '../commands/imports';
import { createLineCommands } from '../commands/lines';
import { createPublishingCommands } from '../commands/publishing';
import { createRenderCommands } from '../commands/renders';
import { createResultCommands } from '../commands/results';
import { createSignInCommands } from '../commands/sign-in';
import { createUploadCommands } from '../commands/uploads';
import { chooseVideos } from '../desktop/dialogs/choose-videos';
import { saveText } from '../desktop/dialogs/save-text';
import type { WindowKeeper } from '../desktop/window/window';
import type { DownloadQueue } from '../downloads/queue';
import { createExecutions } from '../executions';
import { resumeSearches } from '../executions/resume-searches';
import { createHistoryExport } from '../history/export';
import { createHistorySearch } from '../history/search';
import type { PollingService } from '../polling/polling-service';
import { readUploadLog, uploadLogFile } from '../uploads/read-log';
import type { AccountServices } from './accounts';
import type { AppState } from './app-state';
import type { Foundation } from './foundation';
import type { Network } from './network';
import type { Uploads } from './uploads';

/** The services that do the work and those that show it: the commands are built on these. */
export interface CoreServices {
  polling: PollingService;
  accounts: AccountServices;
  uploads: Uploads;
  downloads: DownloadQueue;
  state: AppState;
  windows: WindowKeeper;
}

/** The verbs about work at the services: everything but those about the app itself. */
export function composeCommands(
  { storage, t, clock, log, feed, announceSecret }: Foundation,
  { jsonClient, services, baseUrlOf, openExternal }: Network,
  { polling, accounts, uploads, downloads, state, windows }: CoreServices,
) {
  const { registry, sessionTokens } = accounts;
  const { connectionToCall: connection } = registry;
  const { projection, openedClips } = state;
  const logger = log;
  // Asynchronous since Electron 45, synchronous before.
  const copy = async (text: string): Promise<void> => void (await clipboard.writeText(text));
  const save = (name: string, text: string | AsyncIterable<string>) =>
    saveText(windows.current(), name, text);
  const showFile = (path: string) => shell.showItemInFolder(path);
  const search = createHistorySearch({ store: storage.history, accounts: storage.accounts.all });
  const executions = createExecutions({
    jobs: storage.jobs,
    starts: storage.executionStarts,
    connection,
    polling: {
      adopt: (accountId, jobs) => polling.account(accountId)?.adopt(jobs),
      pollNow: (accountId) => polling.account(accountId)?.pollNow(),
    },
    clock,
    logger,
    confirmOverCoins: () => storage.settings.read().confirmOverCoins,
    readBalance: registry.readBalance,
    setBalance: registry.setBalance,
  });
  resumeSearches(feed, executions, () => storage.accounts.all().map(({ id }) => id));

  return {
    ...createAccountCommands({
      accounts: registry,
      sessionTokens,
      cancelUploads: (accountId) => uploads.queue.cancelAllOf(accountId),
      cancelDownloads: downloads.cancelAllOf,
    }),
    ...createSignInCommands(
      createSignIns({
        ...{ client: jsonClient, services, baseUrlOf, openExternal, announceSecret, clock, logger },
        addAccount: registry.add,
      }),
    ),
    ...createExecutionCommands({ executions, copy, saveText: save, logger }),
    ...createLineCommands({ jobs: storage.jobs, polling, line: projection.line }),
    ...createRenderCommands({ jobs: storage.jobs, polling, connection, logger }),
    ...createResultCommands({ jobs: storage.jobs, downloads, openExternal, copy, showFile }),
    ...createClipCommands({
      ...{ connection, polling, openedClips, openExternal, logger },
      jobsOfClip: storage.jobs.ofClip,
      lineOf: projection.lineOf,
    }),
    ...createPublishingCommands({ connection, clock, logger }),
    ...createImportCommands({ uploadTargets: registry.uploadTargets, connection, polling, logger }),
    ...createUploadCommands({
      queue: uploads.queue,
      upload: storage.uploads.get,
      addFiles: uploads.addFiles,
      log: (uploadId) => readUploadLog(storage.uploads, uploadId),
      logFile: (uploadId) => uploadLogFile(storage.uploads, uploadId),
      chooseFiles: (what) => chooseVideos(windows.current(), what, t),
      saveText: save,
      showFile,
    }),
    ...createHistoryCommands({
      search,
      exporter: createHistoryExport({
        search,
        accounts: storage.accounts.all,
        nowMs: clock.nowMs,
      }),
      events: storage.history.events,
      saveText: save,
    }),
  };
}
