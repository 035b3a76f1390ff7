import { useEffect } from 'react';
import { useCliptray } from '../state/context';
import { pastedLink } from '../state/web-link';
import { isTextField } from './text-field';

/**
 * Handles pasting into the window: files and folders are uploaded, and wait for a dialog that is open, as
 * dropped ones do; a link is imported or worked on, unless a dialog is open.
 */
export function usePaste(): void {
  const { actions, window: windowState } = useCliptray();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      if (!clipboardData || isTextField(event.target)) return;
      const files = [...clipboardData.files];
      const link = pastedLink(clipboardData.getData('text/plain'));
      if (files.length > 0) actions.dropFiles(files);
      else if (link !== null && windowState.get().dialog === null) actions.openPastedLink(link);
      else return;
      event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [actions, windowState]);
}
