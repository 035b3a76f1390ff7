import type {
  AppState,
  Bridge,
  ClipLine,
  Commands,
  HistoryFilter,
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
  request: Commands[V]['request'],
) => Promise<{ response: Commands[V]['response'] } | null>;

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

  function look(line: ClipLine): void {
    void run('line.look', { lineId: line.id });
  }

  function markSeen(line: ClipLine): void {
    if (line.unseen) look(line);
  }

  function markSeenJob(jobId: string): void {
    const lines = Object.values(app.get()?.lines ?? {});
    const line = lines.find(({ jobIds }) => jobIds.includes(jobId));
    if (line) markSeen(line);
  }

  function setExpanded(line: ClipLine, isExpanded: boolean): void {
    const expanded = new Set(window.get().expanded);
    if (isExpanded) expanded.add(line.id);
    else expanded.delete(line.id);
    window.patch({ expanded });
    if (isExpanded) look(line);
    else markSeen(line);
  }

  const uploads = createUploadActions({ bridge, app, window, t, run, tell, announce });

  const runs = createExecutionActions({ app, window, importFrom: uploads.importFrom, markSeen });
  const clips = createClipActions({ window, t, run, tell });

  return {
    ...uploads,
    ...clips,
    ...runs,
    run,
    announce,
    tell,
    look,
    setExpanded,
    async openResult(jobId: string): Promise<void> {
      markSeenJob(jobId);
      const done = await run('job.open', { jobId });
      if (done && !done.response.opened) tell(t.text('line.notOpened'));
    },

    /** True when the link is on the clipboard. */
    async copyLink(jobId: string): Promise<boolean> {
      markSeenJob(jobId);
      const done = await run('job.copyLink', { jobId });
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
    goTo(place: Route): void {
      if (place.view === 'upload') {
        window.patch({ view: 'jobs' });
        uploads.upload(
          place.paths === null
            ? { from: 'files' }
            : { from: 'paths', paths: place.paths, pathless: [] },
        );
        return;
      }
      if (place.view === 'import') {
        window.patch({ view: 'jobs' });
        uploads.importFrom(place.url);
        return;
      }
      if (place.view === 'start') {
        window.patch({ view: 'jobs' });
        runs.startWork(place.source);
        return;
      }
      if (place.view !== 'jobs' || place.lineId === null) {
        window.patch({ view: place.view });
        return;
      }
      clips.showLine(place.lineId);
    },

    showAccount: (accountId: string) =>
      window.patch({ view: 'accounts', highlightedAccountId: accountId }),
  };
}
