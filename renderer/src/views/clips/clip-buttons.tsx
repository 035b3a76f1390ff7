import { Clapperboard, Trash2 } from 'lucide-react';
import type { ClipLine } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** Opens or removes a clip at its service; renders nothing while the clip is not there yet, or no longer. */
export function ClipButtons({ line }: { line: ClipLine }) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const hasClips = useAppState(
    (state) =>
      state.services[state.accounts[line.accountId]?.service ?? '']?.capabilities.clips ?? false,
  );
  const { accountId, clipId, title, upload } = line;
  const isOnItsWay = upload !== null && upload.state !== 'sent';
  if (!hasClips || clipId === null || isOnItsWay || line.stage === 'gone') return null;
  return (
    <>
      <Button
        size="small"
        icon={<Clapperboard size={13} aria-hidden />}
        onPress={() =>
          windowState.patch({
            dialog: { kind: 'clip', accountId, clipId, title, isFromList: false },
          })
        }
      >
        {t.text('clip.open')}
      </Button>
      <Button
        size="small"
        icon={<Trash2 size={13} aria-hidden />}
        onPress={() =>
          windowState.patch({ dialog: { kind: 'remove-clip', accountId, clipId, title } })
        }
      >
        {t.text('clip.remove')}
      </Button>
    </>
  );
}
