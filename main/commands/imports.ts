import type { ImportOutcome } from '../../preload/contract';
import type { Account } from '../domain/account';
import { importableUrl, titleFromUrl } from '../domain/import-url';
import { type Logger, reason } from '../domain/logger';
import type { ServiceConnection } from '../domain/service';
import { mayHaveHappened } from '../domain/service-error';
import { asServiceError } from '../domain/service-failure';
import { uploadTarget } from '../domain/upload-target';
import type { AccountHandle } from '../polling/account-handle';
import type { Handlers } from './handlers';

export interface ImportCommandDeps {
  /** Accounts that accept videos, in the order in which they were added. */
  uploadTargets: () => Account[];
  connection: (accountId: string) => ServiceConnection | null;
  polling: { account(accountId: string): Pick<AccountHandle, 'followClip' | 'pollNow'> | null };
  logger: Logger;
}

/** The verb about videos that a service fetches from a URL by itself. */
export function createImportCommands(deps: ImportCommandDeps) {
  const { polling, logger } = deps;

  const refused = (
    problem: Extract<ImportOutcome, { outcome: 'refused' }>['problem'],
    remoteText: string | null = null,
  ): ImportOutcome => ({ outcome: 'refused', problem, remoteText });

  return {
    async 'clip.import'({ accountId, brandId, url, title }): Promise<ImportOutcome> {
      const address = importableUrl(url);
      if (address === null) return refused('rejected');
      const to = uploadTarget(deps.uploadTargets(), accountId, brandId);
      if (typeof to === 'string') return refused(to);
      const connection = deps.connection(to.accountId);
      if (!connection) return refused('key-missing');
      if (!connection.importUrl) return refused('rejected');
      let clipId: string;
      try {
        clipId = await connection.importUrl({ brandId: to.brandId, url: address, title });
      } catch (error) {
        const { problem, remoteText, status } = asServiceError(error);
        logger.warn('import not confirmed', { problem, status });
        if (!mayHaveHappened(problem)) return refused(problem, remoteText);
        // Never sent again, or the video might be there twice. The list of clips shows if it arrived.
        polling.account(to.accountId)?.pollNow();
        return { outcome: 'unsure', problem };
      }
      try {
        polling.account(to.accountId)?.followClip(clipId, title ?? titleFromUrl(address));
      } catch (error) {
        // The service has it: failing to record that must not make the user import it again.
        logger.error('an imported clip was not stored', { reason: reason(error) });
        polling.account(to.accountId)?.pollNow();
      }
      return { outcome: 'started', clipId };
    },
  } satisfies Partial<Handlers>;
}
