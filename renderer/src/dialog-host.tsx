import type { AccountView } from '../../preload/contract';
import { ConfirmDialog } from './components/confirm-dialog';
import {
  useAppState,
  useCliptray,
  useServiceName,
  useTranslator,
  useWindowState,
} from './state/context';
import type { DialogRequest } from './state/window-state';
import { AddAccountDialog } from './views/accounts/add-account-dialog';
import { RenameDialog } from './views/accounts/rename-dialog';
import { ReplaceKeyDialog } from './views/accounts/replace-key-dialog';
import { JobDialog } from './views/history/job-dialog';
import { ChooseAccountDialog } from './views/jobs/choose-account-dialog';
import { NeedAccountDialog } from './views/jobs/need-account-dialog';
import { ShortenHistoryDialog } from './views/settings/shorten-history-dialog';
import { LogDialog } from './views/upload-log/log-dialog';
import { CancelAllDialog, CancelUploadDialog } from './views/uploads/cancel-dialogs';
import { ImportDialog } from './views/uploads/import-dialog';

function RemoveAccountDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(account.service);
  return (
    <ConfirmDialog
      title={t.text('remove.title', { name: account.name })}
      text={t.text('remove.text', { service })}
      confirmLabel={t.text('remove.confirm')}
      onConfirm={() => void actions.run('account.remove', { accountId: account.id })}
      onClose={onClose}
    />
  );
}

/** A dialog about an account; none when the account went away meanwhile. */
function AccountDialog({
  kind,
  accountId,
  onClose,
}: {
  kind: 'replace-key' | 'rename-account' | 'remove-account';
  accountId: string;
  onClose: () => void;
}) {
  const account = useAppState((state) => state.accounts[accountId]);
  if (!account) return null;
  switch (kind) {
    case 'replace-key':
      return <ReplaceKeyDialog account={account} onClose={onClose} />;
    case 'rename-account':
      return <RenameDialog account={account} onClose={onClose} />;
    case 'remove-account':
      return <RemoveAccountDialog account={account} onClose={onClose} />;
  }
}

function OpenDialog({ request, onClose }: { request: DialogRequest; onClose: () => void }) {
  switch (request.kind) {
    case 'add-account':
      return <AddAccountDialog service={request.service} onClose={onClose} />;
    case 'replace-key':
    case 'rename-account':
    case 'remove-account':
      return <AccountDialog kind={request.kind} accountId={request.accountId} onClose={onClose} />;
    case 'cancel-upload':
      return <CancelUploadDialog uploadId={request.uploadId} onClose={onClose} />;
    case 'cancel-all-uploads':
      return <CancelAllDialog onClose={onClose} />;
    case 'choose-account':
      return <ChooseAccountDialog source={request.source} onClose={onClose} />;
    case 'need-account':
      return <NeedAccountDialog onClose={onClose} />;
    case 'import':
      return <ImportDialog url={request.url} onClose={onClose} />;
    case 'history-job':
      return <JobDialog job={request.job} onClose={onClose} />;
    case 'shorten-history':
      return <ShortenHistoryDialog days={request.days} onClose={onClose} />;
    case 'upload-log':
      return <LogDialog request={request} onClose={onClose} />;
  }
}

/** The one dialog that may be open. */
export function DialogHost() {
  const { window: windowState } = useCliptray();
  const request = useWindowState((state) => state.dialog);
  if (!request) return null;
  return <OpenDialog request={request} onClose={() => windowState.patch({ dialog: null })} />;
}
