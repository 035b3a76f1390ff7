import type { AccountView, LiveChannelView } from '../../preload/contract';
import type { Account, AccountLiveState } from '../domain/account';
import type { PollingStatus } from '../domain/polling-status';

/** An account as windows show it. */
export function accountView(
  account: Account,
  live: AccountLiveState,
  status: PollingStatus | null,
  liveChannel: LiveChannelView,
): AccountView {
  return {
    id: account.id,
    service: account.service,
    name: account.name,
    keyHeader: account.keyHeader,
    keyLocation: account.keyLocation,
    brands: account.brands,
    brandId: account.brandId,
    balanceCoins: live.balanceCoins,
    problem: live.waitsFor ?? status?.problem ?? null,
    remoteText: status?.remoteText ?? null,
    lastSuccessAtMs: status?.lastSuccessAtMs ?? null,
    nextPollAtMs: status?.nextPollAtMs ?? null,
    pollReason: status?.reason ?? 'idle',
    pace: account.pace,
    notificationRules: account.notificationRules,
    spending: status?.spending ?? null,
    liveChannel,
  };
}

/**
 * Whether the app counts as online. It is offline only when both our own calls and the system say so:
 * our calls alone may mean a service that is down, and the system may not know about a tunnel.
 */
export function isOnline(accounts: AccountView[], systemOnline: () => boolean): boolean {
  const polled = accounts.filter(({ problem }) => problem !== 'key-missing');
  const anyAnswer = polled.some(
    ({ problem, pollReason }) =>
      pollReason !== 'offline' && problem !== 'unreachable' && problem !== 'timed-out',
  );
  return polled.length === 0 || anyAnswer || systemOnline();
}
