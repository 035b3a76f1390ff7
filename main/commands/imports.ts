import type { ImportOutcome } from '../../preload/contract';
import type { Account } from '../domain/account';
import { importableUrl } from '../domain/import-url';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened, ServiceError } from '../domain/service-error';
import { displayText } from '../http/remote-text';
import type { AccountHandle } from '../polling/account-handle';
import type { Handlers } from './handlers';
import { uploadTarget } from './upload-target';

export interface ImportCommandDeps {
  /** Accounts that take videos, in the order in which they were added. */
  targets: () => Account[];
  connection: (accountId: string) => ServiceConnection | null;
  watcher: { account(accountId: string): Pick<AccountHandle, 'followClip' | 'pollNow'> | null };
  logger: Logger;
}

const MAX_TITLE_LENGTH = 120;

/**
 * What a video is called until its service has named it: the file the address names, or host and
 * path. Never the query, which may hold a permission.
 */
export function titleFromUrl(address: string): string {
  const { hostname, pathname } = new URL(address);
  const path = serviceRead(pathname);
  const fileName = /([^/]+)\.[a-z0-9]{2,4}$/i.exec(path)?.[1];
  const site = hostname.replace(/^www\./, '');
  return displayText(fileName ?? `${site}${path.replace(/\/+$/, '')}`, MAX_TITLE_LENGTH) ?? site;
}

function serviceRead(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The verb about videos that a service fetches from an address. */
export function createImportCommands(deps: ImportCommandDeps) {
  const { watcher, logger } = deps;

  const refused = (
    problem: Extract<ImportOutcome, { outcome: 'refused' }>['problem'],
    remoteText: string | null = null,
  ): ImportOutcome => ({ outcome: 'refused', problem, remoteText });

  return {
    async 'clip.import'({ accountId, brandId, url, title }): Promise<ImportOutcome> {
      const address = importableUrl(url);
      if (address === null) return refused('rejected');
      const to = uploadTarget(deps.targets(), accountId, brandId);
      if (typeof to === 'string') return refused(to);
      const connection = deps.connection(to.accountId);
      if (!connection) return refused('key-missing');
      if (!connection.importUrl) return refused('rejected');
      let clipId: string;
      try {
        clipId = await connection.importUrl({ brandId: to.brandId, url: address, title });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        logger.warn('import not confirmed', { problem: error.problem, status: error.status });
        if (!mayHaveHappened(error.problem)) return refused(error.problem, error.remoteText);
        // Sent again, the video would be there twice. The list of clips tells whether it arrived.
        watcher.account(to.accountId)?.pollNow();
        return { outcome: 'unsure', problem: error.problem };
      }
      try {
        watcher.account(to.accountId)?.followClip(clipId, title ?? titleFromUrl(address));
      } catch (error) {
        // The service has it: that it could not be written down must not invite a second one.
        logger.error('an imported clip was not stored', { reason: reason(error) });
        watcher.account(to.accountId)?.pollNow();
      }
      return { outcome: 'started', clipId };
    },
  } satisfies Partial<Handlers>;
}
