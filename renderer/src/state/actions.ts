import type { CallFailure, ClipLine, HistoryFilter, Route } from '../../../preload/contract';
import type { ActionDeps, ActionTools, Run } from './action-deps';
import { createClipActions } from './clip-actions';
import { writeDismissedNotices } from './dismissed-notices';
import { createDropActions } from './drop-actions';
import { createExecutionActions } from './execution-actions';
import { createUploadActions } from './upload-actions';
import { createWaitingRequests } from './waiting-requests';

const NOT_STORED: CallFailure = 'not-stored';
const isNotStored = (error: unknown) =>
  error instanceof Error && error.message.endsWith(NOT_STORED);

export type Actions = ReturnType<typeof createActions>;

/** Everything the user can do in the window, apart from filling in a dialog. */
export function createActions(deps: ActionDeps) {
  const { bridge, app, window, t } = deps;

  function say(text: string, shown: boolean): void {
    window.patch({ announcement: { text, shown, number: window.get().announcement.number + 1 } });
  }
  const announce = (text: string) => say(text, false);
  const showSnackbar = (text: string) => say(text, true);

  const run: Run = async (verb, request) => {
    try {
      return { response: await bridge.run(verb, request) };
    } catch (error) {
      // Kept as it was: by the time that the notice is read, the disk may have room again, or none any more.
      window.patch({ failedCall: isNotStored(error) ? 'not-stored' : 'defect' });
      return null;
    }
  };

  function markSeen(line: ClipLine): void {
    void run('line.markSeen', { lineId: line.id });
  }

  function markSeenOnce(line: ClipLine): void {
    if (line.unseen) markSeen(line);
  }

  function markSeenJob(jobId: string): void {
    const lines = Object.values(app.get()?.lines ?? {});
    const line = lines.find(({ jobIds }) => jobIds.includes(jobId));
    if (line) markSeenOnce(line);
  }

  function setExpanded(line: ClipLine, isExpanded: boolean): void {
    const expanded = new Set(window.get().expanded);
    if (isExpanded) expanded.add(line.id);
    else expanded.delete(line.id);
    window.patch({ expanded });
    // Even if it was seen before: main also reads details that are still missing.
    if (isExpanded) markSeen(line);
    else markSeenOnce(line);
  }

  const tools: ActionTools = { run, showSnackbar, announce };
  const uploads = createUploadActions(deps, tools);
  const clips = createClipActions(deps, tools);
  const executions = createExecutionActions(deps, uploads.openImportDialog, markSeenOnce);

  const whenFree = createWaitingRequests(app, window);

  const { addFiles } = uploads;
  const { openPastedLink } = executions;
  const drops = createDropActions(deps, tools, { addFiles, openPastedLink, whenFree });

  function ask(route: Extract<Route, { view: 'upload' | 'import' | 'start' }>): void {
    window.patch({ view: 'jobs' });
    if (route.view === 'import') uploads.openImportDialog(route.url);
    else if (route.view === 'start') executions.openStartDialog(route.source);
    else if (route.paths === null) uploads.upload({ from: 'files' });
    else uploads.upload({ from: 'paths', paths: route.paths, pathless: [] });
  }

  return {
    ...uploads,
    ...clips,
    ...executions,
    ...drops,
    run,
    announce,
    showSnackbar,
    markSeen,
    setExpanded,
    async openResult(jobId: string): Promise<void> {
      markSeenJob(jobId);
      const done = await run('result.open', { jobId });
      if (done && !done.response.opened) showSnackbar(t.text('line.notOpened'));
    },

    /** True when the link is on the clipboard. */
    async copyResultLink(jobId: string): Promise<boolean> {
      markSeenJob(jobId);
      const done = await run('result.copyLink', { jobId });
      const copied = done?.response.copied ?? false;
      showSnackbar(t.text(copied ? 'line.copied' : 'line.notCopied'));
      return copied;
    },

    /** Exports the jobs that match the filter to a file that the user chooses. */
    async exportHistory(filter: HistoryFilter, format: 'csv' | 'json'): Promise<void> {
      const done = await run('history.export', { filter, format });
      if (done) showSnackbar(t.text(done.response.saved ? 'history.saved' : 'history.notSaved'));
    },

    dismissNotice(id: string): void {
      const dismissedNotices = new Set(window.get().dismissedNotices).add(id);
      window.patch({ dismissedNotices });
      writeDismissedNotices(dismissedNotices);
    },

    /** Shows what main asks for. The row is expanded and focused once it is on the screen. */
    navigate(route: Route): void {
      if (route.view === 'upload' || route.view === 'import' || route.view === 'start') {
        // Uploading to the only possible account opens no dialog, and so waits for none.
        if (route.view === 'upload' && route.paths !== null && uploads.hasOneTarget()) ask(route);
        else whenFree(() => ask(route));
        return;
      }
      if (route.view !== 'jobs' || route.lineId === null) {
        window.patch({ view: route.view });
        return;
      }
      clips.showLine(route.lineId);
    },

    showAccount: (accountId: string) =>
      window.patch({ view: 'accounts', highlightedAccountId: accountId }),
  };
}
