import {
  BellOff,
  HardDrive,
  KeyRound,
  PanelTopClose,
  Pause,
  RotateCcw,
  WifiOff,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Environment } from '../../../preload/contract';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useAppState, useCliptray, useTranslator } from '../state/context';

type MissingFeature = 'keychain' | 'keyring' | 'trayHost' | 'notifications' | 'offline';

const ICONS: Record<MissingFeature, ReactNode> = {
  keychain: <KeyRound size={16} aria-hidden />,
  keyring: <KeyRound size={16} aria-hidden />,
  trayHost: <PanelTopClose size={16} aria-hidden />,
  notifications: <BellOff size={16} aria-hidden />,
  offline: <WifiOff size={16} aria-hidden />,
};

/** What this computer does not offer, the most important first. */
export function missingFeatures(environment: Environment): MissingFeature[] {
  const missing: MissingFeature[] = [];
  if (environment.keychain === 'missing') missing.push('keychain');
  if (environment.keychain === 'no-default') missing.push('keyring');
  if (!environment.trayHost) missing.push('trayHost');
  if (!environment.notifications) missing.push('notifications');
  return missing;
}

function textKey(missing: MissingFeature, platform: Environment['platform']) {
  return missing === 'keychain'
    ? (`notice.keychain.${platform}` as const)
    : (`notice.${missing}.text` as const);
}

/** Something this computer does not offer, with what is done instead. Being offline cannot be dismissed. */
export function EnvironmentNotice({ missing }: { missing: MissingFeature }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const platform = useAppState((state) => state.app.main.environment.platform);
  return (
    <Banner
      tone={missing !== 'trayHost' && missing !== 'notifications' ? 'attention' : 'info'}
      icon={ICONS[missing]}
      title={t.text(`notice.${missing}`)}
      onDismiss={missing === 'offline' ? undefined : () => actions.dismissNotice(missing)}
    >
      {t.text(textKey(missing, platform))}
    </Banner>
  );
}

/** Says why nothing can be stored, what is kept, and how it goes on. Cannot be dismissed. */
export function StorageNotice({ problem }: { problem: NonNullable<Environment['storage']> }) {
  const t = useTranslator();
  return (
    <Banner
      tone="failed"
      icon={<HardDrive size={16} aria-hidden />}
      title={t.text(`storage.${problem}`)}
    >
      {t.text(`storage.${problem}.text`)}
    </Banner>
  );
}

/** Under which a notice on a restart is dismissed: the next restart is told again. */
export const restartNotice = (atMs: number) => `restarted-${atMs}`;

/** Says that the app was started again after a crash, and what became of its work. */
export function RestartedNotice({ atMs, hasReport }: NonNullable<Environment['restarted']>) {
  const t = useTranslator();
  // A key that was kept for one session is only in memory, and ended with the app.
  const isKeyLost = useAppState((state) =>
    Object.values(state.accounts).some(({ keyLocation }) => keyLocation === 'session'),
  );
  const { actions } = useCliptray();
  return (
    <Banner
      tone="info"
      icon={<RotateCcw size={16} aria-hidden />}
      title={t.text('notice.restarted')}
      onDismiss={() => actions.dismissNotice(restartNotice(atMs))}
    >
      {t.text('notice.restarted.text', {
        time: t.clock(atMs, Date.now()),
        keys: isKeyLost ? 'lost' : 'kept',
        report: hasReport ? 'written' : 'none',
      })}
    </Banner>
  );
}

/** Says that watching is paused, and lets the user resume it. */
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
