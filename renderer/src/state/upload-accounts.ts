import type { AccountView, AppState, ServiceView } from '../../../preload/contract';

/** Accounts whose service takes uploads, by name. */
export function uploadAccounts(state: AppState): AccountView[] {
  return Object.values(state.accounts)
    .filter((account) => state.services[account.service]?.acceptsUploads)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Services that take uploads. */
export function uploadServices(state: AppState): ServiceView[] {
  return Object.values(state.services).filter((service) => service.acceptsUploads);
}
