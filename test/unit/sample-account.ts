import type { Account } from '../../main/domain/account';
import { TELL_EVERYTHING } from '../../main/domain/tell-rules';

/** An account as it is after it was added, with what a test is about. */
export function sampleAccount(changes: Partial<Account> = {}): Account {
  return {
    id: 'a1',
    service: 'clipping',
    name: 'Work',
    keyHeader: 'bearer',
    keyPlace: 'keychain',
    brands: [],
    brandId: null,
    addedAtMs: 5,
    pace: 'balanced',
    telling: TELL_EVERYTHING,
    ...changes,
  };
}
