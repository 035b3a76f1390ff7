import type { ActionDeps, ActionTools } from './action-deps';
import type { DroppedText } from './dropped-text';

interface DropTargets {
  addFiles: (files: File[]) => void;
  openPastedLink: (url: string) => void;
  /** Runs it once no dialog is open. */
  whenFree: (request: () => void) => void;
}

/** What is done with what was dropped on the window: while a dialog is open, it waits and a word says so. */
export function createDropActions(
  { window, t }: ActionDeps,
  { showSnackbar }: Pick<ActionTools, 'showSnackbar'>,
  { addFiles, openPastedLink, whenFree }: DropTargets,
) {
  function orLater(word: string, request: () => void): void {
    if (window.get().dialog !== null) showSnackbar(word);
    whenFree(request);
  }

  return {
    dropFiles(files: File[]): void {
      orLater(t.text('drop.kept', { count: files.length }), () => addFiles(files));
    },

    /** Handles a dropped link as a pasted one; says what is wrong with any other text. */
    dropText(text: DroppedText): void {
      if (text.kind === 'links') showSnackbar(t.text('drop.links', { count: text.count }));
      else if (text.kind === 'file-address') showSnackbar(t.text('drop.fileAddress'));
      else if (text.kind === 'no-link') showSnackbar(t.text('drop.noLink'));
      else orLater(t.text('drop.kept.link'), () => openPastedLink(text.url));
    },
  };
}
