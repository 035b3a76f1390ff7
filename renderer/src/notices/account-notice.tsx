import { Tag, TriangleAlert } from 'lucide-react';
import type { AccountView } from '../../../preload/contract';
import { Banner } from '../components/banner';
import { Button } from '../components/button';
import { useCliptray, useServiceName, useTranslator } from '../state/context';

interface AccountNoticeProps {
  account: AccountView;
  problem: NonNullable<AccountView['problem']>;
}

/** An account that does not work, with the quickest way to fix it. */
export function AccountNotice({ account, problem }: AccountNoticeProps) {
  const t = useTranslator();
  const { actions, window: windowState } = useCliptray();
  const service = useServiceName(account.service);
  const needsKey = problem === 'key-refused' || problem === 'key-missing';
  return (
    <Banner
      tone={needsKey ? 'failed' : 'attention'}
      icon={<TriangleAlert size={16} aria-hidden />}
      title={t.text('notice.account', {
        name: account.name,
        problem: t.text(`problem.${problem}`, { service }),
      })}
      action={
        <Button
          size="small"
          onPress={() => {
            actions.showAccount(account.id);
            if (needsKey)
              windowState.patch({ dialog: { kind: 'replace-key', accountId: account.id } });
          }}
        >
          {needsKey ? t.text('account.replaceKey') : t.text('notice.account.show')}
        </Button>
      }
    >
      {t.text(`problem.${problem}.help`, { service })}
    </Banner>
  );
}

/** An account that cannot take uploads until a brand is chosen. */
export function BrandNotice({ account }: { account: AccountView }) {
  const t = useTranslator();
  const { actions } = useCliptray();
  return (
    <Banner
      tone="attention"
      icon={<Tag size={16} aria-hidden />}
      title={t.text('notice.brand', { name: account.name })}
      action={
        <Button size="small" onPress={() => actions.showAccount(account.id)}>
          {t.text('notice.brand.choose')}
        </Button>
      }
    >
      {t.text('notice.brand.text')}
    </Banner>
  );
}
