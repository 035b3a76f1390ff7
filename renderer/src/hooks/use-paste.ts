import { useEffect } from 'react';
import { useCliptray } from '../state/context';
import { pastedLink } from '../state/web-link';
import { isTextField } from './text-field';

/** Handles pasting into the window: files and folders are uploaded, a link is imported or worked on. */
export function usePaste(): void {
  const { actions, window: windowState } = useCliptray();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      if (!clipboardData || isTextField(event.target) || windowState.get().dialog !== null) return;
      const files = [...clipboardData.files];
      const link = pastedLink(clipboardData.getData('text/plain'));
      if (files.length > 0) actions.addFiles(files);
      else if (link !== null) actions.openPastedLink(link);
      else return;
      event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [actions, windowState]);
}
