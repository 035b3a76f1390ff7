import type { AccountView } from '../../../../preload/contract';
import { Segmented } from '../../components/segmented';
import { Select } from '../../components/select';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

/** The brand that uploads go to, and the header that carries the key, if there is a choice. */
export function AccountChoices({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const headers = useAppState((state) => state.services[account.service]?.keyHeaders) ?? [];
  const hasBrands = account.brands.length > 0;
  const hasHeaders = headers.length > 1;
  if (!hasBrands && !hasHeaders) return null;
  return (
    <div className="card-choices">
      {hasBrands && (
        <Select
          label={t.text('account.brand')}
          placeholder={t.text('account.brand.choose')}
          value={account.brandId}
          options={account.brands}
          onChange={(brandId) =>
            void actions.run('account.setBrand', { accountId: account.id, brandId })
          }
        />
      )}
      {hasHeaders && (
        <Segmented
          label={t.text('account.header')}
          isLabelVisible
          value={account.keyHeader}
          options={headers.map((id) => ({ id, name: t.text(`header.${id}`) }))}
          onChange={(keyHeader) =>
            void actions.run('account.setKeyHeader', { accountId: account.id, keyHeader })
          }
        />
      )}
    </div>
  );
}
