import { useId } from 'react';
import type {
  AccountView,
  JobKind,
  NotificationChoice,
  NotificationRulesChange,
} from '../../../../preload/contract';
import { Segmented } from '../../components/segmented';
import { Switch } from '../../components/switch';
import { useAppState, useCliptray, useTranslator } from '../../state/context';

const CHOICES: NotificationChoice[] = ['all', 'failures', 'nothing'];
const NO_KINDS: JobKind[] = [];

/** Which outcomes of which kinds of job cause a notification, and whether with a sound. */
export function NotificationRulesChoice({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  const headingId = useId();
  const kinds = useAppState((state) => state.services[account.service]?.kinds ?? NO_KINDS);
  const { notificationRules } = account;
  const change = (part: NotificationRulesChange) =>
    void actions.run('account.setNotificationRules', { accountId: account.id, change: part });
  const isSilent = kinds.every((kind) => notificationRules.kinds[kind] === 'nothing');
  return (
    <section className="notification-rules" aria-labelledby={headingId}>
      <h3 className="field-label" id={headingId}>
        {t.text('account.notificationRules')}
      </h3>
      {kinds.map((kind) => (
        <div key={kind} className="notification-rule">
          <span aria-hidden="true">{t.text(`notificationRule.${kind}`)}</span>
          <Segmented
            label={t.text(`notificationRule.${kind}`)}
            value={notificationRules.kinds[kind]}
            options={CHOICES.map((id) => ({ id, name: t.text(`notificationRule.${id}`) }))}
            onChange={(choice) => change({ kinds: { [kind]: choice } })}
          />
        </div>
      ))}
      {!isSilent && (
        <Switch
          label={t.text('notificationRule.sound')}
          isSelected={notificationRules.sound}
          onChange={(sound) => change({ sound })}
        >
          <span>{t.text('notificationRule.sound')}</span>
        </Switch>
      )}
    </section>
  );
}
