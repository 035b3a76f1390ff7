import { ListVideo, Play, Trash2 } from 'lucide-react';
import type { ClipLine, ClipRecord } from '../../../../preload/contract';
import { Button } from '../../components/button';
import type { ClipRef } from '../../state/clip-actions';
import { useCliptray, useTranslator } from '../../state/context';

interface ClipActionsProps {
  clip: ClipRecord;
  clipRef: ClipRef;
  line: ClipLine | null;
  title: string;
}

/** What can be done with a clip as a whole. */
export function ClipActions({ clip, clipRef, line, title }: ClipActionsProps) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  return (
    <div className="detail-buttons">
      {clip.sourceUrl !== null && (
        <Button
          size="small"
          icon={<Play size={13} aria-hidden />}
          onPress={() => void actions.previewClip(clipRef, null)}
        >
          {t.text('clip.previewWhole')}
        </Button>
      )}
      {line && (
        <Button
          size="small"
          icon={<ListVideo size={13} aria-hidden />}
          onPress={() => actions.showLine(line.id)}
        >
          {t.text('clip.showLine')}
        </Button>
      )}
      <Button
        size="small"
        icon={<Trash2 size={13} aria-hidden />}
        onPress={() => windowState.patch({ dialog: { kind: 'remove-clip', ...clipRef, title } })}
      >
        {t.text('clip.remove')}
      </Button>
    </div>
  );
}
