import type { Account } from '../../main/domain/account';
import { NOTIFY_EVERYTHING } from '../../main/domain/notification-rules';

/** An account as it is after it was added, with what a test is about. */
export function sampleAccount(changes: Partial<Account> = {}): Account {
  return {
    id: 'a1',
    service: 'clipping',
    name: 'Work',
    keyHeader: 'bearer',
    keyLocation: 'keychain',
    brands: [],
    brandId: null,
    addedAtMs: 5,
    pace: 'balanced',
    notificationRules: NOTIFY_EVERYTHING,
    ...changes,
  };
}
