import { Captions, ChevronDown, CloudUpload, FileVideo, FolderUp, Link } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { ActionMenu } from '../../components/action-menu';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { executionAccounts } from '../../state/execution-accounts';

/** Asks for files at once; folders and links are in its menu. */
export function UploadButton() {
  const t = useTranslator();
  const { actions } = useCliptray();
  const canStart = useAppState((state) => executionAccounts(state).length > 0);
  const start = {
    id: 'start',
    label: t.text('start.open'),
    icon: <Captions size={14} aria-hidden />,
    act: () => actions.openStartDialog(null),
  };
  return (
    <div className="upload-buttons">
      <AriaButton
        className="button button-primary button-medium upload-button"
        data-tip-narrow={t.text('upload.button')}
        onPress={() => actions.upload({ from: 'files' })}
      >
        <CloudUpload size={16} aria-hidden />
        <span className="nav-label">{t.text('upload.button')}</span>
      </AriaButton>
      <ActionMenu
        placement="bottom start"
        actions={[
          {
            id: 'files',
            label: t.text('upload.files'),
            icon: <FileVideo size={14} aria-hidden />,
            act: () => actions.upload({ from: 'files' }),
          },
          {
            id: 'folder',
            label: t.text('upload.folder'),
            icon: <FolderUp size={14} aria-hidden />,
            act: () => actions.upload({ from: 'folder' }),
          },
          {
            id: 'import',
            label: t.text('upload.import'),
            icon: <Link size={14} aria-hidden />,
            act: () => actions.openImportDialog(''),
          },
          ...(canStart ? [start] : []),
        ]}
      >
        <AriaButton
          className="button button-primary button-medium upload-menu-button"
          aria-label={t.text('upload.more')}
          data-tip={t.text('upload.more')}
        >
          <ChevronDown size={15} aria-hidden />
        </AriaButton>
      </ActionMenu>
    </div>
  );
}
