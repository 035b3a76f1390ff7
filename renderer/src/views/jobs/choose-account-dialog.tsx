import { ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../components/button';
import { Dialog, DialogButtons } from '../../components/dialog';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';
import { readLastBrands } from '../../state/last-brands';
import { uploadAccounts } from '../../state/upload-accounts';
import { type UploadPlace, uploadPlaces } from '../../state/upload-targets';
import type { UploadSource } from '../../state/window-state';

function PlaceOption({ place, onChoose }: { place: UploadPlace; onChoose: () => void }) {
  const t = useTranslator();
  const { account } = place;
  const service = useServiceName(account.service);
  const brand = place.brand ?? account.brands.find((each) => each.id === account.brandId);
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

/** Asks which of several accounts and brands an upload goes to. */
export function ChooseAccountDialog({ source, onClose }: ChooseAccountDialogProps) {
  const t = useTranslator();
  const { actions, app } = useCliptray();
  useAppState((state) => state.accounts);
  const state = app.get();
  const accounts = state ? uploadAccounts(state) : [];
  const places = uploadPlaces(accounts, readLastBrands());
  const choose = ({ account, brand }: UploadPlace) => {
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
        {places.map((place) => (
          <PlaceOption
            key={`${place.account.id} ${place.brand?.id ?? ''}`}
            place={place}
            onChoose={() => choose(place)}
          />
        ))}
      </ul>
      <DialogButtons>
        <Button onPress={onClose}>{t.text('common.cancel')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
