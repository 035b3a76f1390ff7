import { useCliptray, useTranslator } from '../../state/context';

/** Puts a text on the clipboard and says whether it is there. */
export function useCopy(): (text: string) => void {
  const t = useTranslator();
  const { actions } = useCliptray();
  return async (text) => {
    const done = await actions.run('text.copy', { text });
    if (done) actions.showSnackbar(t.text(done.response.copied ? 'run.copied' : 'run.notCopied'));
  };
}
