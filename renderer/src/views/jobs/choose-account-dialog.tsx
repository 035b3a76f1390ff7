import { ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AccountView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { uploadAccounts } from '../../state/upload-accounts';
import type { UploadSource } from '../../state/window-state';

function AccountOption({ account, onChoose }: { account: AccountView; onChoose: () => void }) {
  const t = useTranslator();
  const service = useServiceName(account.service);
  const brand = account.brands.find((each) => each.id === account.brandId);
  return (
    <li>
      <AriaButton className="option" onPress={onChoose}>
        <span className="service-mark" data-service={account.service} aria-hidden="true">
          {service.slice(0, 1)}
        </span>
        <span className="option-text">
          <bdi className="option-name">{account.name}</bdi>
          <span className="option-help">
            {account.problem
              ? t.text(`problem.${account.problem}`, { service })
              : brand
                ? t.text('chooseAccount.brand', { brand: brand.name })
                : account.brands.length > 0
                  ? t.text('chooseAccount.noBrand')
                  : service}
          </span>
        </span>
        <ChevronRight size={15} aria-hidden />
      </AriaButton>
    </li>
  );
}

interface ChooseAccountDialogProps {
  source: UploadSource;
  onClose: () => void;
}

/** Asks which of several accounts an upload goes to. */
export function ChooseAccountDialog({ source, onClose }: ChooseAccountDialogProps) {
  const t = useTranslator();
  const { actions, app } = useCliptray();
  useAppState((state) => state.accounts);
  const state = app.get();
  const accounts = state ? uploadAccounts(state) : [];
  const choose = (accountId: string) => {
    onClose();
    void actions.uploadTo(accountId, source);
  };
  return (
    <Dialog title={t.text('chooseAccount.title')} onClose={onClose}>
      {source.from === 'paths' && (
        <p className="dialog-text">
          {t.text('chooseAccount.items', { count: source.paths.length })}
        </p>
      )}
      <ul className="options" aria-label={t.text('chooseAccount.list')}>
        {accounts.map((account) => (
          <AccountOption key={account.id} account={account} onChoose={() => choose(account.id)} />
        ))}
      </ul>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
