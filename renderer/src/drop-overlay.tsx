import { CloudUpload } from 'lucide-react';
import { useFileDrop } from './hooks/use-file-drop';
import { useAppState, useTranslator } from './state/context';
import { uploadAccounts } from './state/upload-accounts';
import { uploadTargets } from './state/upload-targets';

/** Covers the window while files are dragged over it, and says where they would go. */
export function DropOverlay() {
  const t = useTranslator();
  const isOver = useFileDrop();
  const accountCount = useAppState((state) => uploadAccounts(state).length);
  const targetCount = useAppState((state) => uploadTargets(uploadAccounts(state), {}).length);
  const onlyName = useAppState((state) => uploadAccounts(state)[0]?.name ?? '');
  if (!isOver) return null;
  return (
    <div className="drop-overlay">
      <div className="drop-card">
        <CloudUpload size={36} strokeWidth={1.5} aria-hidden />
        <strong>{t.text('drop.title')}</strong>
        <span>
          {accountCount === 0
            ? t.text('drop.none')
            : accountCount === 1
              ? t.text(targetCount === 1 ? 'drop.to' : 'drop.toBrand', { name: onlyName })
              : t.text('drop.ask')}
        </span>
      </div>
    </div>
  );
}
