import type { ClipLine } from '../../../preload/contract';
import type { ActionDeps } from './action-deps';
import { executionAccounts } from './execution-accounts';
import { uploadAccounts } from './upload-accounts';
import { isYoutubeLink } from './youtube-link';

/** What a person can do about work at a service. */
export function createExecutionActions(
  { app, window }: ActionDeps,
  openImportDialog: (url: string) => void,
  markSeen: (line: ClipLine) => void,
) {
  /** Asks what to do with a link, or with none yet; or for an account that can do something. */
  function openStartDialog(source: string | null): void {
    const state = app.get();
    if (!state) return;
    const canStart = executionAccounts(state).length > 0;
    window.patch({
      dialog: canStart ? { kind: 'start', source } : { kind: 'need-execution-account' },
    });
  }

  return {
    openStartDialog,

    /** Everything of one run; looking at it makes it seen. */
    showExecution(line: ClipLine, jobId: string): void {
      markSeen(line);
      const { accountId, title } = line;
      window.patch({ dialog: { kind: 'execution', jobId, accountId, title } });
    },

    /** A link from the clipboard: to be imported or worked on, whichever an account is there for. */
    openPastedLink(url: string): void {
      const state = app.get();
      if (!state) return;
      const canStart = executionAccounts(state).length > 0;
      const canImport = uploadAccounts(state).length > 0;
      if (canStart && canImport && isYoutubeLink(url)) {
        window.patch({ dialog: { kind: 'pasted-link', url } });
      } else if (canStart && !canImport) openStartDialog(url);
      else openImportDialog(url);
    },
  };
}
