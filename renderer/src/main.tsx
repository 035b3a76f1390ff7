import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { createTranslator } from '../../preload/messages';
import { App } from './app';
import { createActions } from './state/actions';
import { followAppState } from './state/app-state';
import { CliptrayProvider } from './state/context';
import { readDismissedNotices } from './state/dismissed-notices';
import { useSelected } from './state/observable';
import { createWindowState } from './state/window-state';
import './styles/index.css';

const bridge = window.cliptray;
const t = createTranslator(bridge.locale);
const app = followAppState(bridge).state;
const windowState = createWindowState(readDismissedNotices());
const actions = createActions({ bridge, app, window: windowState, t });
bridge.onNavigate(actions.navigate);
document.documentElement.lang = t.language;

function Root() {
  const isReady = useSelected(app, (state) => state !== null);
  return isReady ? <App /> : <p className="loading">{t.text('window.loading')}</p>;
}

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root');
createRoot(container).render(
  <StrictMode>
    <I18nProvider locale={t.language}>
      <CliptrayProvider value={{ bridge, app, window: windowState, actions, t }}>
        <Root />
      </CliptrayProvider>
    </I18nProvider>
  </StrictMode>,
);
