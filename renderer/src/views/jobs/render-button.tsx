import { useState } from 'react';
import type { ClipLine, RenderView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { DEFAULT_RENDER_CHOICES } from '../../state/clip-actions';
import { useCliptray, useTranslator } from '../../state/context';

interface RenderButtonProps {
  line: ClipLine;
  candidateId: string | null;
  title: string;
  render: RenderView | null;
}

/** Starts a render. Not offered while one is in progress or done: the user would pay twice. */
export function RenderButton({ line, candidateId, title, render }: RenderButtonProps) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const [isPending, setIsPending] = useState(false);
  const isAgain = render !== null;
  const { clipId } = line;
  if (clipId === null || (render && !render.gone && render.phase !== 'failed')) return null;
  const label =
    candidateId === null
      ? t.text('render.whole.button')
      : t.text(isAgain ? 'render.again' : 'render.button');
  return (
    <Button
      size="small"
      isPending={isPending}
      aria-label={
        candidateId === null
          ? label
          : t.text(isAgain ? 'render.again.of' : 'render.button.of', { title })
      }
      onPress={async () => {
        setIsPending(true);
        const clip = { accountId: line.accountId, clipId };
        const requested = [{ candidateId, renderJobId: render?.jobId ?? null }];
        if (line.unseen) actions.markSeen(line);
        await actions.submitRenders(clip, requested, DEFAULT_RENDER_CHOICES);
        setIsPending(false);
      }}
    >
      {label}
    </Button>
  );
}
