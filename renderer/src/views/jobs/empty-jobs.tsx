import { Inbox, SearchX } from 'lucide-react';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Logo } from '../../components/logo';
import { useAppState, useCliptray, useTranslator, useWindowState } from '../../state/context';
import { executionAccounts } from '../../state/execution-accounts';
import { nameList } from '../../state/name-list';
import { uploadAccounts } from '../../state/upload-accounts';

const STEPS = [1, 2, 3] as const;

/** What a new user sees first: what Cliptray does, and the one step needed to start. */
export function Welcome() {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  return (
    <section className="view welcome">
      <div className="welcome-mark">
        <Logo />
      </div>
      <h1 className="welcome-title">{t.text('jobs.welcome.title')}</h1>
      <p className="welcome-text">{t.text('jobs.welcome.text')}</p>
      <Button
        variant="primary"
        onPress={() => windowState.patch({ dialog: { kind: 'add-account', service: null } })}
      >
        {t.text('accounts.add')}
      </Button>
      <ol className="welcome-steps">
        {STEPS.map((step) => (
          <li key={step}>
            <span className="welcome-number" aria-hidden="true">
              {step}
            </span>
            <strong>{t.text(`jobs.welcome.step${step}`)}</strong>
            <span>{t.text(`jobs.welcome.step${step}.text`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** There are accounts, but nothing to watch yet. */
export function NoJobs() {
  const t = useTranslator();
  const { actions } = useCliptray();
  const takesUploads = useAppState((state) => uploadAccounts(state).length > 0);
  const canStart = useAppState((state) => executionAccounts(state).length > 0);
  const services = useAppState((state) => state.services);
  return (
    <section className="view">
      <div className="view-header">
        <h1 className="view-title">{t.text('jobs.title')}</h1>
      </div>
      <EmptyState
        icon={<Inbox size={28} strokeWidth={1.5} aria-hidden />}
        title={t.text('jobs.empty.title')}
        action={
          (takesUploads || canStart) && (
            <>
              {takesUploads && (
                <>
                  <Button variant="primary" onPress={() => actions.upload({ from: 'files' })}>
                    {t.text('upload.button')}
                  </Button>
                  <Button onPress={() => actions.openImportDialog('')}>
                    {t.text('upload.import')}
                  </Button>
                </>
              )}
              {canStart && (
                <Button
                  variant={takesUploads ? 'secondary' : 'primary'}
                  onPress={() => actions.openStartDialog(null)}
                >
                  {t.text('start.open')}
                </Button>
              )}
            </>
          )
        }
      >
        {takesUploads && <p>{t.text('jobs.empty.drop')}</p>}
        <p>{t.text('jobs.empty.watch', { services: nameList(services, t.language) })}</p>
      </EmptyState>
    </section>
  );
}

/** There are lines, but none matches the filter and the search. */
export function NoMatch() {
  const t = useTranslator();
  const { window: windowState } = useCliptray();
  const filter = useWindowState((state) => state.filter);
  const query = useWindowState((state) => state.query);
  return (
    <EmptyState
      icon={<SearchX size={28} strokeWidth={1.5} aria-hidden />}
      title={t.text('jobs.noMatch.title')}
      action={
        <Button onPress={() => windowState.patch({ filter: 'all', query: '' })}>
          {t.text('jobs.noMatch.clear')}
        </Button>
      }
    >
      <p>
        {t.text(query !== '' || filter === 'all' ? 'jobs.noMatch.text' : `jobs.noMatch.${filter}`)}
      </p>
    </EmptyState>
  );
}
