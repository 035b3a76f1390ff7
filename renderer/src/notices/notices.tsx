import { type ReactNode, useState } from 'react';
import { Button } from '../components/button';
import { useAppState, useTranslator, useWindowState } from '../state/context';
import { AccountNotice, BrandNotice } from './account-notice';
import {
  EnvironmentNotice,
  missingFeatures,
  PausedNotice,
  RestartedNotice,
  restartNotice,
  StorageNotice,
} from './environment-notices';
import { FailedCallNotice, RefusedNotice } from './event-notices';
import { keychainNotices } from './keychain-notice';

const SHOWN_COUNT = 2;

/** All current notices, the most urgent first; only two are shown until the user unfolds the rest. */
export function Notices() {
  const t = useTranslator();
  const { environment, paused } = useAppState((state) => state.app.main);
  const accounts = useAppState((state) => state.accounts);
  const view = useWindowState((state) => state.view);
  const dismissed = useWindowState((state) => state.dismissedNotices);
  const failedCall = useWindowState((state) => state.failedCall);
  const refused = useWindowState((state) => state.refused);
  const [isUnfolded, setIsUnfolded] = useState(false);

  const notices: ReactNode[] = [];
  const { storage, restarted } = environment;
  if (storage) notices.push(<StorageNotice key="storage" problem={storage} />);
  if (failedCall) notices.push(<FailedCallNotice key="failed-call" why={failedCall} />);
  if (refused.length > 0) notices.push(<RefusedNotice key="refused" files={refused} />);
  if (restarted !== null && !dismissed.has(restartNotice(restarted.atMs))) {
    notices.push(<RestartedNotice key="restarted" {...restarted} />);
  }
  if (paused) notices.push(<PausedNotice key="paused" />);
  else if (!environment.online) notices.push(<EnvironmentNotice key="offline" missing="offline" />);
  notices.push(...keychainNotices(environment, accounts));
  // The accounts view says the same on each card, so it is left out there.
  if (view !== 'accounts') {
    for (const account of Object.values(accounts)) {
      if (account.problem === 'keychain-locked') continue;
      if (account.problem !== null) {
        notices.push(
          <AccountNotice key={account.id} account={account} problem={account.problem} />,
        );
      } else if (account.brandId === null && account.brands.length > 0) {
        notices.push(<BrandNotice key={account.id} account={account} />);
      }
    }
  }
  for (const missing of missingFeatures(environment).filter((name) => !dismissed.has(name))) {
    notices.push(<EnvironmentNotice key={missing} missing={missing} />);
  }
  const foldedCount = notices.length - SHOWN_COUNT;
  const shown = isUnfolded ? notices : notices.slice(0, SHOWN_COUNT);
  return (
    <section className="notices" aria-label={t.text('notice.list')} aria-live="polite">
      {shown}
      {foldedCount > 0 && (
        <Button
          variant="quiet"
          size="small"
          aria-expanded={isUnfolded}
          onPress={() => setIsUnfolded(!isUnfolded)}
        >
          {isUnfolded ? t.text('notice.fewer') : t.text('notice.more', { count: foldedCount })}
        </Button>
      )}
    </section>
  );
}
