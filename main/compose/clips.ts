import type { AccountRegistry } from '../accounts/registry';
import { createSignIns, type SignInDeps } from '../accounts/sign-in';
import { createClipCommands } from '../commands/clips';
import { createCreditCommands } from '../commands/credits';
import { createPublishingCommands } from '../commands/publishing';
import { createSignInCommands } from '../commands/sign-in';
import type { ClipLine } from '../domain/clip-line';
import type { Job } from '../domain/job';
import { createDownloadQueue, type DownloadQueueDeps } from '../downloads/queue';
import type { Watcher } from '../polling/watcher';
import type { Storage } from '../storage';

export interface ClipCompositionDeps
  extends Pick<DownloadQueueDeps, 'client' | 'connection' | 'folder' | 'show' | 'showFile'>,
    Omit<SignInDeps, 'client'> {
  storage: Storage;
  watcher: Watcher;
  jsonClient: SignInDeps['client'];
  lineOf: (jobId: string) => ClipLine | null;
  /** A clip is to stay in sight, however old it is. */
  onOpened: (accountId: string, clipId: string) => void;
  accounts: Pick<AccountRegistry, 'credits'>;
}

/** What a result is called: its video, and which part of it. */
export function resultTitle(line: ClipLine | null, jobId: string): string | null {
  if (!line) return null;
  const part = line.candidates.find(({ render }) => render?.jobId === jobId)?.title;
  const video = line.title.replace(/(?<=.)\.(mp4|m4v|mov|webm|mkv|avi)$/i, '');
  return part ? `${video} – ${part}` : video;
}

/** Clips that a person has opened: so many stay in the list of jobs, however old they are. */
const MOST_OPENED = 50;

/** The clips that were opened last, and the jobs with those of them that they lack. */
export function createOpenedClips(jobsOf: (accountId: string, clipId: string) => Job[]) {
  const opened = new Map<string, { accountId: string; clipId: string }>();
  return {
    add(accountId: string, clipId: string): void {
      const key = `${accountId}/${clipId}`;
      opened.delete(key);
      opened.set(key, { accountId, clipId });
      for (const old of [...opened.keys()].slice(0, -MOST_OPENED)) opened.delete(old);
    },
    withThem(jobs: Job[]): Job[] {
      if (opened.size === 0) return jobs;
      const known = new Set(jobs.map(({ id }) => id));
      const more = [...opened.values()].flatMap(({ accountId, clipId }) =>
        jobsOf(accountId, clipId),
      );
      return [...jobs, ...more.filter(({ id }) => !known.has(id))];
    },
  };
}

/** Everything about clips and what becomes of them: verbs, downloads, posts, signing in. */
export function composeClips(deps: ClipCompositionDeps) {
  const { storage, watcher, connection, openExternal, clock, logger } = deps;
  const downloads = createDownloadQueue({
    store: storage.downloads,
    job: storage.jobs.get,
    client: deps.client,
    connection,
    watcher,
    titleOf: (jobId) => resultTitle(deps.lineOf(jobId), jobId),
    folder: deps.folder,
    clock,
    random: Math.random,
    show: deps.show,
    showFile: deps.showFile,
    logger,
  });
  return {
    downloads,
    handlers: {
      ...downloads.handlers,
      ...createClipCommands({
        connection,
        watcher,
        jobsOf: storage.jobs.ofClip,
        onOpened: deps.onOpened,
        lineIdOf(accountId, clipId) {
          const [known] = storage.jobs.ofClip(accountId, clipId);
          return (known && deps.lineOf(known.id)?.id) ?? `${accountId}/clip/${clipId}`;
        },
        openExternal,
        logger,
      }),
      ...createPublishingCommands({ connection, logger }),
      ...createCreditCommands(deps.accounts),
      ...createSignInCommands(
        createSignIns({
          client: deps.jsonClient,
          services: deps.services,
          baseUrlOf: deps.baseUrlOf,
          openExternal,
          addAccount: deps.addAccount,
          announceSecret: deps.announceSecret,
          clock,
          logger,
        }),
      ),
    },
  };
}
