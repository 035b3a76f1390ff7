import type {
  AddUploadsOutcome,
  AppState,
  Bridge,
  Commands,
  Line,
  Place,
  Verb,
} from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import { writeDismissedNotices } from './dismissed-notices';
import type { Observable } from './observable';
import { uploadAccounts } from './upload-accounts';
import { type RefusedDrop, renderNoteKey, type WindowStateStore } from './window-state';

export type Actions = ReturnType<typeof createActions>;

interface Parts {
  bridge: Bridge;
  app: Observable<AppState | null>;
  window: WindowStateStore;
  t: Translator;
}

/** Everything a person can do in the window, apart from typing into a dialog. */
export function createActions({ bridge, app, window, t }: Parts) {
  const appState = () => app.get();

  function say(text: string, shown: boolean): void {
    window.patch({ announcement: { text, shown, number: window.get().announcement.number + 1 } });
  }
  /** For screen readers only: what the eye sees elsewhere. */
  const announce = (text: string) => say(text, false);
  /** For everybody, for a moment. */
  const tell = (text: string) => say(text, true);

  /** Calls a verb; null when main refused the call, which is told as a defect of ours. */
  async function run<V extends Verb>(
    verb: V,
    request: Commands[V]['request'],
  ): Promise<{ response: Commands[V]['response'] } | null> {
    try {
      return { response: await bridge.run(verb, request) };
    } catch {
      window.patch({ defect: true });
      return null;
    }
  }

  function look(line: Line): void {
    void run('line.look', { lineId: line.id });
  }

  function markSeen(line: Line): void {
    if (line.unseen) look(line);
  }

  function setExpanded(line: Line, isExpanded: boolean): void {
    const expanded = new Set(window.get().expanded);
    if (isExpanded) expanded.add(line.id);
    else expanded.delete(line.id);
    window.patch({ expanded });
    if (isExpanded) look(line);
    else markSeen(line);
  }

  function tellAdded(outcome: AddUploadsOutcome, accountId: string | null, local: RefusedDrop[]) {
    const account = accountId === null ? undefined : appState()?.accounts[accountId];
    const service = account?.service ?? null;
    const refused = [...local, ...outcome.refused.map((file) => ({ ...file, service }))];
    window.patch({ refused, view: 'jobs' });
  }

  async function addPaths(paths: string[], accountId: string | null, local: RefusedDrop[] = []) {
    const done = await run('uploads.add', { paths, accountId });
    if (done) tellAdded(done.response, accountId, local);
  }

  async function chooseFiles(accountId: string | null): Promise<void> {
    const done = await run('uploads.choose', { accountId });
    if (done && (done.response.addedCount > 0 || done.response.refused.length > 0)) {
      tellAdded(done.response, accountId, []);
    }
  }

  /** Uploads to the only account that takes uploads, asks which of several, or leads to adding one. */
  function withUploadAccount(paths: string[] | null, go: (accountId: string) => void): void {
    const state = appState();
    if (!state) return;
    const accounts = uploadAccounts(state);
    const [only] = accounts;
    if (!only) window.patch({ dialog: { kind: 'need-account' } });
    else if (accounts.length === 1) go(only.id);
    else window.patch({ dialog: { kind: 'choose-account', paths } });
  }

  return {
    run,
    announce,
    tell,
    look,
    setExpanded,
    addPaths,
    chooseFiles,

    upload: () => withUploadAccount(null, (accountId) => void chooseFiles(accountId)),

    /** Takes dropped files. One without a path on disk is refused here, the rest in main. */
    dropFiles(files: File[]): void {
      const paths: string[] = [];
      const pathless: RefusedDrop[] = [];
      for (const file of files) {
        const path = bridge.pathOf(file);
        if (path) paths.push(path);
        else pathless.push({ fileName: file.name, problem: 'no-path', service: null });
      }
      window.patch({ refused: pathless });
      if (paths.length === 0) return;
      withUploadAccount(paths, (accountId) => void addPaths(paths, accountId, pathless));
    },

    async openResult(jobId: string, line: Line): Promise<void> {
      markSeen(line);
      const done = await run('job.open', { jobId });
      if (done && !done.response.opened) tell(t.text('line.notOpened'));
    },

    /** True when the link is on the clipboard. */
    async copyLink(jobId: string, line: Line): Promise<boolean> {
      markSeen(line);
      const done = await run('job.copyLink', { jobId });
      const copied = done?.response.copied ?? false;
      tell(t.text(copied ? 'line.copied' : 'line.notCopied'));
      return copied;
    },

    async submitRender(
      line: Line,
      candidateId: string | null,
      renderJobId: string | null,
    ): Promise<void> {
      if (line.clipId === null) return;
      markSeen(line);
      const done = await run('render.submit', {
        accountId: line.accountId,
        clipId: line.clipId,
        candidateId,
      });
      if (!done) return;
      const { response } = done;
      const notes = { ...window.get().renderNotes };
      const key = renderNoteKey(line.id, candidateId);
      if (response.outcome === 'started') {
        delete notes[key];
        tell(t.text('render.started'));
      } else {
        notes[key] = {
          outcome: response.outcome,
          problem: response.problem,
          remoteText: response.outcome === 'refused' ? response.remoteText : null,
          renderJobId,
        };
      }
      window.patch({ renderNotes: notes });
    },

    dismissNotice(id: string): void {
      const dismissedNotices = new Set(window.get().dismissedNotices).add(id);
      window.patch({ dismissedNotices });
      writeDismissedNotices(dismissedNotices);
    },

    /** Shows what main asks for. The row is expanded and focused once it is on the screen. */
    goTo(place: Place): void {
      if (place.view === 'upload') {
        const { paths } = place;
        window.patch({ view: 'jobs' });
        withUploadAccount(paths, (accountId) =>
          paths === null ? void chooseFiles(accountId) : void addPaths(paths, accountId),
        );
        return;
      }
      if (place.view !== 'jobs' || place.lineId === null) {
        window.patch({ view: place.view });
        return;
      }
      const { target, expanded } = window.get();
      window.patch({
        view: 'jobs',
        dialog: null,
        filter: 'all',
        query: '',
        expanded: new Set(expanded).add(place.lineId),
        target: { lineId: place.lineId, number: (target?.number ?? 0) + 1 },
      });
    },

    showAccount: (accountId: string) =>
      window.patch({ view: 'accounts', highlightedAccountId: accountId }),
  };
}
