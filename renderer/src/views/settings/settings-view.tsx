import type { Settings, Theme } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { Segmented } from '../../components/segmented';
import { useAppState, useCliptray, useTranslator } from '../../state/context';
import { CertificatesSetting } from './certificates-setting';
import { CostLimitSetting } from './cost-limit-setting';
import { EnvironmentFacts } from './environment-facts';
import { HistorySetting } from './history-setting';
import { NotificationSettings } from './notification-settings';
import { SettingSwitch } from './setting-switch';
import { UploadLimitSetting } from './upload-limit-setting';

const THEMES: Theme[] = ['system', 'light', 'dark'];

/** What the user can change, and what this computer offers. */
export function SettingsView() {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { settings, environment } = useAppState((state) => state.app.main);
  const change = (part: Partial<Settings>) => void actions.run('settings.change', part);
  return (
    <section className="view">
      <div className="view-header">
        <h1 className="view-title">{t.text('settings.title')}</h1>
      </div>
      <div className="view-scroll settings">
        <NotificationSettings settings={settings} environment={environment} onChange={change} />
        <section className="setting-group">
          <h2>{t.text('settings.uploads')}</h2>
          <div className="setting-box">
            <UploadLimitSetting
              bytesPerSecond={settings.uploadLimitBytesPerSecond}
              onChange={(uploadLimitBytesPerSecond) => change({ uploadLimitBytesPerSecond })}
            />
          </div>
        </section>
        <section className="setting-group">
          <h2>{t.text('settings.network')}</h2>
          <div className="setting-box">
            <CertificatesSetting inUse={environment.certificates} />
          </div>
        </section>
        <section className="setting-group">
          <h2>{t.text('settings.costs')}</h2>
          <div className="setting-box">
            <CostLimitSetting
              confirmOverCoins={settings.confirmOverCoins}
              onChange={(confirmOverCoins) => change({ confirmOverCoins })}
            />
          </div>
        </section>
        <section className="setting-group">
          <h2>{t.text('settings.history')}</h2>
          <div className="setting-box">
            <HistorySetting historyDays={settings.historyDays} />
          </div>
        </section>
        <section className="setting-group">
          <h2>{t.text('settings.start')}</h2>
          <div className="setting-box">
            <SettingSwitch
              label={t.text('settings.launchAtLogin')}
              help={t.text('settings.launchAtLogin.text')}
              isSelected={settings.launchAtLogin}
              onChange={(launchAtLogin) => change({ launchAtLogin })}
            />
          </div>
        </section>
        <section className="setting-group">
          <h2>{t.text('settings.appearance')}</h2>
          <div className="setting-box">
            <div className="setting-row">
              <div className="setting-text">
                <span className="setting-label">{t.text('settings.theme')}</span>
                <span className="setting-help">{t.text('settings.theme.text')}</span>
              </div>
              <Segmented
                label={t.text('settings.theme')}
                value={settings.theme}
                options={THEMES.map((id) => ({ id, name: t.text(`settings.theme.${id}`) }))}
                onChange={(theme) => change({ theme })}
              />
            </div>
          </div>
        </section>
        <EnvironmentFacts environment={environment} />
        <section className="setting-group">
          <h2>{t.text('settings.about')}</h2>
          <div className="setting-box">
            <div className="setting-row">
              <div className="setting-text">
                <span className="setting-label">
                  {t.text('app.name')} ·{' '}
                  {t.text('settings.version', { version: environment.version })}
                </span>
                <span className="setting-help">{t.text('settings.version.text')}</span>
              </div>
              <Button size="small" onPress={() => void actions.run('logs.show', null)}>
                {t.text('settings.log')}
              </Button>
            </div>
            <div className="setting-row">
              <div className="setting-text">
                <span className="setting-help">{t.text('settings.quit.text')}</span>
              </div>
              <Button size="small" onPress={() => void actions.run('app.quit', null)}>
                {t.text('menu.quit')}
              </Button>
            </div>
          </div>
        </section>
      </div>
    </section>
  );
}
