import type { Commands } from '../../preload/contract';
import { createSignInCommands, type SignInDeps } from '../accounts/sign-in';
import { createClipCommands } from '../commands/clips';
import { createCreditCommands } from '../commands/credits';
import { createDownloadCommands } from '../commands/downloads';
import { createPublishingCommands } from '../commands/publishing';
import type { ClipLine } from '../domain/clip-line';
import { createDownloadQueue, type DownloadQueueDeps } from '../downloads/queue';
import type { Watcher } from '../polling/watcher';
import type { Storage } from '../storage';

export interface ClipCompositionDeps
  extends Pick<DownloadQueueDeps, 'client' | 'connection' | 'feed' | 'folder'>,
    Omit<SignInDeps, 'client' | 'addAccount'> {
  storage: Storage;
  watcher: Watcher;
  jsonClient: SignInDeps['client'];
  lineOf: (jobId: string) => ClipLine | null;
  openedClips: { add(accountId: string, clipId: string): void };
  showFile: (path: string) => void;
  addAccount: (request: Commands['account.add']['request']) => ReturnType<SignInDeps['addAccount']>;
}

/** Everything about clips and what becomes of them: verbs, downloads, posts, signing in. */
export function composeClips(deps: ClipCompositionDeps) {
  const { storage, watcher, connection, lineOf, openExternal, clock, logger } = deps;
  const downloads = createDownloadQueue({
    store: storage.downloads,
    feed: deps.feed,
    job: storage.jobs.get,
    client: deps.client,
    connection,
    adoptJobs: watcher.adopt,
    lineOf,
    folder: deps.folder,
    clock,
    random: Math.random,
    logger,
  });
  return {
    downloads,
    handlers: {
      ...createDownloadCommands({ queue: downloads, showFile: deps.showFile }),
      ...createClipCommands({
        connection,
        watcher,
        jobsOf: storage.jobs.ofClip,
        openedClips: deps.openedClips,
        lineOf,
        openExternal,
        logger,
      }),
      ...createPublishingCommands({ connection, logger }),
      ...createCreditCommands(connection),
      ...createSignInCommands({
        client: deps.jsonClient,
        services: deps.services,
        baseUrlOf: deps.baseUrlOf,
        openExternal,
        addAccount: (request) => {
          const service = deps.services.find(({ id }) => id === request.service);
          return deps.addAccount({ ...request, keyHeader: service?.keyHeaders[0] ?? 'bearer' });
        },
        announceSecret: deps.announceSecret,
        clock,
        logger,
      }),
    },
  };
}
