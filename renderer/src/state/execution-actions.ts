import type { AppState, ClipLine } from '../../../preload/contract';
import { executionAccounts } from './execution-accounts';
import type { Observable } from './observable';
import { uploadAccounts } from './upload-accounts';
import type { WindowStateStore } from './window-state';
import { isYoutubeLink } from './youtube-link';

interface Parts {
  app: Observable<AppState | null>;
  window: WindowStateStore;
  importFrom: (url: string) => void;
  markSeen: (line: ClipLine) => void;
}

/** What a person can do about work at a service. */
export function createExecutionActions({ app, window, importFrom, markSeen }: Parts) {
  /** Asks what to do with a link, or with none yet; or for an account that can do something. */
  function startWork(source: string | null): void {
    const state = app.get();
    if (!state) return;
    const canStart = executionAccounts(state).length > 0;
    window.patch({ dialog: canStart ? { kind: 'start', source } : { kind: 'need-run-account' } });
  }

  return {
    startWork,

    /** Everything of one run; looking at it makes it seen. */
    showRun(line: ClipLine, jobId: string): void {
      markSeen(line);
      const { accountId, title } = line;
      window.patch({ dialog: { kind: 'run', jobId, accountId, title } });
    },

    /** A link from the clipboard: to be imported or worked on, whichever an account is there for. */
    takeLink(url: string): void {
      const state = app.get();
      if (!state) return;
      const canStart = executionAccounts(state).length > 0;
      const canImport = uploadAccounts(state).length > 0;
      if (canStart && canImport && isYoutubeLink(url)) {
        window.patch({ dialog: { kind: 'pasted-link', url } });
      } else if (canStart && !canImport) startWork(url);
      else importFrom(url);
    },
  };
}
