import type { AccountView, AppState, ServiceView } from '../../../preload/contract';

/** Accounts at whose service work can be started, by name. */
export function executionAccounts(state: AppState): AccountView[] {
  return Object.values(state.accounts)
    .filter((account) => state.services[account.service]?.capabilities.executions)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Services at which work can be started. */
export function executionServices(state: AppState): ServiceView[] {
  return Object.values(state.services).filter(({ capabilities }) => capabilities.executions);
}
