import { Component, type ReactNode } from 'react';
import { CliptrayContext } from '../state/context';
import { Button } from './button';

/** Keeps a crash in one view from blanking the window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  static override contextType = CliptrayContext;
  declare context: React.ContextType<typeof CliptrayContext>;
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const cliptray = this.context;
    if (!this.state.failed || !cliptray) return this.props.children;
    const { t, actions } = cliptray;
    return (
      <div className="empty" role="alert">
        <h2 className="empty-title">{t.text('crash.title')}</h2>
        <p className="empty-text">{t.text('crash.text')}</p>
        <div className="empty-action">
          <Button variant="primary" onPress={() => location.reload()}>
            {t.text('crash.reload')}
          </Button>
          <Button onPress={() => void actions.run('logs.show', null)}>
            {t.text('notice.defect.log')}
          </Button>
        </div>
      </div>
    );
  }
}
