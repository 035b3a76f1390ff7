import type {
  AppState,
  Bridge,
  ClipLine,
  HistoryFilter,
  RequestOf,
  ResponseOf,
  Route,
  Verb,
} from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import { createClipActions } from './clip-actions';
import { writeDismissedNotices } from './dismissed-notices';
import { createExecutionActions } from './execution-actions';
import type { Observable } from './observable';
import { createUploadActions } from './upload-actions';
import type { WindowStateStore } from './window-state';

export type Actions = ReturnType<typeof createActions>;

/** Calls a verb; null when main refused the call, which is told as a defect of ours. */
export type Run = <V extends Verb>(
  verb: V,
  request: RequestOf<V>,
) => Promise<{ response: ResponseOf<V> } | null>;

interface Parts {
  bridge: Bridge;
  app: Observable<AppState | null>;
  window: WindowStateStore;
  t: Translator;
}

/** Everything a person can do in the window, apart from typing into a dialog. */
export function createActions({ bridge, app, window, t }: Parts) {
  function say(text: string, shown: boolean): void {
    window.patch({ announcement: { text, shown, number: window.get().announcement.number + 1 } });
  }
  /** For screen readers only: what the eye sees elsewhere. */
  const announce = (text: string) => say(text, false);
  /** For everybody, for a moment. */
  const tell = (text: string) => say(text, true);

  const run: Run = async (verb, request) => {
    try {
      return { response: await bridge.run(verb, request) };
    } catch {
      window.patch({ defect: true });
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
    // Even when it was seen before: what its details show may be missing yet.
    if (isExpanded) markSeen(line);
    else markSeenOnce(line);
  }

  const uploads = createUploadActions({ bridge, app, window, t, run, tell, announce });

  const runs = createExecutionActions({
    app,
    window,
    importFrom: uploads.importFrom,
    markSeen: markSeenOnce,
  });
  const clips = createClipActions({ window, t, run, tell });

  return {
    ...uploads,
    ...clips,
    ...runs,
    run,
    announce,
    tell,
    markSeen,
    setExpanded,
    async openResult(jobId: string): Promise<void> {
      markSeenJob(jobId);
      const done = await run('result.open', { jobId });
      if (done && !done.response.opened) tell(t.text('line.notOpened'));
    },

    /** True when the link is on the clipboard. */
    async copyResultLink(jobId: string): Promise<boolean> {
      markSeenJob(jobId);
      const done = await run('result.copyLink', { jobId });
      const copied = done?.response.copied ?? false;
      tell(t.text(copied ? 'line.copied' : 'line.notCopied'));
      return copied;
    },

    /** Saves the history that the filter lets through, where the user says. */
    async exportHistory(filter: HistoryFilter, format: 'csv' | 'json'): Promise<void> {
      const done = await run('history.export', { filter, format });
      if (done) tell(t.text(done.response.saved ? 'history.saved' : 'history.notSaved'));
    },

    dismissNotice(id: string): void {
      const dismissedNotices = new Set(window.get().dismissedNotices).add(id);
      window.patch({ dismissedNotices });
      writeDismissedNotices(dismissedNotices);
    },

    /** Shows what main asks for. The row is expanded and focused once it is on the screen. */
    navigate(route: Route): void {
      if (route.view === 'upload') {
        window.patch({ view: 'jobs' });
        uploads.upload(
          route.paths === null
            ? { from: 'files' }
            : { from: 'paths', paths: route.paths, pathless: [] },
        );
        return;
      }
      if (route.view === 'import') {
        window.patch({ view: 'jobs' });
        uploads.importFrom(route.url);
        return;
      }
      if (route.view === 'start') {
        window.patch({ view: 'jobs' });
        runs.startWork(route.source);
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
