import { Download, Ellipsis, FolderOpen, Info, Megaphone, NotebookPen } from 'lucide-react';
import type { ClipLine } from '../../../../preload/contract';
import { ActionMenu, type MenuAction } from '../../components/action-menu';
import { Button, IconButton } from '../../components/button';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { CopyLinkButton } from '../jobs/copy-link-button';

interface ResultActionsProps {
  line: ClipLine;
  jobId: string;
  /** The part it is a render of; null for the clip as a whole. */
  candidateId: string | null;
  /** Its title, for the accessible names of the buttons. */
  title: string;
}

/** What can be done with a result: open it, copy its link, download it, publish it. */
export function ResultActions({ line, jobId, candidateId, title }: ResultActionsProps) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const download = useAppState((state) => state.downloads[jobId]);
  const canPublish = useAppState(
    (state) =>
      state.services[state.accounts[line.accountId]?.service ?? '']?.capabilities.publishing ??
      false,
  );
  const { accountId, clipId } = line;

  const items: MenuAction[] = [];
  if (download?.state === 'done') {
    items.push(
      {
        id: 'show',
        label: t.text('download.show'),
        icon: <FolderOpen size={14} aria-hidden />,
        act: () => void actions.showResultFile(jobId),
      },
      {
        id: 'details',
        label: t.text('download.details'),
        icon: <Info size={14} aria-hidden />,
        act: () => windowState.patch({ dialog: { kind: 'download', jobId } }),
      },
    );
  }
  if (canPublish && clipId !== null) {
    const subject = { accountId, clipId, jobId, candidateId, title };
    items.push(
      {
        id: 'draft',
        label: t.text('draft.open'),
        icon: <NotebookPen size={14} aria-hidden />,
        act: () => windowState.patch({ dialog: { kind: 'make-draft', subject } }),
      },
      {
        id: 'publish',
        label: t.text('publish.open'),
        icon: <Megaphone size={14} aria-hidden />,
        act: () => windowState.patch({ dialog: { kind: 'publish', subject } }),
      },
    );
  }
  return (
    <span className="render-result">
      <Button
        size="small"
        aria-label={t.text('line.open.of', { title })}
        onPress={() => void actions.openResult(jobId)}
      >
        {t.text('line.open')}
      </Button>
      <CopyLinkButton jobId={jobId} />
      {(!download || download.state === 'failed') && (
        <IconButton
          label={t.text('download.start.of', { title })}
          tip={t.text('download.start')}
          onPress={() => void actions.downloadResult(jobId)}
        >
          <Download size={15} aria-hidden />
        </IconButton>
      )}
      {items.length > 0 && (
        <ActionMenu actions={items}>
          <IconButton label={t.text('result.more', { title })} tip={t.text('result.more.tip')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        </ActionMenu>
      )}
    </span>
  );
}
