import { useCliptray, useTranslator } from '../../state/context';

/** Copies a text to the clipboard and says whether that worked. */
export function useCopy(): (text: string) => void {
  const t = useTranslator();
  const { actions } = useCliptray();
  return async (text) => {
    const done = await actions.run('text.copy', { text });
    if (done)
      actions.showSnackbar(
        t.text(done.response.copied ? 'execution.copied' : 'execution.notCopied'),
      );
  };
}
