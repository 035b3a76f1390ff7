import { BellOff, KeyRound, PanelTopClose, Pause, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Environment } from '../../../preload/contract';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useAppState, useCliptray, useTranslator } from '../state/context';

type Lack = 'keychain' | 'trayHost' | 'notifications' | 'offline';

const ICONS: Record<Lack, ReactNode> = {
  keychain: <KeyRound size={16} aria-hidden />,
  trayHost: <PanelTopClose size={16} aria-hidden />,
  notifications: <BellOff size={16} aria-hidden />,
  offline: <WifiOff size={16} aria-hidden />,
};

function textKey(lack: Lack, platform: Environment['platform']) {
  return lack === 'keychain'
    ? (`notice.keychain.${platform}` as const)
    : (`notice.${lack}.text` as const);
}

/** Something this machine does not offer, with what is done instead. Only a lasting lack can be put away. */
export function MachineNotice({ lack }: { lack: Lack }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const platform = useAppState((state) => state.app.main.environment.platform);
  return (
    <Banner
      tone={lack === 'keychain' || lack === 'offline' ? 'attention' : 'info'}
      icon={ICONS[lack]}
      title={t.text(`notice.${lack}`)}
      onDismiss={lack === 'offline' ? undefined : () => actions.dismissNotice(lack)}
    >
      {t.text(textKey(lack, platform))}
    </Banner>
  );
}

/** Says that nothing is fetched, and lets the user go on. */
export function PausedNotice() {
  const t = useTranslator();
  const { actions } = useCliptray();
  return (
    <Banner
      tone="attention"
      icon={<Pause size={16} aria-hidden />}
      title={t.text('notice.paused')}
      action={
        <Button size="small" onPress={() => void actions.run('watch.setPaused', { paused: false })}>
          {t.text('notice.paused.resume')}
        </Button>
      }
    >
      {t.text('notice.paused.text')}
    </Banner>
  );
}
