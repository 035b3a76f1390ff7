import { CircleUser, Clapperboard, History, Settings, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Logo } from './components/logo';
import { Switch } from './components/switch';
import { useAppState, useCliptray, useTranslator, useWindowState } from './state/context';
import type { View } from './state/window-state';
import { UploadButton } from './views/uploads/upload-button';

interface NavItemProps {
  view: View;
  label: string;
  icon: ReactNode;
  badge: { count: number; label: string; tone: 'new' | 'attention' } | null;
}

function NavItem({ view, label, icon, badge }: NavItemProps) {
  const { window: windowState } = useCliptray();
  const isCurrent = useWindowState((state) => state.view === view);
  return (
    <AriaButton
      className="nav-item"
      aria-current={isCurrent ? 'page' : undefined}
      data-tip-narrow={label}
      onPress={() => windowState.patch({ view })}
    >
      {icon}
      <span className="nav-label">{label}</span>
      {badge && badge.count > 0 && (
        <span className="nav-badge" data-tone={badge.tone}>
          <span aria-hidden="true">{badge.count}</span>
          <span className="visually-hidden">{badge.label}</span>
        </span>
      )}
    </AriaButton>
  );
}

function Watching() {
  const t = useTranslator();
  const { actions } = useCliptray();
  const { paused, environment } = useAppState((state) => state.app.main);
  const activeCount = useAppState(
    (state) => Object.values(state.lines).filter((line) => line.active).length,
  );
  const status = paused
    ? t.text('watching.paused')
    : environment.storage
      ? t.text('storage.watching')
      : environment.online
        ? t.text('watching.on', { active: activeCount })
        : t.text('watching.offline');
  return (
    <div className="watching" data-tip-narrow={status}>
      <Switch
        label={t.text('watching.label')}
        describedBy="watching-status"
        isSelected={!paused}
        onChange={(isWatching) => void actions.run('watch.setPaused', { paused: !isWatching })}
      >
        <span className="watching-text">
          <span className="watching-label">{t.text('watching.label')}</span>
          <span className="watching-status" id="watching-status">
            {status}
          </span>
        </span>
      </Switch>
    </div>
  );
}

/** Services whose address was set from outside, so that nobody takes them for the real ones. */
function Overrides() {
  const t = useTranslator();
  const services = useAppState((state) => state.services);
  const texts = Object.values(services).flatMap(({ name, override }) => {
    if (!override) return [];
    const { origin } = override;
    return origin === null
      ? t.text('override.unusable', { service: name })
      : t.text('override.used', { service: name, origin });
  });
  if (texts.length === 0) return null;
  return (
    <div className="overrides" data-tip-narrow={texts.join(' · ')}>
      <Waypoints className="overrides-icon" size={14} aria-hidden />
      <ul className="overrides-list nav-label" aria-label={t.text('override.list')}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

/** The sidebar: app name, upload button, views, and the Watching switch. */
export function Sidebar() {
  const t = useTranslator();
  const unseenCount = useAppState(
    (state) => Object.values(state.lines).filter((line) => line.unseen).length,
  );
  const problemCount = useAppState(
    (state) => Object.values(state.accounts).filter((account) => account.problem !== null).length,
  );
  return (
    <header className="sidebar">
      <div className="brand">
        <Logo />
        <span className="brand-name">{t.text('app.name')}</span>
      </div>
      <UploadButton />
      <nav className="nav" aria-label={t.text('nav.label')}>
        <NavItem
          view="jobs"
          label={t.text('nav.jobs')}
          icon={<Clapperboard size={16} aria-hidden />}
          badge={{
            count: unseenCount,
            label: t.text('nav.jobs.unseen', { count: unseenCount }),
            tone: 'new',
          }}
        />
        <NavItem
          view="history"
          label={t.text('nav.history')}
          icon={<History size={16} aria-hidden />}
          badge={null}
        />
        <NavItem
          view="accounts"
          label={t.text('nav.accounts')}
          icon={<CircleUser size={16} aria-hidden />}
          badge={{
            count: problemCount,
            label: t.text('nav.accounts.problems', { count: problemCount }),
            tone: 'attention',
          }}
        />
        <NavItem
          view="settings"
          label={t.text('nav.settings')}
          icon={<Settings size={16} aria-hidden />}
          badge={null}
        />
      </nav>
      <Overrides />
      <Watching />
    </header>
  );
}
