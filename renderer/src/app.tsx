import { ErrorBoundary } from './components/error-boundary';
import { Snackbar } from './components/snackbar';
import { TooltipLayer } from './components/tooltip-layer';
import { DialogHost } from './dialog-host';
import { DropOverlay } from './drop-overlay';
import { useOutcomeAnnouncements } from './hooks/use-outcome-announcements';
import { usePaste } from './hooks/use-paste';
import { useTheme } from './hooks/use-theme';
import { Notices } from './notices/notices';
import { Sidebar } from './sidebar';
import { useWindowState } from './state/context';
import { AccountsView } from './views/accounts/accounts-view';
import { HistoryView } from './views/history/history-view';
import { JobsView } from './views/jobs/jobs-view';
import { SettingsView } from './views/settings/settings-view';

/** The window, once main's state has arrived. */
export function App() {
  useTheme();
  useOutcomeAnnouncements();
  usePaste();
  const view = useWindowState((state) => state.view);
  return (
    <div className="window">
      <Sidebar />
      <main className="content">
        <Notices />
        <ErrorBoundary key={view}>
          {view === 'jobs' && <JobsView />}
          {view === 'history' && <HistoryView />}
          {view === 'accounts' && <AccountsView />}
          {view === 'settings' && <SettingsView />}
        </ErrorBoundary>
      </main>
      <DialogHost />
      <DropOverlay />
      <Snackbar />
      <TooltipLayer />
    </div>
  );
}
