import { Check, Link } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../components/button';
import { useCliptray, useTranslator } from '../../state/context';

const CONFIRMED_MS = 1_600;

/** Copies a result's link, and confirms it on the button itself. */
export function CopyLinkButton({ jobId }: { jobId: string }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <IconButton
      label={t.text('line.copyLink')}
      onPress={async () => setIsCopied(await actions.copyResultLink(jobId))}
    >
      {isCopied ? <Check size={15} aria-hidden /> : <Link size={15} aria-hidden />}
    </IconButton>
  );
}
