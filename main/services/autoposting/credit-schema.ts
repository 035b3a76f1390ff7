import type { Credits } from '../../domain/credits';
import { firstOf, isObject, nameOf, numberOf, own, rowsOf, timeMsOf } from '../tolerant-parsers';
import { dataOf, unexpected } from './envelope';

const MAX_ENTRIES = 20;

/**
 * GET /billing/credits has three known shapes. Docs: `balance, monthlyAllocation, resetAt`.
 * SDK: `total, used, remaining, breakdown`. The newest test of the vendor's command line: `balance,
 * balanceFormatted, totalSpent30d, recentUsage`.
 */
export function parseCredits(body: unknown): Credits {
  const data = dataOf(body);
  if (!isObject(data)) unexpected();
  const breakdown = own(data, 'breakdown');
  return {
    unit: 'credits',
    balance: firstOf(data, ['balance', 'remaining'], numberOf),
    balanceText: firstOf(data, ['balanceFormatted'], nameOf),
    allocation: firstOf(data, ['monthlyAllocation', 'total'], numberOf),
    used: firstOf(data, ['used', 'totalSpent30d'], numberOf),
    resetAtMs: firstOf(data, ['resetAt'], timeMsOf),
    breakdown: entriesOf(breakdown),
    recent: (rowsOf(own(data, 'recentUsage'))?.rows ?? [])
      .slice(0, MAX_ENTRIES)
      .filter(isObject)
      .map((row) => ({
        atMs: firstOf(row, ['date'], timeMsOf),
        description: firstOf(row, ['description', 'type'], nameOf),
        amount: firstOf(row, ['amount'], numberOf),
      })),
  };
}

function entriesOf(value: unknown): Credits['breakdown'] {
  const entries: Credits['breakdown'] = [];
  for (const [key, inner] of isObject(value) ? Object.entries(value) : []) {
    if (entries.length >= MAX_ENTRIES) break;
    const name = nameOf(key);
    const amount = numberOf(inner);
    if (name !== null && amount !== null) entries.push({ name, amount });
  }
  return entries;
}
