import { useState } from 'react';
import type { Environment, Settings } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { useCliptray, useTranslator } from '../../state/context';
import { QuietHoursSetting } from './quiet-hours-setting';
import { SettingSwitch } from './setting-switch';

function TestNotification() {
  const t = useTranslator();
  const { actions } = useCliptray();
  const [isPending, setIsPending] = useState(false);
  const [shown, setShown] = useState<boolean | null>(null);
  return (
    <div className="setting-row">
      <p className="setting-result" role="status">
        {t.text(
          shown === null
            ? 'settings.test.text'
            : shown
              ? 'settings.test.shown'
              : 'settings.test.notShown',
        )}
      </p>
      <Button
        size="small"
        isPending={isPending}
        onPress={async () => {
          setIsPending(true);
          setShown(null);
          const done = await actions.run('notifications.test', null);
          setIsPending(false);
          if (done) setShown(done.response.shown);
        }}
      >
        {t.text('settings.test')}
      </Button>
    </div>
  );
}

interface NotificationSettingsProps {
  settings: Settings;
  environment: Environment;
  onChange: (part: Partial<Settings>) => void;
}

/** When notifications are held back, whatever they are about. */
export function NotificationSettings({
  settings,
  environment,
  onChange,
}: NotificationSettingsProps) {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const { followDoNotDisturb } = settings;
  return (
    <section className="setting-group">
      <h2>{t.text('settings.notifications')}</h2>
      <div className="setting-box">
        <div className="setting-row">
          <p className="setting-text">{t.text('settings.notifications.accounts')}</p>
          <Button size="small" onPress={() => windowState.patch({ view: 'accounts' })}>
            {t.text('settings.notifications.accounts.go')}
          </Button>
        </div>
        <QuietHoursSetting
          quietHours={settings.quietHours}
          onChange={(quietHours) => onChange({ quietHours })}
        />
        {/* macOS and Windows hold notifications back by themselves, and do not say so. */}
        {environment.platform === 'linux' && (
          <div>
            <SettingSwitch
              label={t.text('settings.doNotDisturb')}
              help={t.text('settings.doNotDisturb.text')}
              isSelected={followDoNotDisturb}
              onChange={(isOn) => onChange({ followDoNotDisturb: isOn })}
            />
            {environment.doNotDisturb && (
              <p className="setting-hint" role="status">
                {t.text(
                  followDoNotDisturb
                    ? 'settings.doNotDisturb.now'
                    : 'settings.doNotDisturb.nowIgnored',
                )}
              </p>
            )}
          </div>
        )}
        <TestNotification />
      </div>
    </section>
  );
}
