import { ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { readLastBrands } from '../../state/last-brands';
import { uploadAccounts } from '../../state/upload-accounts';
import { type UploadTarget, uploadTargets } from '../../state/upload-targets';
import type { UploadSource } from '../../state/window-state';

function TargetOption({ target, onChoose }: { target: UploadTarget; onChoose: () => void }) {
  const t = useTranslator();
  const { account } = target;
  const service = useServiceName(account.service);
  const brand = target.brand ?? account.brands.find((each) => each.id === account.brandId);
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

interface ChooseUploadTargetDialogProps {
  source: UploadSource;
  onClose: () => void;
}

/** Asks which of several accounts and brands an upload goes to. */
export function ChooseUploadTargetDialog({ source, onClose }: ChooseUploadTargetDialogProps) {
  const t = useTranslator();
  const { actions, app } = useCliptray();
  useAppState((state) => state.accounts);
  const state = app.get();
  const accounts = state ? uploadAccounts(state) : [];
  const targets = uploadTargets(accounts, readLastBrands());
  const choose = ({ account, brand }: UploadTarget) => {
    onClose();
    void actions.uploadTo(account.id, brand?.id ?? null, source);
  };
  return (
    <Dialog
      title={t.text(accounts.length > 1 ? 'chooseAccount.title' : 'chooseAccount.brandTitle')}
      onClose={onClose}
    >
      {source.from === 'paths' && (
        <p className="dialog-text">
          {t.text('chooseAccount.items', { count: source.paths.length })}
        </p>
      )}
      <ul className="options" aria-label={t.text('chooseAccount.list')}>
        {targets.map((target) => (
          <TargetOption
            key={`${target.account.id} ${target.brand?.id ?? ''}`}
            target={target}
            onChoose={() => choose(target)}
          />
        ))}
      </ul>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
