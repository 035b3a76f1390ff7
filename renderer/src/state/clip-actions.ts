import type { RenderOutcome, RequestOf } from '../../../preload/contract';
import type { ActionDeps, ActionTools } from './action-deps';
import { renderNoteKey } from './window-state';

/** A clip of an account. */
export interface ClipRef {
  accountId: string;
  clipId: string;
}

/** A part to render, with its newest render at the time of the request. */
export interface RequestedRender {
  candidateId: string | null;
  renderJobId: string | null;
}

/** Choices that apply to all renders of one request. */
type RenderChoices = Pick<RequestOf<'render.submit'>, 'editRevision' | 'template' | 'captions'>;

/** Leaves everything to the service, and the revision to main. */
export const DEFAULT_RENDER_CHOICES: RenderChoices = {
  editRevision: null,
  template: null,
  captions: null,
};

/** What the user can do with clips and their results. */
export function createClipActions({ window, t }: ActionDeps, { run, showSnackbar }: ActionTools) {
  function note(clip: ClipRef, requested: RequestedRender[], outcomes: RenderOutcome[]): void {
    const notes = { ...window.get().renderNotes };
    requested.forEach(({ candidateId, renderJobId }, index) => {
      const outcome = outcomes[index];
      const key = renderNoteKey(clip, candidateId);
      if (!outcome || outcome.outcome === 'started') delete notes[key];
      else {
        notes[key] = {
          outcome: outcome.outcome,
          problem: outcome.outcome === 'not-sent' ? null : outcome.problem,
          remoteText: outcome.outcome === 'refused' ? outcome.remoteText : null,
          renderJobId,
        };
      }
    });
    window.patch({ renderNotes: notes });
  }

  return {
    /** Requests one render for each part. The outcome of each is noted beside it. */
    async submitRenders(
      clip: ClipRef,
      requested: RequestedRender[],
      choices: RenderChoices,
    ): Promise<RenderOutcome[] | null> {
      const candidateIds = requested.map(({ candidateId }) => candidateId);
      const done = await run('render.submit', { ...clip, ...choices, candidateIds });
      if (!done) return null;
      note(clip, requested, done.response);
      const count = done.response.filter(({ outcome }) => outcome === 'started').length;
      if (count > 0) showSnackbar(t.text('render.started', { count }));
      return done.response;
    },

    async downloadResult(jobId: string): Promise<void> {
      const done = await run('result.download', { jobId });
      if (done && !done.response.started) showSnackbar(t.text('download.notStarted'));
    },

    async cancelDownload(jobId: string): Promise<void> {
      await run('result.cancelDownload', { jobId });
    },

    async showResultFile(jobId: string): Promise<void> {
      const done = await run('result.showFile', { jobId });
      if (done && !done.response.shown) showSnackbar(t.text('download.fileGone'));
    },

    async previewClip(clip: ClipRef, candidateId: string | null): Promise<void> {
      const done = await run('clip.preview', { ...clip, candidateId });
      if (done && !done.response.opened) showSnackbar(t.text('clip.notPreviewed'));
    },

    /** Brings a clip's line into view. */
    showLine(lineId: string): void {
      const { target, expanded } = window.get();
      window.patch({
        view: 'jobs',
        dialog: null,
        filter: 'all',
        query: '',
        expanded: new Set(expanded).add(lineId),
        target: { lineId, number: (target?.number ?? 0) + 1 },
      });
    },
  };
}
