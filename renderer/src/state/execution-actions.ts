import type { ClipLine } from '../../../preload/contract';
import type { ActionDeps } from './action-deps';
import { executionAccounts } from './execution-accounts';
import { uploadAccounts } from './upload-accounts';
import { isYoutubeLink } from './youtube-link';

/** What the user can do with executions. */
export function createExecutionActions(
  { app, window }: ActionDeps,
  openImportDialog: (url: string) => void,
  markSeen: (line: ClipLine) => void,
) {
  /** Opens the start dialog, with a source or without; or offers to add an account that can start. */
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

    /** Opens the dialog of an execution, which marks it as seen. */
    showExecution(line: ClipLine, jobId: string): void {
      markSeen(line);
      const { accountId, title } = line;
      window.patch({ dialog: { kind: 'execution', jobId, accountId, title } });
    },

    /** Handles a link from the clipboard: imports it or starts work on it, whichever the accounts allow. */
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
