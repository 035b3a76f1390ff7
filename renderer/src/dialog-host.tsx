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
import { RenameAccountDialog } from './views/accounts/rename-account-dialog';
import { ReplaceKeyDialog } from './views/accounts/replace-key-dialog';
import { AllClipsDialog } from './views/clips/all-clips-dialog';
import { ClipDialog } from './views/clips/clip-dialog';
import { RemoveClipDialog } from './views/clips/remove-clip-dialog';
import { ExecutionDialog } from './views/executions/execution-dialog';
import { NeedExecutionAccountDialog } from './views/executions/need-execution-account-dialog';
import { PastedLinkDialog } from './views/executions/pasted-link-dialog';
import { SessionTokenDialog } from './views/executions/session-token-dialog';
import { StartExecutionDialog } from './views/executions/start-execution-dialog';
import { HistoryJobDialog } from './views/history/history-job-dialog';
import { DraftDialog } from './views/publishing/draft-dialog';
import { PublishDialog } from './views/publishing/publish-dialog';
import { DownloadDialog } from './views/results/download-dialog';
import { ShortenHistoryDialog } from './views/settings/shorten-history-dialog';
import { UploadLogDialog } from './views/upload-log/upload-log-dialog';
import { CancelAllDialog, CancelUploadDialog } from './views/uploads/cancel-dialogs';
import { ChooseUploadTargetDialog } from './views/uploads/choose-upload-target-dialog';
import { ImportDialog } from './views/uploads/import-dialog';
import { NeedUploadAccountDialog } from './views/uploads/need-upload-account-dialog';

function RemoveAccountDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const service = useServiceName(account.service);
  const { keychain } = useAppState((state) => state.app.main.environment);
  const isKeyLocked =
    account.keyLocation === 'keychain' && (keychain === 'locked' || keychain === 'asking');
  return (
    <ConfirmDialog
      title={t.text('removeAccount.title', { name: account.name })}
      text={[
        t.text('removeAccount.text', { service }),
        ...(isKeyLocked ? [t.text('removeAccount.locked')] : []),
      ].join(' ')}
      confirmLabel={t.text('removeAccount.confirm')}
      onConfirm={() => void actions.run('account.remove', { accountId: account.id })}
      onClose={onClose}
    />
  );
}

/** A dialog about an account; none if the account was removed meanwhile. */
function AccountDialog({
  kind,
  accountId,
  onClose,
}: {
  kind: 'replace-key' | 'rename-account' | 'remove-account' | 'session-token';
  accountId: string;
  onClose: () => void;
}) {
  const account = useAppState((state) => state.accounts[accountId]);
  if (!account) return null;
  switch (kind) {
    case 'replace-key':
      return <ReplaceKeyDialog account={account} onClose={onClose} />;
    case 'rename-account':
      return <RenameAccountDialog account={account} onClose={onClose} />;
    case 'session-token':
      return <SessionTokenDialog account={account} onClose={onClose} />;
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
    case 'session-token':
      return <AccountDialog kind={request.kind} accountId={request.accountId} onClose={onClose} />;
    case 'cancel-upload':
      return <CancelUploadDialog uploadId={request.uploadId} onClose={onClose} />;
    case 'cancel-all-uploads':
      return <CancelAllDialog onClose={onClose} />;
    case 'choose-upload-target':
      return <ChooseUploadTargetDialog source={request.source} onClose={onClose} />;
    case 'need-upload-account':
      return <NeedUploadAccountDialog onClose={onClose} />;
    case 'import':
      return <ImportDialog url={request.url} onClose={onClose} />;
    case 'clip':
      return (
        <ClipDialog
          key={`${request.accountId} ${request.clipId}`}
          request={request}
          onClose={onClose}
        />
      );
    case 'all-clips':
      return <AllClipsDialog accountId={request.accountId} onClose={onClose} />;
    case 'remove-clip':
      return <RemoveClipDialog request={request} onClose={onClose} />;
    case 'make-draft':
      return <DraftDialog subject={request.subject} onClose={onClose} />;
    case 'publish':
      return <PublishDialog subject={request.subject} onClose={onClose} />;
    case 'download':
      return <DownloadDialog jobId={request.jobId} onClose={onClose} />;
    case 'history-job':
      return <HistoryJobDialog job={request.job} onClose={onClose} />;
    case 'start':
      return <StartExecutionDialog source={request.source} onClose={onClose} />;
    case 'need-execution-account':
      return <NeedExecutionAccountDialog onClose={onClose} />;
    case 'pasted-link':
      return <PastedLinkDialog url={request.url} onClose={onClose} />;
    case 'execution':
      return <ExecutionDialog {...request} onClose={onClose} />;
    case 'shorten-history':
      return <ShortenHistoryDialog days={request.days} onClose={onClose} />;
    case 'upload-log':
      return <UploadLogDialog request={request} onClose={onClose} />;
  }
}

/** The one dialog that may be open. */
export function DialogHost() {
  const { window: windowState } = useCliptray();
  const request = useWindowState((state) => state.dialog);
  if (!request) return null;
  return <OpenDialog request={request} onClose={() => windowState.patch({ dialog: null })} />;
}
