import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  Ellipsis,
  ScrollText,
} from 'lucide-react';
import type { ClipLine, UploadView } from '../../../../preload/contract';
import { ActionMenu, type MenuAction } from '../../components/action-menu';
import { IconButton } from '../../components/button';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** The less frequent things to do with an upload that has not ended. */
export function UploadMenu({ line, upload }: { line: ClipLine; upload: UploadView }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const isMac = useAppState((state) => state.app.main.environment.platform === 'darwin');
  const count = useAppState((state) => state.uploads.all.unfinished);
  const { queuePosition } = upload;

  const items: MenuAction[] = [];
  if (queuePosition !== null && count > 1) {
    const isFirst = queuePosition === 0;
    const isLast = queuePosition >= count - 1;
    const alt = isMac ? '⌥' : 'Alt+';
    items.push(
      {
        id: 'first',
        label: t.text('queue.first'),
        icon: <ArrowUpToLine size={14} aria-hidden />,
        isDisabled: isFirst,
        act: () => void actions.moveUpload(line, 'first'),
      },
      {
        id: 'earlier',
        label: t.text('queue.earlier'),
        icon: <ArrowUp size={14} aria-hidden />,
        keys: `${alt}↑`,
        isDisabled: isFirst,
        act: () => void actions.moveUpload(line, 'earlier'),
      },
      {
        id: 'later',
        label: t.text('queue.later'),
        icon: <ArrowDown size={14} aria-hidden />,
        keys: `${alt}↓`,
        isDisabled: isLast,
        act: () => void actions.moveUpload(line, 'later'),
      },
      {
        id: 'last',
        label: t.text('queue.last'),
        icon: <ArrowDownToLine size={14} aria-hidden />,
        isDisabled: isLast,
        act: () => void actions.moveUpload(line, 'last'),
      },
    );
  }
  items.push({
    id: 'log',
    label: t.text('line.log'),
    icon: <ScrollText size={14} aria-hidden />,
    act: () =>
      windowState.patch({
        dialog: { kind: 'upload-log', lineId: line.id, uploadId: upload.id, title: line.title },
      }),
  });

  return (
    <ActionMenu actions={items}>
      <IconButton label={t.text('line.more', { title: line.title })} tip="">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </ActionMenu>
  );
}
