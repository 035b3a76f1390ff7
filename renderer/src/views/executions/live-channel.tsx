import type { AccountView } from '../../../../preload/contract';
import { Button } from '../../components/button';
import { useAppState, useCliptray, useServiceName, useTranslator } from '../../state/context';

/** The state of an account's realtime channel, and the session token it needs. */
export function LiveChannel({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useServiceName(account.service);
  const isOffered = useAppState(
    (state) => state.services[account.service]?.capabilities.liveChannel,
  );
  if (!isOffered) return null;
  const { liveChannel } = account;
  const remove = async () => {
    const done = await actions.run('account.setSessionToken', {
      accountId: account.id,
      token: null,
    });
    if (done) actions.showSnackbar(t.text('live.removed'));
  };
  return (
    <section className="live" aria-label={t.text('live.label')}>
      <p>
        <strong>{t.text('live.label')}</strong>{' '}
        <span className="live-status" role="status">
          {t.text(`live.${liveChannel ?? 'none'}`, { service })}
        </span>
      </p>
      <div className="live-buttons">
        <Button
          size="small"
          onPress={() =>
            windowState.patch({ dialog: { kind: 'session-token', accountId: account.id } })
          }
        >
          {t.text(liveChannel === null ? 'live.enter' : 'live.replace')}
        </Button>
        {liveChannel !== null && (
          <Button size="small" onPress={() => void remove()}>
            {t.text('live.remove')}
          </Button>
        )}
      </div>
    </section>
  );
}
