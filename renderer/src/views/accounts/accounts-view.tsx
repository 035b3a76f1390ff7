import { KeyRound, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { AccountCard } from './account-card';

/** All accounts, each with its state and actions. */
export function AccountsView() {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const accounts = useAppState((state) => state.accounts);
  const ordered = useMemo(
    () =>
      Object.values(accounts).sort(
        (a, b) => a.service.localeCompare(b.service) || a.name.localeCompare(b.name),
      ),
    [accounts],
  );
  const add = () => windowState.patch({ dialog: { kind: 'add-account', service: null } });
  return (
    <section className="view">
      <div className="view-header">
        <div className="view-title-row">
          <h1 className="view-title">{t.text('accounts.title')}</h1>
          {ordered.length > 0 && (
            <Button icon={<Plus size={15} aria-hidden />} onPress={add}>
              {t.text('accounts.add')}
            </Button>
          )}
        </div>
      </div>
      {ordered.length === 0 ? (
        <EmptyState
          icon={<KeyRound size={28} strokeWidth={1.5} aria-hidden />}
          title={t.text('accounts.empty.title')}
          action={
            <Button variant="primary" onPress={add}>
              {t.text('accounts.add')}
            </Button>
          }
        >
          <p>{t.text('accounts.empty.text')}</p>
        </EmptyState>
      ) : (
        <div className="view-scroll cards">
          {ordered.map((account) => (
            <AccountCard key={account.id} account={account} />
          ))}
        </div>
      )}
    </section>
  );
}
