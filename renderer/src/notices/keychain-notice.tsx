import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountView, Environment } from '../../../preload/contract';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useAppState, useCliptray, useTranslator } from '../state/context';

/**
 * The keychain is locked, and accounts wait for it; or the desktop is asking for its password. One notice
 * for all of them, which cannot be dismissed.
 */
function LockedKeychainNotice({ waiting }: { waiting: AccountView[] }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const isAsking = useAppState((state) => state.app.main.environment.keychain === 'asking');
  const first = waiting[0];
  if (isAsking || !first) {
    return (
      <Banner
        tone="attention"
        icon={<KeyRound size={16} aria-hidden />}
        title={t.text('notice.keychain.asking')}
      >
        {t.text('notice.keychain.asking.text')}
      </Banner>
    );
  }
  return (
    <Banner
      tone="attention"
      icon={<KeyRound size={16} aria-hidden />}
      title={t.text('notice.keychain.locked')}
      action={
        // Asks the desktop to unlock it, which serves all of them.
        <Button
          size="small"
          onPress={() => void actions.run('account.check', { accountId: first.id })}
        >
          {t.text('account.unlock')}
        </Button>
      }
    >
      {t.text('notice.keychain.locked.text', { count: waiting.length })}
    </Banner>
  );
}

/** The notice on a locked keychain, if there is a reason for one. */
export function keychainNotices(
  { keychain }: Environment,
  accounts: Record<string, AccountView>,
): ReactNode[] {
  const waiting = Object.values(accounts).filter(({ problem }) => problem === 'keychain-locked');
  return waiting.length > 0 || keychain === 'asking'
    ? [<LockedKeychainNotice key="locked" waiting={waiting} />]
    : [];
}
