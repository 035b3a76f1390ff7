import type { AccountView, AppState, ServiceView } from '../../../preload/contract';

/** Accounts that can start executions, by name. */
export function executionAccounts(state: AppState): AccountView[] {
  return Object.values(state.accounts)
    .filter((account) => state.services[account.service]?.capabilities.executions)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Services that can start executions. */
export function executionServices(state: AppState): ServiceView[] {
  return Object.values(state.services).filter(({ capabilities }) => capabilities.executions);
}
