import type { AddUploadsOutcome, ClipLine, QueueMove } from '../../../preload/contract';
import type { ActionDeps, ActionTools } from './action-deps';
import { rememberBrand } from './last-brands';
import { positionAfter } from './queue-position';
import { uploadAccounts } from './upload-accounts';
import { uploadTargets } from './upload-targets';
import type { RefusedDrop, UploadSource } from './window-state';

/** Main takes no more paths than this in one call. */
const MAX_PATHS = 1000;

/** What the user can do with uploads. */
export function createUploadActions(
  { bridge, app, window, t }: ActionDeps,
  { run, showSnackbar, announce }: ActionTools,
) {
  async function addPaths(
    paths: string[],
    accountId: string,
    brandId: string | null,
  ): Promise<AddUploadsOutcome | null> {
    const sum: AddUploadsOutcome = { addedCount: 0, refused: [], skippedCount: 0 };
    for (let first = 0; first < paths.length; first += MAX_PATHS) {
      const some = paths.slice(first, first + MAX_PATHS);
      const done = await run('uploads.add', { paths: some, accountId, brandId });
      if (!done) return first === 0 ? null : sum;
      sum.addedCount += done.response.addedCount;
      sum.refused.push(...done.response.refused);
      sum.skippedCount += done.response.skippedCount;
    }
    return sum;
  }

  function reportAdded(
    outcome: AddUploadsOutcome,
    accountId: string,
    pathless: RefusedDrop[],
  ): void {
    const service = app.get()?.accounts[accountId]?.service ?? null;
    const refused = [...pathless, ...outcome.refused.map((file) => ({ ...file, service }))];
    window.patch({ refused, view: 'jobs' });
    const { addedCount, skippedCount } = outcome;
    if (addedCount === 0 && skippedCount === 0) {
      if (refused.length === 0) showSnackbar(t.text('upload.nothing'));
      return;
    }
    const sentences = [t.text('upload.added', { count: addedCount })];
    if (skippedCount > 0) sentences.push(t.text('upload.skipped', { count: skippedCount }));
    showSnackbar(sentences.join(' '));
  }

  /** Uploads to this account and brand, and reports the outcome. A null brand is the account's own. */
  async function uploadTo(
    accountId: string,
    brandId: string | null,
    source: UploadSource,
  ): Promise<void> {
    if (brandId !== null) rememberBrand(accountId, brandId);
    if (source.from === 'paths') {
      const outcome = await addPaths(source.paths, accountId, brandId);
      if (outcome) reportAdded(outcome, accountId, source.pathless);
      return;
    }
    const done = await run('uploads.choose', { accountId, brandId, what: source.from });
    if (!done) return;
    const { addedCount, refused, skippedCount } = done.response;
    // All zero also means that the user closed the system's dialog.
    if (addedCount + refused.length + skippedCount > 0) reportAdded(done.response, accountId, []);
  }

  /** Uploads to the only possible target, asks which of several, or offers to add an account. */
  function upload(source: UploadSource): void {
    const state = app.get();
    if (!state) return;
    const targets = uploadTargets(uploadAccounts(state), {});
    const [only] = targets;
    if (!only) window.patch({ dialog: { kind: 'need-upload-account' } });
    else if (targets.length === 1) void uploadTo(only.account.id, null, source);
    else window.patch({ dialog: { kind: 'choose-upload-target', source } });
  }

  return {
    upload,
    uploadTo,

    /** Whether `upload` needs to ask nothing. */
    hasOneTarget(): boolean {
      const state = app.get();
      return state !== null && uploadTargets(uploadAccounts(state), {}).length === 1;
    },

    /** Uploads dropped or pasted files and folders. A file without a path on disk is refused here. */
    addFiles(files: File[]): void {
      const paths: string[] = [];
      const pathless: RefusedDrop[] = [];
      for (const file of files) {
        const path = bridge.pathOf(file);
        if (path) paths.push(path);
        else pathless.push({ fileName: file.name, problem: 'no-path', service: null });
      }
      window.patch({ refused: pathless });
      if (paths.length > 0) upload({ from: 'paths', paths, pathless });
    },

    /** Adds the file of a sent upload once more, and reports the outcome. */
    async sendAgain(line: ClipLine): Promise<void> {
      if (!line.upload) return;
      const done = await run('upload.sendAgain', { uploadId: line.upload.id });
      if (done?.response) reportAdded(done.response, line.accountId, []);
    },

    /** Opens the import dialog, or offers to add an account that can import. */
    openImportDialog(url: string): void {
      const state = app.get();
      if (!state) return;
      const canImport = uploadAccounts(state).length > 0;
      window.patch({
        dialog: canImport ? { kind: 'import', url } : { kind: 'need-upload-account' },
      });
    },

    /** Moves an upload in the queue and announces its new position. */
    async moveUpload(line: ClipLine, to: QueueMove): Promise<void> {
      const { upload: moved } = line;
      const count = app.get()?.uploads.all.unfinished ?? 0;
      if (!moved || moved.queuePosition === null || count < 2) return;
      const queuePosition = positionAfter(to, moved.queuePosition, count);
      if (queuePosition === moved.queuePosition) return;
      const done = await run('upload.move', { uploadId: moved.id, to });
      if (done) announce(t.text('queue.moved', { title: line.title, place: queuePosition + 1 }));
    },

    async exportUploadLog(uploadId: string): Promise<void> {
      const done = await run('upload.exportLog', { uploadId });
      if (done) showSnackbar(t.text(done.response.saved ? 'log.saved' : 'log.notSaved'));
    },
  };
}
