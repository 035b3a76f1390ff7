import type { Commands } from '../preload/contract';
import { createClipCommands } from './commands/clips';
import { createCreditCommands } from './commands/credits';
import { createDownloads, type DownloadParts } from './commands/downloads';
import { createPublishingCommands } from './commands/publishing';
import { createSignInCommands, type SignInParts } from './commands/sign-in';
import type { Job } from './domain/job';
import type { Line } from './domain/line';
import type { Storage } from './storage';
import type { Watcher } from './watch/watcher';

export interface ClipCompositionParts
  extends Pick<DownloadParts, 'client' | 'connection' | 'folder' | 'show' | 'showFile'>,
    Omit<SignInParts, 'client' | 'addAccount'> {
  storage: Storage;
  watcher: Watcher;
  jsonClient: SignInParts['client'];
  lineOf: (jobId: string) => Line | null;
  /** A clip is to stay in sight, however old it is. */
  onOpened: (accountId: string, clipId: string) => void;
  addAccount: (
    request: Commands['account.add']['request'],
  ) => ReturnType<SignInParts['addAccount']>;
}

/** What a result is called: its video, and which part of it. */
export function resultTitle(line: Line | null, jobId: string): string | null {
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
export function composeClips(parts: ClipCompositionParts) {
  const { storage, watcher, connection, openExternal, clock, logger } = parts;
  const downloads = createDownloads({
    store: storage.downloads,
    job: storage.jobs.get,
    client: parts.client,
    connection,
    watcher,
    titleOf: (jobId) => resultTitle(parts.lineOf(jobId), jobId),
    folder: parts.folder,
    clock,
    show: parts.show,
    showFile: parts.showFile,
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
        onOpened: parts.onOpened,
        lineIdOf(accountId, clipId) {
          const [known] = storage.jobs.ofClip(accountId, clipId);
          return (known && parts.lineOf(known.id)?.id) ?? `${accountId}/clip/${clipId}`;
        },
        openExternal,
        logger,
      }),
      ...createPublishingCommands({ connection, logger }),
      ...createCreditCommands(connection),
      ...createSignInCommands({
        client: parts.jsonClient,
        services: parts.services,
        baseUrlOf: parts.baseUrlOf,
        openExternal,
        addAccount: (request) => {
          const service = parts.services.find(({ id }) => id === request.service);
          return parts.addAccount({ ...request, keyHeader: service?.keyHeaders[0] ?? 'bearer' });
        },
        announceSecret: parts.announceSecret,
        clock,
        logger,
      }),
    },
  };
}
